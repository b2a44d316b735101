import { audit } from '../../kernel/audit.ts';
import { type Ctx, requirePerson } from '../../kernel/context.ts';
import { forbidden, notFound } from '../../kernel/errors.ts';
import { wrongField } from './advance-flow.ts';
import type { Browser } from './browser.ts';
import { restore, spendGuess } from './budgets.ts';
import { digitsOf } from './identifier.ts';
import { hashSecret, isSecretRight } from './passwords.ts';
import { checkedPin } from './secret-rules.ts';
import { signInPersons } from './stores/persons.ts';
import { setPin } from './stores/secrets.ts';
import { endSessionsOf } from './stores/sessions.ts';

type Input = { current: string; pin: string; again: string; browser: Browser };

/**
 * A new PIN for who shares a mobile, by the one in use: whoever holds the phone gets the codes, so a code proves
 * nothing here. A forgotten one is taken away by the office, and made anew at the next sign-in.
 */
export async function changePin(ctx: Ctx, input: Input): Promise<void> {
  if (ctx.actor.kind !== 'person') throw forbidden();
  const personId = requirePerson(ctx);
  const [person] = await signInPersons(ctx, [personId]);
  if (!person?.pinHash) throw notFound();
  const { deviceDigest } = input.browser;
  const spent = await spendGuess(ctx, { what: 'pin', accounts: [personId], typed: '', deviceDigest });
  if (!(await isSecretRight(digitsOf(input.current), person.pinHash)))
    throw wrongField('current', 'wrong_pin', wrongText);
  await restore(ctx, spent);
  const hash = await hashSecret(checkedPin(input));
  const { sessionId } = ctx.actor;
  await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    await setPin(tx, { personId, hash, now });
    await endSessionsOf(tx, { personId, exceptSessionId: sessionId }, { now, reason: 'reset' });
    await audit(tx, ctx, { action: 'pin.changed', subjectKind: 'person', subjectId: personId, personId });
  });
}

const wrongText = { hi: 'वर्तमान PIN सही नहीं है।', en: 'The present PIN is not right.' };
