import { sign } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import { z } from 'zod';
import type { Db } from '../kernel/db.ts';
import type { CertificateContent, TwoScripts } from './content.ts';
import { publicKey, signingAlgorithm, signingKey } from './signing-keys.ts';

/**
 * On the wire a row of seven texts, since the names of fields would cost a whole size of QR. The first
 * certificates had six, without the place in the list of what was withdrawn.
 */
const payloadSchema = z.array(z.string()).min(6).max(7);

/** What the QR says by itself, so that it can be checked where there is no network. */
export type SignedPayload = {
  certificateNo: string;
  name: string;
  course: string;
  courseCode: string;
  completedDay: string;
  issuer: string;
  /** Its place in the public lists of what was withdrawn; older ones do not say it. */
  statusIndex?: string;
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
export async function certificateSigner(db: Db): Promise<(certificate: Signed) => string> {
  const { kid, privateKey } = await signingKey(db);
  const header = Buffer.from(JSON.stringify({ alg: signingAlgorithm, zip: 'DEF', kid })).toString(
    'base64url',
  );
  return (certificate) => {
    const plain = Buffer.from(JSON.stringify(Object.values(payloadOf(certificate))));
    const signed = `${header}.${deflateRawSync(plain, deflating).toString('base64url')}`;
    return `${signed}.${sign(null, Buffer.from(signed), privateKey).toString('base64url')}`;
  };
}

export type Signed = { certificateNo: string; content: CertificateContent; statusIndex: number };

export function payloadOf({ certificateNo, content, statusIndex }: Signed): SignedPayload {
  return {
    certificateNo,
    name: cut(hindiFirst(content.name), longest.name),
    course: cut(hindiFirst(content.course.title), longest.course),
    courseCode: cut(content.course.code, longest.courseCode),
    completedDay: content.completedDay,
    issuer: cut(hindiFirst(content.issuer.department ?? content.issuer.government), longest.issuer),
    statusIndex: String(statusIndex),
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
    return payloadIn(payloadSchema.parse(JSON.parse(plain.toString('utf8'))));
  } catch (error) {
    if (isNotOurs(error)) return undefined;
    throw error;
  }
}

function payloadIn(texts: string[]): SignedPayload {
  const [certificateNo = '', name = '', course = '', courseCode = '', completedDay = '', issuer = ''] = texts;
  const payload = { certificateNo, name, course, courseCode, completedDay, issuer };
  return texts[6] === undefined ? payload : { ...payload, statusIndex: texts[6] };
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
