import { sign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import type { Db } from '../kernel/db.ts';
import type { CertificateContent, TwoScripts } from './content.ts';
import { publicKey, signingAlgorithm, signingKey } from './signing-keys.ts';

/** On the wire a row of six texts, since the names of fields would cost a whole size of QR. */
const payloadSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.string(), z.string()]);

/** What the QR says by itself, so that it can be checked where there is no network. */
export type SignedPayload = {
  certificateNo: string;
  name: string;
  course: string;
  courseCode: string;
  completedDay: string;
  issuer: string;
};

/** Names and titles are cut at these lengths: the QR must stay coarse enough to print and to scan. */
const longest = { name: 48, course: 36, courseCode: 24, issuer: 28 };

/** A payload is some hundred bytes: the usual window and tables would be a quarter megabyte to clear for each. */
const deflating = { level: 9, windowBits: 11, memLevel: 4 };

/**
 * Makes the compact JWS (Ed25519) of certificates: the values of `SignedPayload` in that order as a JSON array,
 * raw-deflated (header `zip: DEF`, as SMART Health Cards do it). Put together here and signed without leaving
 * the thread, since a promise for each costs more than the signature.
 */
export async function certificateSigner(
  db: Db,
): Promise<(certificateNo: string, content: CertificateContent) => string> {
  const { kid, privateKey } = await signingKey(db);
  const header = Buffer.from(JSON.stringify({ alg: signingAlgorithm, zip: 'DEF', kid })).toString(
    'base64url',
  );
  return (certificateNo, content) => {
    const plain = Buffer.from(JSON.stringify(Object.values(payloadOf(certificateNo, content))));
    const signed = `${header}.${deflateRawSync(plain, deflating).toString('base64url')}`;
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  };
}

export function payloadOf(certificateNo: string, content: CertificateContent): SignedPayload {
  return {
    certificateNo,
    name: cut(hindiFirst(content.name), longest.name),
    course: cut(hindiFirst(content.course.title), longest.course),
    courseCode: cut(content.course.code, longest.courseCode),
    completedDay: content.completedDay,
    issuer: cut(hindiFirst(content.issuer.department ?? content.issuer.government), longest.issuer),
  };
}

/** What a JWS of ours says; undefined where it is not ours, or one bit of it was changed. */
export async function readSigned(db: Db, jws: string): Promise<SignedPayload | undefined> {
  try {
    const { kid } = decodeProtectedHeader(jws);
    const key = kid ? await publicKey(db, kid) : undefined;
    if (!key) return undefined;
    const { payload } = await compactVerify(jws, key, { algorithms: [signingAlgorithm] });
    const plain = inflateRawSync(payload, { maxOutputLength: 10_000 });
    const [certificateNo, name, course, courseCode, completedDay, issuer] = payloadSchema.parse(
      JSON.parse(plain.toString('utf8')),
    );
    return { certificateNo, name, course, courseCode, completedDay, issuer };
  } catch (error) {
    if (isNotOurs(error)) return undefined;
    throw error;
  }
}

function isNotOurs(error: unknown): boolean {
  if (error instanceof errors.JOSEError || error instanceof z.ZodError) return true;
  if (error instanceof SyntaxError || error instanceof TypeError) return true;
  return error instanceof Error && 'code' in error && /^Z_|^ERR_BUFFER_TOO_LARGE/.test(String(error.code));
}

function hindiFirst(text: TwoScripts): string {
  return text.hi ?? text.en ?? '';
}

const characters = new Intl.Segmenter('hi');

/** By whole characters as people see them, so that no vowel sign is torn off. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text;
  const whole = [...characters.segment(text)].map(({ segment }) => segment);
  return whole.length <= length ? text : `${whole.slice(0, length - 1).join('')}…`;
}
