import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import type { Certificate } from './content.ts';
import { writeCertificate } from './issue-certificate.ts';
import { requireChangeable } from './policy.ts';
import { requireReason } from './reason.ts';
import { alreadyReplaced } from './revoke-certificate.ts';
import { completionStands, lockedCertificate, markReplaced, personName } from './store.ts';

/**
 * Issues a certificate anew with the person's name as it is now; all else stays as frozen. The new number
 * cites the old one, and the old one's check page leads to the new. Returns the new number.
 */
export async function replaceCertificate(
  ctx: Ctx,
  input: { certificateNo: string; reason: string },
): Promise<string> {
  const found = await requireChangeable(ctx, input.certificateNo);
  const reason = requireReason(input.reason);
  return ctx.db.transaction(async (tx) => {
    const old = await lockedCertificate(tx, found);
    if (!old) throw notFound();
    if (old.replacedByNo) throw alreadyReplaced(old.replacedByNo);
    if (!(await completionStands(tx, old.personId, old.completionId))) throw completionTakenBack();
    return replace(tx, ctx, { old, reason });
  });
}

async function replace(tx: Tx, ctx: Ctx, { old, reason }: { old: Certificate; reason: string }) {
  const name = (await personName(tx, old.personId)) ?? old.content.name;
  const at = ctx.clock.now();
  // The old one steps aside under a passing mark first: only one certificate of a completion may be live.
  await markReplaced(tx, old, { certificateNo: 'in progress', at, reason });
  const certificateNo = await writeCertificate(tx, ctx, {
    personId: old.personId,
    completionId: old.completionId,
    courseId: old.courseId,
    content: { ...old.content, name, issuedDay: indiaDay(at) },
    replacesNo: old.certificateNo,
  });
  if (!certificateNo) throw new Error('A locked certificate was replaced by somebody else.');
  await markReplaced(tx, old, { certificateNo, at, reason });
  await audit(tx, ctx, {
    action: 'certificate.replaced',
    subjectKind: 'certificate',
    subjectId: old.certificateNo,
    personId: old.personId,
    detail: { reason, replacedBy: certificateNo, nameBefore: old.content.name, nameAfter: name },
  });
  return certificateNo;
}

function completionTakenBack(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह पाठ्यक्रम-पूर्णता वापस ली जा चुकी है, इसलिए नया प्रमाण-पत्र जारी नहीं हो सकता।',
      en: 'This completion was taken back, so no new certificate can be issued for it.',
    },
    { reason: 'completion_taken_back' },
  );
}
