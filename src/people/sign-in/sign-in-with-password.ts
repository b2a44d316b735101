import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import type { Browser } from './browser.ts';
import { restore, spendGuess } from './budgets.ts';
import { requireFilled } from './filled.ts';
import { readIdentifier } from './identifier.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { isSecretRight } from './passwords.ts';
import { type Candidate, candidatesOf } from './stores/secrets.ts';

type Input = { identifier: string; password: string; browser: Browser };

/** Employee code, mobile or e-mail with the password. One answer for every way of being wrong. */
export async function signInWithPassword(ctx: Ctx, input: Input): Promise<OpenedSession> {
  requireFilled({ identifier: input.identifier, password: input.password });
  const candidates = await candidatesOf(ctx, readIdentifier(input.identifier));
  const spent = await spendGuess(ctx, {
    what: 'password',
    accounts: candidates.map((candidate) => candidate.personId),
    typed: input.identifier,
    deviceDigest: input.browser.deviceDigest,
  });
  const matches = await matchesOf(candidates, input.password);
  const person = matches.length === 1 ? matches[0] : undefined;
  if (!person) throw wrongSecret();
  await restore(ctx, spent);
  const sign = { personId: person.personId, method: 'password' as const, browser: input.browser };
  return ctx.db.transaction((tx) => openSession(tx, ctx, sign));
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
      hi: 'पहचान या पासवर्ड सही नहीं है। फिर से लिखें, या कोड से साइन-इन करें।',
      en: 'The identifier or the password is not right. Type them again, or sign in with a code.',
    },
    { reason: 'wrong_secret' },
  );
}
