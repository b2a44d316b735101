import { randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { toString as qrToString } from 'qrcode';
import { digestOf } from '../../kernel/ids.ts';
import { seal, unseal } from './sealing.ts';

const stepSeconds = 30;

function totpOf(secret: Secret, label: string): TOTP {
  return new TOTP({ issuer: 'Daksh', label, secret, digits: 6, period: stepSeconds });
}

export type Enrolment = { sealed: string; secretText: string; qr: string };

/** A fresh secret for the authenticator app; it travels sealed in the form until a code proves it. */
export async function newEnrolment(personId: string, label: string): Promise<Enrolment> {
  return enrolmentOf(new Secret({ size: 20 }), personId, label);
}

/** The same secret again, for a form that came back. */
export async function sameEnrolment(
  sealed: string,
  personId: string,
  label: string,
): Promise<Enrolment | undefined> {
  const text = openSecret(Buffer.from(sealed, 'base64url'), personId);
  return text ? enrolmentOf(Secret.fromBase32(text), personId, label) : undefined;
}

async function enrolmentOf(secret: Secret, personId: string, label: string): Promise<Enrolment> {
  const svg = await qrToString(totpOf(secret, label).toString(), { type: 'svg', margin: 2 });
  return {
    sealed: sealSecret(secret.base32, personId).toString('base64url'),
    secretText: secret.base32.match(/.{1,4}/g)?.join(' ') ?? secret.base32,
    qr: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  };
}

export function sealSecret(base32: string, personId: string): Buffer {
  return seal(base32, `totp:${personId}`);
}

export function openSecret(sealed: Buffer, personId: string): string | undefined {
  return unseal(sealed, `totp:${personId}`);
}

/** The half-minute that this code belongs to, one to either side of now; undefined where it is wrong. */
export function stepOfCode(base32: string, code: string, now: Date): number | undefined {
  const totp = totpOf(Secret.fromBase32(base32), '');
  const delta = totp.validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / stepSeconds) + delta;
}

const signs = '23456789ABCDEFGHJKMNPQRSTUVWXYZ';

export function newRecoveryCodes(): string[] {
  const group = () => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('');
  return Array.from({ length: 10 }, () => `${group()}-${group()}`);
}

/** 10 of 31 signs are 49 bits behind a budget of guesses: a plain digest keeps them well enough. */
export function recoveryDigest(code: string): Buffer {
  return digestOf(`recovery:${code.toUpperCase().replace(/[^0-9A-Z]/g, '')}`);
}
