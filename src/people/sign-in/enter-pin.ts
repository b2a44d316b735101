import type { Ctx } from '../../kernel/context.ts';
import { type FlowInput, finish, type StepResult, wrongField } from './advance-flow.ts';
import { restore, spendGuess } from './budgets.ts';
import { flowGone, flowState } from './flow.ts';
import { digitsOf } from './identifier.ts';
import { isSecretRight } from './passwords.ts';

/** The PIN of one of several people on one number. */
export async function enterPin(ctx: Ctx, input: FlowInput & { pin: string }): Promise<StepResult> {
  const state = await flowState(ctx, input.flowSecret);
  if (!state.person || state.step !== 'pin') throw flowGone();
  const spent = await spendGuess(ctx, {
    what: 'pin',
    accounts: [state.person.personId],
    typed: '',
    deviceDigest: input.browser.deviceDigest,
  });
  if (!(await isSecretRight(digitsOf(input.pin), state.person.pinHash)))
    throw wrongField('pin', 'wrong_pin', wrongPinText);
  await restore(ctx, spent);
  return finish(ctx, state, input);
}

const wrongPinText = { hi: 'PIN सही नहीं है।', en: 'The PIN is not right.' };
