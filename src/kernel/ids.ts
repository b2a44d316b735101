import { hash, randomBytes } from 'node:crypto';
import { v7 } from 'uuid';

/** A time-ordered UUID (version 7), made here so that a row's key is known before it is written. */
export function newId(): string {
  return v7();
}

/** An opaque secret for cookies, tokens and links: 256 random bits, URL-safe. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What is kept of a secret: its SHA-256, never the secret itself. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}
