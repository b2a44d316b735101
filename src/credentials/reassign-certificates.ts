import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { stateOf } from './content.ts';
import { revoke } from './revoke-certificate.ts';
import { certificatesEver, lockedCertificate, moveCertificates } from './store.ts';

/**
 * After two records of one person were merged: all certificates of the one that gives way belong to the
 * survivor, in the caller's transaction (its policy covers this). Numbers, contents and signatures stay, so
 * printed certificates remain good; but of two for one course and day the later one is revoked, since one
 * achievement has one certificate. Returns how many were moved.
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
  const oldestFirst = (await certificatesEver(tx, personId)).reverse();
  const seen = new Set<string>();
  for (const found of oldestFirst.filter((certificate) => stateOf(certificate) === 'valid')) {
    const achievement = `${found.courseId} ${found.content.completedDay}`;
    const certificate = seen.has(achievement) ? await lockedCertificate(tx, found) : undefined;
    if (certificate)
      await revoke(tx, ctx, {
        certificate,
        reason: 'दो अभिलेख एक हुए / Two records of one person were merged',
      });
    seen.add(achievement);
  }
}
