import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { digestOf } from '../../kernel/ids.ts';
import { codeUsed, type FlowInput, type StepResult } from './advance-flow.ts';
import { type FlowState, flowGone, flowState } from './flow.ts';
import { openSession } from './open-session.ts';
import { hashSecret } from './passwords.ts';
import { checkedPassword, checkedPin } from './secret-rules.ts';
import { consumeFlow } from './stores/flows.ts';
import type { SignInPerson } from './stores/persons.ts';
import { setPassword, setPin } from './stores/secrets.ts';
import { endSessionsOf } from './stores/sessions.ts';
import { spendSlip } from './stores/slips.ts';

export type SetUpInput = FlowInput & { password: string; pin: string; again: string };

/**
 * The last step of first use: a password, or a PIN where the number is shared. Flow, slip, secret and
 * session go together, so that two submissions leave one secret and one session.
 */
export async function setUpSignIn(ctx: Ctx, input: SetUpInput): Promise<StepResult> {
  const state = await flowState(ctx, input.flowSecret);
  const { person } = state;
  if (!person || state.step !== 'setup') throw flowGone();
  const secret = state.needsPin ? checkedPin(input) : checkedPassword(input, knownWords(person));
  const hash = await hashSecret(secret);
  const session = await ctx.db.transaction(async (tx) => {
    const now = ctx.clock.now();
    const { personId } = person;
    if (!(await consumeFlow(tx, digestOf(input.flowSecret ?? ''), now))) throw codeUsed();
    if (state.flow.slipId && !(await spendSlip(tx, { personId, slipId: state.flow.slipId, now })))
      throw codeUsed();
    const set = state.needsPin ? setPin : setPassword;
    await set(tx, { personId, hash, now });
    // Whoever was in with the old secret is out.
    await endSessionsOf(tx, { personId }, { now, reason: 'reset' });
    const what = state.needsPin ? 'pin.set' : 'password.set';
    const detail = { by: state.flow.purpose };
    await audit(tx, ctx, { action: what, subjectKind: 'person', subjectId: personId, personId, detail });
    return openSession(tx, ctx, { personId, method: methodOf(state), browser: input.browser });
  });
  return { session, returnPath: state.flow.returnPath ?? undefined };
}

function methodOf(state: FlowState): 'pin' | 'slip' | 'code' {
  if (state.needsPin) return 'pin';
  return state.flow.purpose === 'slip' ? 'slip' : 'code';
}

export function knownWords(
  person: Pick<SignInPerson, 'codes' | 'mobile' | 'email' | 'nameEn' | 'nameHi'>,
): string[] {
  const names = `${person.nameEn ?? ''} ${person.nameHi ?? ''}`.split(/\s+/);
  return [...person.codes, person.mobile ?? '', (person.email ?? '').split('@')[0] ?? '', ...names];
}
