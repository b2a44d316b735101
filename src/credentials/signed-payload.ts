import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { CompactSign, compactVerify, decodeProtectedHeader, errors } from 'jose';
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

/**
 * The compact JWS (Ed25519) of a certificate: the values of `SignedPayload` in that order as a JSON array,
 * raw-deflated (header `zip: DEF`, as SMART Health Cards do it).
 */
export async function signCertificate(db: Db, no: string, content: CertificateContent): Promise<string> {
  const { kid, privateKey } = await signingKey(db);
  const plain = Buffer.from(JSON.stringify(Object.values(payloadOf(no, content))));
  return new CompactSign(deflateRawSync(plain, { level: 9 }))
    .setProtectedHeader({ alg: signingAlgorithm, zip: 'DEF', kid })
    .sign(privateKey);
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

/** By whole characters as people see them, so that no vowel sign is torn off. */
function cut(text: string, length: number): string {
  const characters = [...new Intl.Segmenter('hi').segment(text)].map(({ segment }) => segment);
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
