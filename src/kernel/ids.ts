import { hash, randomBytes, randomFillSync } from 'node:crypto';

let lastMs = 0;
let sequence = 0;

/**
 * A time-ordered UUID (version 7), made here so that a row's key is known before it is written. Of one
 * process each is greater than the one before: 18 bits count within a millisecond, 56 are random. Several
 * are made a request, so the randomness is fetched for many at once.
 */
export function newId(): string {
  const now = Date.now();
  const random = nextRandom();
  if (now > lastMs) {
    lastMs = now;
    sequence = Number.parseInt(random.slice(0, 4), 16);
  } else sequence += 1;
  const time = lastMs.toString(16).padStart(12, '0');
  const high = ((sequence >>> 6) & 0xfff).toString(16).padStart(3, '0');
  const low = (0x80 | (sequence & 0x3f)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${high}-${low}${random.slice(4, 6)}-${random.slice(6)}`;
}

const idRandomBytes = 9;
const pool = Buffer.alloc(idRandomBytes * 512);
let poolAt = pool.length;

function nextRandom(): string {
  if (poolAt >= pool.length) {
    randomFillSync(pool);
    poolAt = 0;
  }
  poolAt += idRandomBytes;
  return pool.toString('hex', poolAt - idRandomBytes, poolAt);
}

/** An opaque secret for cookies, tokens and links: 256 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: its SHA-256, never the secret itself. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
