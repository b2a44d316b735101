import { type Algorithm, hash, verify } from '@node-rs/argon2';

// argon2id of OWASP's second line: 19 MiB, 2 passes; about 20 ms of one core.
const strength = {
  algorithm: 2 satisfies Algorithm.Argon2id as Algorithm,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
};

/** For passwords and PINs alike; the guesses at a PIN are bounded by its budget, not by its hash. */
export function hashSecret(secret: string): Promise<string> {
  return hash(secret.normalize('NFC'), strength);
}

let dummy: Promise<string> | undefined;

/** Where there is no hash the work is done all the same, so that the time tells nobody who has an account. */
export async function isSecretRight(secret: string, kept: string | null | undefined): Promise<boolean> {
  dummy ??= hashSecret('nobody has this secret');
  const isRight = await verify(kept ?? (await dummy), secret.normalize('NFC'));
  return isRight && Boolean(kept);
}
