import type { Ctx } from '../../kernel/context.ts';
import { invalid, Refusal } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import { digestOf } from '../../kernel/ids.ts';
import type { Browser } from './browser.ts';
import { type FlowState, flowGone, flowState } from './flow.ts';
import { type OpenedSession, openSession } from './open-session.ts';
import { consumeFlow } from './stores/flows.ts';

/** Which flow, in which browser. */
export type FlowInput = { flowSecret: string | undefined; browser: Browser };

/** Where a step leads: into a session, or to the next question of the same flow. */
export type StepResult = { session?: OpenedSession; returnPath?: string };

/** Opens the session where nothing more is asked. */
export async function proceed(ctx: Ctx, input: FlowInput): Promise<StepResult> {
  const state = await flowState(ctx, input.flowSecret);
  return state.step === 'done' ? finish(ctx, state, input) : {};
}

/** Uses the flow up and opens the session: of two requests at once one gets it. */
export async function finish(ctx: Ctx, state: FlowState, input: FlowInput): Promise<StepResult> {
  const personId = state.person?.personId;
  if (!personId) throw flowGone();
  const method = state.needsPin ? 'pin' : 'code';
  const session = await ctx.db.transaction(async (tx) => {
    if (!(await consumeFlow(tx, digestOf(input.flowSecret ?? ''), ctx.clock.now()))) throw codeUsed();
    return openSession(tx, ctx, { personId, method, browser: input.browser });
  });
  return { session, returnPath: state.flow.returnPath ?? undefined };
}

/** One field of a step is wrong; its sentence is also the refusal's. */
export function wrongField(path: string, code: string, text: Bilingual): Refusal {
  return invalid([{ path, code, text }], text);
}

export function codeUsed(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह कोड काम में लिया जा चुका है। एक कोड एक ही बार चलता है।',
      en: 'This code has been used. A code works only once.',
    },
    { reason: 'code_used' },
  );
}
