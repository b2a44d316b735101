import { verifyAsync } from '@noble/ed25519';
import { gunzipSync, inflateSync } from 'fflate';
import { isBitSet, listLength, statusPosition } from '../badges/status-position.ts';

/** What a phone keeps to check certificates without a network. */
export type KeptData = {
  asOf: string;
  keys: { kid: string; x: string }[];
  /** The lists of what was withdrawn, in their order, as in the published credentials. */
  lists: string[];
};

export type CheckedFacts = {
  certificateNo: string;
  name: string;
  course: string;
  courseCode: string;
  completedDay: string;
  issuer: string;
};

/**
 * `unlisted`: signed by the issuer, but the kept lists do not reach it (issued since, or an old code).
 * `unknown-key`: signed with a key that is not among the kept ones. `not-a-code`: no signed text in it.
 */
export type OfflineVerdict =
  | { state: 'valid' | 'withdrawn' | 'unlisted'; facts: CheckedFacts }
  | { state: 'forged' | 'unknown-key' | 'not-a-code' };

/** Checks the text of a QR code by kept keys and lists alone. Runs in the browser; asks nobody. */
export async function checkText(text: string, kept: KeptData): Promise<OfflineVerdict> {
  const jws = /([\w-]+)\.([\w-]+)\.([\w-]{80,})\s*$/.exec(text);
  if (!jws) return { state: 'not-a-code' };
  const [, header = '', payload = '', signature = ''] = jws;
  try {
    const { kid, alg } = JSON.parse(utf8(bytesOf(header))) as { kid?: string; alg?: string };
    if (alg !== 'EdDSA') return { state: 'forged' };
    const key = kept.keys.find((one) => one.kid === kid);
    if (!key) return { state: 'unknown-key' };
    const signed = new TextEncoder().encode(`${header}.${payload}`);
    if (!(await verifyAsync(bytesOf(signature), signed, bytesOf(key.x)))) return { state: 'forged' };
    return verdictOn(JSON.parse(utf8(inflateSync(bytesOf(payload)))) as string[], kept);
  } catch {
    return { state: 'forged' };
  }
}

function verdictOn(texts: string[], kept: KeptData): OfflineVerdict {
  const [certificateNo = '', name = '', course = '', courseCode = '', completedDay = '', issuer = ''] = texts;
  const facts = { certificateNo, name, course, courseCode, completedDay, issuer };
  if (texts[6] === undefined) return { state: 'unlisted', facts };
  const { list, position } = statusPosition(Number(texts[6]));
  const encoded = kept.lists[list];
  if (!encoded) return { state: 'unlisted', facts };
  const bits = gunzipSync(bytesOf(encoded.slice(1)), { out: new Uint8Array(listLength / 8) });
  return { state: isBitSet(bits, position) ? 'withdrawn' : 'valid', facts };
}

function bytesOf(base64url: string): Uint8Array {
  const plain = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(plain, (character) => character.charCodeAt(0));
}

function utf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}
