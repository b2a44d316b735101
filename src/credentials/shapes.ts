import type { z } from 'zod';
import type { Config } from '../kernel/config.ts';
import { type Language, pick } from '../kernel/i18n.ts';
import { type Certificate, stateOf } from './content.ts';
import { verifyUrl } from './render-certificate.ts';
import type { certificateShape, verificationShape } from './schema.ts';
import type { Verdict } from './verify-certificate.ts';

/** A certificate as the API gives it to those who may read it. */
export function certificateAnswer(
  certificate: Certificate,
  config: Config,
): z.input<typeof certificateShape> {
  const { content, certificateNo } = certificate;
  return {
    certificateNo,
    courseCode: content.course.code,
    courseTitle: content.course.title,
    name: content.name,
    completedOn: content.completedDay,
    issuedAt: certificate.issuedAt.toISOString(),
    minutes: content.minutes,
    state: stateOf(certificate),
    revokedAt: certificate.revokedAt?.toISOString(),
    replaces: certificate.replacesNo ?? undefined,
    replacedBy: certificate.replacedByNo ?? undefined,
    verifyUrl: verifyUrl(certificateNo, config),
    pdfUrl: `${config.baseUrl}/certificates/${certificateNo}.pdf`,
  };
}

/** What anybody may know who holds the number: what is printed, and whether it stands. */
export function verificationAnswer(
  { state, certificate, trail }: Extract<Verdict, { certificate: Certificate }>,
  language: Language,
): z.input<typeof verificationShape> {
  const { content } = certificate;
  // Whoever holds the number of a replaced one learns the name that counts, not the one that was wrong.
  const names = state === 'replaced' ? (trail.at(-1) ?? certificate).content.name : content.name;
  return {
    valid: state === 'valid',
    certificateNo: certificate.certificateNo,
    name: pick(names, language),
    course: pick(content.course.title, language),
    issuedAt: certificate.issuedAt.toISOString(),
    revoked: certificate.revokedAt ? true : undefined,
    revokedAt: certificate.revokedAt?.toISOString(),
    replacedBy: certificate.replacedByNo ?? undefined,
    replaces: certificate.replacesNo ?? undefined,
    state,
    names,
    courseCode: content.course.code,
    courseTitle: content.course.title,
    completedOn: content.completedDay,
    issuer: content.issuer.department ?? content.issuer.government,
    signature: state === 'replaced' ? undefined : certificate.signature,
    trail: trail.length > 1 ? trail.map(trailStep) : undefined,
  };
}

function trailStep(step: Certificate) {
  return {
    certificateNo: step.certificateNo,
    issuedOn: step.content.issuedDay,
    replacedBy: step.replacedByNo ?? undefined,
    because: step.replacedClass ?? undefined,
  };
}
