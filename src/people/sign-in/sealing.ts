import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Runtime } from '../../kernel/feature.ts';

let installationSecret = '';

/** Given once at start: codes and TOTP secrets are sealed with keys made of the installation's secret. */
export function prepareSealing(runtime: Pick<Runtime, 'secret'>): void {
  installationSecret = runtime.secret;
}

/** AES-256-GCM; `purpose` names what and whose it is, and must be the same to open it. */
export function seal(text: string, purpose: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keyFor('seal'), nonce);
  cipher.setAAD(Buffer.from(purpose));
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** The text, or undefined where it was sealed for another purpose, with another secret, or was changed. */
export function unseal(sealed: Buffer, purpose: string): string | undefined {
  if (sealed.length < 28) return undefined;
  const decipher = createDecipheriv('aes-256-gcm', keyFor('seal'), sealed.subarray(0, 12));
  decipher.setAAD(Buffer.from(purpose));
  decipher.setAuthTag(sealed.subarray(12, 28));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** A digest that nobody can try through without the secret: for codes of a few digits. */
export function keyedDigest(text: string, purpose: string): Buffer {
  return createHmac('sha256', keyFor(purpose)).update(text).digest();
}

function keyFor(purpose: string): Buffer {
  if (!installationSecret) throw new Error('sealing was not prepared');
  return Buffer.from(hkdfSync('sha256', installationSecret, 'daksh', `sign-in:${purpose}`, 32));
}
