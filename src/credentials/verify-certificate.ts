import { isDeepStrictEqual } from 'node:util';
import type { Ctx } from '../kernel/context.ts';
import { type Certificate, type CertificateState, stateOf } from './content.ts';
import { readCertificateNumber } from './number.ts';
import { payloadOf, readSigned, type SignedPayload } from './signed-payload.ts';
import { certificateByNumber, certificatesOfCompletion } from './store.ts';

/** `damaged`: the record in the database is no longer the one that was signed. */
export type Verdict =
  | {
      state: CertificateState | 'damaged';
      certificate: Certificate;
      /** All that were made out for the completion, the first first; one alone has no trail. */
      trail: Certificate[];
    }
  | { state: 'unknown' | 'mistyped' };

/** Public: whoever holds a number may ask whether it stands. The signature is computed, not believed. */
export async function verifyCertificate(ctx: Ctx, typed: string): Promise<Verdict> {
  const read = readCertificateNumber(typed);
  if (typeof read === 'string') return { state: read === 'mistyped' ? 'mistyped' : 'unknown' };
  const certificate = await certificateByNumber(ctx.db.read, read.certificateNo);
  if (!certificate) return { state: 'unknown' };
  const signed = await readSigned(ctx.db, certificate.signature);
  const { statusIndex, ...printed } = payloadOf(certificate);
  const expected = signed?.statusIndex === undefined ? printed : { ...printed, statusIndex };
  const isAsSigned = isDeepStrictEqual(signed, expected);
  const isInTrail = certificate.replacesNo !== null || certificate.replacedByNo !== null;
  const trail = isInTrail ? await certificatesOfCompletion(ctx.db.read, certificate) : [certificate];
  return { state: isAsSigned ? stateOf(certificate) : 'damaged', certificate, trail };
}

export type QrVerdict = { signed: SignedPayload; verdict: Verdict } | 'forged' | 'not-a-qr';

/**
 * Public: checks the whole text of a QR code. Its signature alone tells whether we ever said this; what
 * has become of the certificate since, the record tells.
 */
export async function verifyQrText(ctx: Ctx, text: string): Promise<QrVerdict> {
  const jws = /[\w-]+\.[\w-]+\.[\w-]{80,}\s*$/.exec(text)?.[0].trim();
  if (!jws) return 'not-a-qr';
  const signed = await readSigned(ctx.db, jws);
  if (!signed) return 'forged';
  return { signed, verdict: await verifyCertificate(ctx, signed.certificateNo) };
}
