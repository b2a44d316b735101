import type { Ctx } from '../../kernel/context.ts';
import { digestOf } from '../../kernel/ids.ts';
import { type FlowInput, proceed, type StepResult, wrongField } from './advance-flow.ts';
import { restore, spendGuess } from './budgets.ts';
import { flowGone, flowState } from './flow.ts';
import { readIdentifier } from './identifier.ts';
import { markIdentityChecked } from './stores/flows.ts';

/** Employee code and joining date, before a person who shares or never used his sign-in may set it up. */
export async function checkIdentity(
  ctx: Ctx,
  input: FlowInput & { employeeCode: string; joinedOn: string },
): Promise<StepResult> {
  const { person, step } = await flowState(ctx, input.flowSecret);
  if (!person || step !== 'identity') throw flowGone();
  const spent = await spendGuess(ctx, {
    what: 'identity',
    accounts: [person.personId],
    typed: '',
    deviceDigest: input.browser.deviceDigest,
  });
  const { codes } = readIdentifier(input.employeeCode);
  const isRight = codes.some((code) => person.codes.includes(code)) && person.joinedOn === input.joinedOn;
  if (!isRight) throw wrongField('employeeCode', 'wrong_identity', wrongIdentityText);
  await restore(ctx, spent);
  const digest = digestOf(input.flowSecret ?? '');
  await ctx.db.transaction((tx) => markIdentityChecked(tx, digest, ctx.clock.now()));
  return proceed(ctx, input);
}

const wrongIdentityText = {
  hi: 'कर्मचारी कोड या कार्यभार ग्रहण की तिथि अभिलेख से नहीं मिलती।',
  en: 'The employee code or the joining date does not agree with the record.',
};
