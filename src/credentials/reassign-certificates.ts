import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type Certificate, stateOf } from './content.ts';
import { completionStands } from './facts-store.ts';
import { revokeCertificateOfCompletion } from './revoke-certificate.ts';
import { certificatesEver, moveCertificates } from './store.ts';

/**
 * After two records of one person were merged: all certificates of the one that gives way belong to the
 * survivor, in the caller's transaction (its policy covers this). Numbers, contents and signatures stay, so
 * printed certificates remain good; but of two for one course and day one is revoked, since one achievement
 * has one certificate: the one whose completion counts no longer, else the later. Returns how many were moved.
 */
export async function reassignCertificates(
  tx: Tx,
  ctx: Ctx,
  pair: { mergedId: string; survivorId: string },
): Promise<number> {
  const moved = await moveCertificates(tx, pair.mergedId, pair.survivorId);
  if (moved > 0) await revokeDoubles(tx, ctx, pair.survivorId);
  return moved;
}

async function revokeDoubles(tx: Tx, ctx: Ctx, personId: string): Promise<void> {
  for (const [first, ...others] of await ofOneAchievement(tx, personId)) {
    if (!first || others.length === 0) continue;
    const kept = (await standing(tx, [first, ...others])) ?? first;
    for (const { completionId } of [first, ...others]) {
      const reason = 'दो अभिलेख एक हुए / Two records of one person were merged';
      if (completionId !== kept.completionId)
        await revokeCertificateOfCompletion(tx, ctx, { personId, completionId, reason });
    }
  }
}

/** The valid certificates of a person, those for the same course and day together, the oldest first. */
async function ofOneAchievement(tx: Tx, personId: string): Promise<Certificate[][]> {
  const oldestFirst = (await certificatesEver(tx, personId)).reverse();
  const valid = oldestFirst.filter((certificate) => stateOf(certificate) === 'valid');
  const groups = Map.groupBy(valid, ({ courseId, content }) => `${courseId} ${content.completedDay}`);
  return [...groups.values()];
}

async function standing(tx: Tx, certificates: Certificate[]): Promise<Certificate | undefined> {
  for (const certificate of certificates)
    if (await completionStands(tx, certificate.personId, certificate.completionId)) return certificate;
  return undefined;
}
