import { z } from 'zod';
import { nameEn, nameHi } from '../people/index.ts';
import { twoScripts } from './content.ts';
import { reasonCode, reasonLength } from './reason.ts';

/** Loose on purpose: what people type is read by `readCertificateNumber`, which says what is wrong with it. */
export const byNumber = z.object({ certificateNo: z.string().max(100) });

export const reasonInput = z.object({
  reason: z.string(reasonCode).trim().min(reasonLength.min, reasonCode).max(reasonLength.max, reasonCode),
});

export const replacementInput = reasonInput.extend({ nameHi: nameHi.optional(), nameEn: nameEn.optional() });

export const ownListQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.uuid().optional(),
});

export const certificateShape = z.object({
  certificateNo: z.string(),
  courseCode: z.string(),
  courseTitle: twoScripts,
  name: twoScripts,
  completedOn: z.string(),
  issuedAt: z.string(),
  minutes: z.number(),
  state: z.enum(['valid', 'revoked', 'replaced']),
  revokedAt: z.string().optional(),
  replaces: z.string().optional(),
  replacedBy: z.string().optional(),
  verifyUrl: z.string(),
  pdfUrl: z.string(),
});

/** The public answer of a check. */
export const verificationShape = z.object({
  valid: z.boolean(),
  certificateNo: z.string(),
  name: z.string(),
  course: z.string(),
  issuedAt: z.string(),
  revoked: z.literal(true).optional(),
  revokedAt: z.string().optional(),
  replacedBy: z.string().optional(),
  replaces: z.string().optional(),
  state: z.enum(['valid', 'revoked', 'replaced', 'damaged']),
  names: twoScripts,
  courseCode: z.string(),
  courseTitle: twoScripts,
  completedOn: z.string(),
  issuer: twoScripts,
  /** Absent of a replaced one: it would say the old name. */
  signature: z.string().optional(),
  trail: z
    .array(
      z.object({
        certificateNo: z.string(),
        issuedOn: z.string(),
        replacedBy: z.string().optional(),
        because: z.enum(['name', 'template', 'other']).optional(),
      }),
    )
    .optional(),
});

export const keySetShape = z.object({
  keys: z.array(
    z.object({
      kty: z.literal('OKP'),
      crv: z.literal('Ed25519'),
      x: z.string(),
      kid: z.string(),
      use: z.literal('sig'),
      alg: z.literal('EdDSA'),
    }),
  ),
});
