import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { wrongField } from './advance-flow.ts';
import type { Browser } from './browser.ts';
import { restore, spendGuess } from './budgets.ts';
import { hashSecret, isSecretRight } from './passwords.ts';
import { checkedPassword } from './secret-rules.ts';
import { knownWords } from './set-up-sign-in.ts';
import { type SignInPerson, signInPersons } from './stores/persons.ts';
import { setPassword } from './stores/secrets.ts';
import { endSessionsOf, sessionById } from './stores/sessions.ts';

type Input = { current: string; password: string; again: string; browser: Browser };
const freshMinutes = 15;

/**
 * A new password. It asks for the one in use, but not of who came in by a code in the last quarter of an
 * hour: that is how a forgotten password is replaced. All other sessions end.
 */
export async function changePassword(ctx: Ctx, input: Input): Promise<void> {
  const personId = requirePerson(ctx);
  const [person] = await signInPersons(ctx, [personId]);
  if (!person) throw notFound();
  if (await asksCurrentPassword(ctx, person)) await checkCurrent(ctx, person, input);
  const hash = await hashSecret(checkedPassword(input, knownWords(person)));
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const exceptSessionId = ctx.actor.kind === 'person' ? ctx.actor.sessionId : undefined;
    await setPassword(tx, { personId, hash, now });
    await endSessionsOf(tx, { personId, exceptSessionId }, { now, reason: 'reset' });
    const subject = { subjectKind: 'person', subjectId: personId, personId };
    await audit(tx, ctx, { action: 'password.changed', ...subject });
  });
}

export async function asksCurrentPassword(
  ctx: Ctx,
  person: Pick<SignInPerson, 'personId' | 'passwordHash'>,
): Promise<boolean> {
  // A token's text must not be enough to take the account over.
  if (ctx.actor.kind !== 'person') throw forbidden();
  const session = await sessionById(ctx, { personId: person.personId, sessionId: ctx.actor.sessionId });
  const age = session ? ctx.clock.now().getTime() - session.createdAt.getTime() : Number.POSITIVE_INFINITY;
  const isFreshByCode = session?.method === 'code' && age < freshMinutes * 60_000;
  return Boolean(person.passwordHash) && !isFreshByCode;
}

async function checkCurrent(ctx: Ctx, person: SignInPerson, input: Input): Promise<void> {
  const accounts = [person.personId];
  const { deviceDigest } = input.browser;
  const spent = await spendGuess(ctx, { what: 'password', accounts, typed: '', deviceDigest });
  if (!(await isSecretRight(input.current, person.passwordHash)))
    throw wrongField('current', 'wrong_secret', wrongText);
  await restore(ctx, spent);
}

const wrongText = { hi: 'वर्तमान पासवर्ड सही नहीं है।', en: 'The present password is not right.' };
