import { z } from 'zod';

/** A name or title in both scripts; one of the two may be missing, then the other stands for both. */
export const twoScripts = z.object({ hi: z.string().nullable(), en: z.string().nullable() });
export type TwoScripts = z.infer<typeof twoScripts>;

/** What a certificate says, frozen when it is issued: later changes of names or titles do not reach it. */
export const certificateContent = z.object({
  form: z.literal(1),
  name: twoScripts,
  course: z.object({ code: z.string(), title: twoScripts }),
  minutes: z.number(),
  /** The best tries of the course's quizzes together, in whole percent; null where it has none. */
  scorePercent: z.number().nullable(),
  completedDay: z.string(),
  issuedDay: z.string(),
  issuer: z.object({
    government: twoScripts,
    department: twoScripts.nullable(),
    /** The office that issues: the one whose template it bears, else the department. */
    officeId: z.string().optional(),
  }),
});
export type CertificateContent = z.infer<typeof certificateContent>;

/** A certificate as it is kept. */
export type Certificate = {
  personId: string;
  certificateId: string;
  completionId: string;
  courseId: string;
  certificateNo: string;
  /** The look it was issued with; null: the plain one. */
  templateId: string | null;
  /** Its place in the public list of what was withdrawn. */
  statusIndex: number;
  content: CertificateContent;
  signature: string;
  issuedAt: Date;
  replacesNo: string | null;
  replacedByNo: string | null;
  replacedAt: Date | null;
  replacedReason: string | null;
  replacedClass: ReplacedClass | null;
  revokedAt: Date | null;
  revokedReason: string | null;
};

/** Why another certificate took the place of one, as everybody may know it. */
export type ReplacedClass = 'name' | 'template' | 'other';

export type CertificateState = 'valid' | 'revoked' | 'replaced';

export function stateOf(certificate: Pick<Certificate, 'replacedByNo' | 'revokedAt'>): CertificateState {
  if (certificate.replacedByNo) return 'replaced';
  return certificate.revokedAt ? 'revoked' : 'valid';
}
