import type { Ctx } from '../../kernel/context.ts';
import { invalid } from '../../kernel/errors.ts';
import { digestOf, newSecret } from '../../kernel/ids.ts';
import type { Browser } from './browser.ts';
import { restore, spendGuess } from './budgets.ts';
import { flowMinutes } from './flow.ts';
import { readIdentifier } from './identifier.ts';
import { readSlipKey } from './slip-key.ts';
import { insertFlow } from './stores/flows.ts';
import { signInPersons } from './stores/persons.ts';
import { candidatesOf } from './stores/secrets.ts';
import { goodSlip } from './stores/slips.ts';

type Input = { employeeCode: string; key: string; joinedOn: string; browser: Browser };

/**
 * A printed slip with the employee code and the joining date proves the person as a code would. The slip
 * is used up only when the password is set. Returns the secret of the flow that goes on to that.
 */
export async function useSlip(ctx: Ctx, input: Input): Promise<string> {
  const { codes } = readIdentifier(input.employeeCode);
  const accounts = (await candidatesOf(ctx, { codes })).map((candidate) => candidate.personId);
  const spent = await spendGuess(ctx, {
    what: 'identity',
    accounts,
    typed: input.employeeCode,
    deviceDigest: input.browser.deviceDigest,
  });
  const slip = await goodSlip(ctx, accounts, digestOf(readSlipKey(input.key)));
  const [person] = await signInPersons(ctx, slip ? [slip.personId] : []);
  // Where the roster has no joining date the slip was still handed over in person.
  if (!slip || !person || (person.joinedOn && person.joinedOn !== input.joinedOn)) throw wrongSlip();
  await restore(ctx, spent);
  const secret = newSecret();
  const now = ctx.clock.now();
  await ctx.db.transaction((tx) =>
    insertFlow(tx, {
      digest: digestOf(secret),
      purpose: 'slip',
      candidateIds: [slip.personId],
      isIdentityChecked: true,
      slip,
      now,
      expiresAt: new Date(now.getTime() + flowMinutes * 60_000),
    }),
  );
  return secret;
}

function wrongSlip() {
  const text = {
    hi: 'कर्मचारी कोड, पर्ची की कुंजी और कार्यभार ग्रहण की तिथि आपस में नहीं मिलते, या पर्ची का समय बीत गया।',
    en: 'The employee code, the key of the slip and the joining date do not agree, or the slip is over time.',
  };
  return invalid([{ path: 'key', code: 'wrong_slip', text }], text);
}
