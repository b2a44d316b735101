import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { Refusal } from '../kernel/errors.ts';
import type { Certificate } from './content.ts';
import { requireChangeable } from './policy.ts';
import { requireReason } from './reason.ts';
import { certificateByNumber, liveCertificate, lockedCertificate, markRevoked } from './store.ts';

/** Takes a certificate back, with a reason. Revoked again, it stays as it was. Refuses a replaced one. */
export async function revokeCertificate(
  ctx: Ctx,
  input: { certificateNo: string; reason: string },
): Promise<Certificate> {
  const found = await requireChangeable(ctx, input.certificateNo);
  const reason = requireReason(input.reason);
  await ctx.db.transaction(async (tx) => {
    const certificate = await lockedCertificate(tx, found);
    if (certificate?.replacedByNo) throw alreadyReplaced(certificate.replacedByNo);
    if (certificate && !certificate.revokedAt) await revoke(tx, ctx, { certificate, reason });
  });
  return (await certificateByNumber(ctx.db.read, found.certificateNo)) ?? found;
}

/**
 * When a completion that Daksh decided no longer counts, which only a merge of two records brings about: its
 * certificate is revoked in the same transaction. Returns its number, or undefined where there was none. The
 * caller's policy covers it.
 */
export async function revokeCertificateOfCompletion(
  tx: Tx,
  ctx: Ctx,
  completion: { personId: string; completionId: string; reason: string },
): Promise<string | undefined> {
  const live = await liveCertificate(tx, completion.personId, completion.completionId);
  const certificate = live && (await lockedCertificate(tx, live));
  if (certificate && !certificate.revokedAt)
    await revoke(tx, ctx, { certificate, reason: completion.reason });
  return certificate?.certificateNo;
}

/** In the caller's transaction and under its policy; the row is locked already. */
export async function revoke(
  tx: Tx,
  ctx: Ctx,
  { certificate, reason }: { certificate: Certificate; reason: string },
) {
  await markRevoked(tx, certificate, {
    at: ctx.clock.now(),
    reason,
    personId: personIdOf(ctx.actor) ?? null,
  });
  await audit(tx, ctx, {
    action: 'certificate.revoked',
    subjectKind: 'certificate',
    subjectId: certificate.certificateNo,
    personId: certificate.personId,
    detail: { reason },
  });
}

export function alreadyReplaced(newNo: string): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: `इस प्रमाणपत्र के स्थान पर ${newNo} जारी हो चुका है।`,
      en: `This certificate was replaced by ${newNo}.`,
    },
    { reason: 'certificate_replaced', details: { replacedBy: newNo } },
  );
}
