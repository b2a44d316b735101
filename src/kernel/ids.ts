import { hash, randomBytes, randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const newest = { msecs: 0, seq: 0 };

/** A time-ordered UUID (version 7), made here so that a row's key is known before it is written. */
export function newId(): string {
  const random = randomOfId();
  const now = Date.now();
  if (now > newest.msecs) Object.assign(newest, { msecs: now, seq: random.readUInt32BE(6) >>> 1 });
  else newest.seq += 1;
  return v7({ ...newest, random });
}

// A request makes several ids, and each call for random bytes costs more than all else in an id.
const pool = Buffer.alloc(16 * 512);
let taken = pool.length;

function randomOfId(): Buffer {
  if (taken === pool.length) {
    randomFillSync(pool);
    taken = 0;
  }
  taken += 16;
  return pool.subarray(taken - 16, taken);
}

/** An opaque secret for cookies, tokens and links: 256 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: its SHA-256, never the secret itself. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
