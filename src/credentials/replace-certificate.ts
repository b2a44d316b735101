import { isDeepStrictEqual } from 'node:util';
import { audit } from '../kernel/audit.ts';
import type { Ctx } from '../kernel/context.ts';
import { indiaDay } from '../kernel/dates.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { editPerson } from '../people/index.ts';
import { type Certificate, stateOf, type TwoScripts } from './content.ts';
import { completionFacts, completionStands, personName } from './facts-store.ts';
import { issuerOf, writeCertificates } from './issue-certificates.ts';
import { requireChangeable } from './policy.ts';
import { requireReason } from './reason.ts';
import { alreadyReplaced } from './revoke-certificate.ts';
import { certificateByNumber, certificatesEver, lockedCertificate, markReplaced } from './store.ts';

/** For the page that asks first: the certificate and the name that a new one would carry. */
export async function changeDetail(
  ctx: Ctx,
  certificateNo: string,
): Promise<{ certificate: Certificate; name: TwoScripts }> {
  const certificate = await requireChangeable(ctx, certificateNo);
  return {
    certificate,
    name: (await personName(ctx.db.read, certificate.personId)) ?? certificate.content.name,
  };
}

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

/**
 * Corrects the person's name and issues the certificate anew, in one go: the name's own change issues all
 * valid certificates that bear another one, so only what is left over is issued here. Returns the new number.
 */
export async function correctAndReplace(
  ctx: Ctx,
  input: { certificateNo: string; reason: string; nameHi?: string; nameEn?: string },
): Promise<string> {
  const found = await requireChangeable(ctx, input.certificateNo);
  const reason = requireReason(input.reason);
  const name = await personName(ctx.db.read, found.personId);
  const [nameHi, nameEn] = [input.nameHi ?? name?.hi ?? null, input.nameEn ?? name?.en ?? null];
  if (!found.replacedByNo && (nameHi !== name?.hi || nameEn !== name?.en)) {
    await editPerson(ctx, { personId: found.personId, nameHi, nameEn, nameReason: reason });
    const now = await certificateByNumber(ctx.db.read, found.certificateNo);
    if (now?.replacedByNo) return now.replacedByNo;
  }
  return replaceCertificate(ctx, { certificateNo: found.certificateNo, reason });
}

/**
 * After a person's name was corrected (the caller's policy and transaction): every valid certificate that
 * bears another name is issued anew, so that nobody has to ask twice. Returns how many.
 */
export async function replaceMisnamed(tx: Tx, ctx: Ctx, personId: string): Promise<number> {
  const name = await personName(tx, personId);
  let count = 0;
  for (const found of await certificatesEver(tx, personId)) {
    if (stateOf(found) !== 'valid' || isDeepStrictEqual(found.content.name, name)) continue;
    const old = await lockedCertificate(tx, found);
    if (!old || stateOf(old) !== 'valid') continue;
    await replace(tx, ctx, { old, reason: 'नाम ठीक किया गया / Name corrected' });
    count += 1;
  }
  return count;
}

/**
 * Issues a valid certificate anew in the template that is in force for it now (the caller's policy). Undefined
 * where it was revoked or replaced meanwhile, or its completion was taken back.
 */
export async function reissueInTemplate(
  tx: Tx,
  ctx: Ctx,
  { old: found, reason }: { old: Certificate; reason: string },
): Promise<string | undefined> {
  const old = await lockedCertificate(tx, found);
  if (!old || stateOf(old) !== 'valid') return undefined;
  const [facts] = await completionFacts(tx, [old]);
  if (!facts) return undefined;
  return replace(tx, ctx, {
    old,
    reason,
    look: { templateId: facts.template?.id ?? null, issuer: issuerOf(facts) },
  });
}

type Replacing = {
  old: Certificate;
  reason: string;
  /** Another look than it was issued with. */
  look?: { templateId: string | null; issuer: Certificate['content']['issuer'] };
};

async function replace(tx: Tx, ctx: Ctx, { old, reason, look }: Replacing) {
  const name = (await personName(tx, old.personId)) ?? old.content.name;
  const at = ctx.clock.now();
  const isSameName = isDeepStrictEqual(name, old.content.name);
  const replacedClass = look ? 'template' : isSameName ? 'other' : 'name';
  // The old one steps aside under a passing mark first: only one certificate of a completion may be live.
  await markReplaced(tx, old, { certificateNo: 'in progress', at, reason, replacedClass });
  const { personId, completionId, courseId } = old;
  const issuer = look?.issuer ?? old.content.issuer;
  const content = { ...old.content, name, issuer, issuedDay: indiaDay(at) };
  const templateId = look ? look.templateId : old.templateId;
  const draft = { personId, completionId, courseId, templateId, content, replacesNo: old.certificateNo };
  const certificateNo = (await writeCertificates(tx, ctx, [draft])).get(completionId);
  if (!certificateNo) throw new Error('A locked certificate was replaced by somebody else.');
  await markReplaced(tx, old, { certificateNo, at, reason, replacedClass });
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
      hi: 'यह कोर्स-पूर्णता वापस ली जा चुकी है, इसलिए नया प्रमाणपत्र जारी नहीं हो सकता।',
      en: 'This completion was taken back, so no new certificate can be issued for it.',
    },
    { reason: 'completion_taken_back' },
  );
}
