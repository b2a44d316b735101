import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { readIdentifier } from './identifier.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { isSecretRight } from './passwords.ts';
import { type Candidate, candidatesOf } from './stores/secrets.ts';

type Input = { identifier: string; password: string; device: string };

/** Employee code, mobile or e-mail with the password. One answer for every way of being wrong. */
export async function signInWithPassword(ctx: Ctx, input: Input): Promise<OpenedSession> {
  const candidates = await candidatesOf(ctx, readIdentifier(input.identifier));
  const matches = await matchesOf(candidates, input.password);
  const person = matches.length === 1 ? matches[0] : undefined;
  if (!person) throw wrongSecret();
  return ctx.db.transaction((tx) =>
    openSession(tx, ctx, { personId: person.personId, method: 'password', device: input.device }),
  );
}

/** Several people may share a mobile: the password says which of them it is. */
async function matchesOf(candidates: Candidate[], password: string): Promise<Candidate[]> {
  const withPassword = candidates.filter((candidate) => candidate.passwordHash);
  if (withPassword.length === 0) await isSecretRight(password, undefined);
  const matches: Candidate[] = [];
  for (const candidate of withPassword) {
    if (await isSecretRight(password, candidate.passwordHash)) matches.push(candidate);
  }
  return matches;
}

export function wrongSecret(): Refusal {
  return new Refusal(
    'unauthenticated',
    {
      hi: 'पहचान या पासवर्ड सही नहीं है।',
      en: 'The identifier or the password is not right.',
    },
    { reason: 'wrong_secret' },
  );
}
