import { timingSafeEqual } from 'node:crypto';
import type { Ctx } from '../../kernel/context.ts';
import { Refusal } from '../../kernel/errors.ts';
import { digestOf } from '../../kernel/ids.ts';
import { codeUsed, type FlowInput, proceed, type StepResult, wrongField } from './advance-flow.ts';
import { codeDigest, flowState } from './flow.ts';
import { digitsOf } from './identifier.ts';
import { markVerified, takeTry } from './stores/flows.ts';

/** The six digits, in the browser that asked for them. Wrong five times or right once, they are used up. */
export async function checkCode(ctx: Ctx, input: FlowInput & { code: string }): Promise<StepResult> {
  const before = await flowState(ctx, input.flowSecret);
  const digest = digestOf(input.flowSecret ?? '');
  if (before.step !== 'code') throw codeUsed();
  await takeCorrectTry(ctx, digest, input.code);
  const ids = before.flow.candidateIds;
  const personId = ids.length === 1 ? (ids[0] ?? null) : null;
  const isFirst = await ctx.db.transaction((tx) => markVerified(tx, { digest, personId }, ctx.clock.now()));
  if (!isFirst) throw codeUsed();
  return proceed(ctx, input);
}

/** The try is spent before the code is compared, in a transaction of its own: a refusal gives it not back. */
async function takeCorrectTry(ctx: Ctx, digest: Buffer, typed: string): Promise<void> {
  const taken = await ctx.db.transaction((tx) => takeTry(tx, digest, ctx.clock.now()));
  if (!taken) throw codeOver();
  const given = codeDigest(digitsOf(typed), digest);
  const isRight = taken.codeDigest !== null && timingSafeEqual(given, taken.codeDigest);
  if (!isRight) throw wrongField('code', 'wrong_code', wrongCodeText);
}

const wrongCodeText = {
  hi: 'कोड सही नहीं है। SMS या ई-मेल में आया 6 अंकों का कोड लिखें।',
  en: 'The code is not right. Type the 6 digits from the SMS or e-mail.',
};
function codeOver(): Refusal {
  return new Refusal(
    'gone',
    {
      hi: 'इस कोड का समय या प्रयास समाप्त हो गए। नया कोड मँगाएँ।',
      en: 'The time or the tries for this code are over. Ask for a new one.',
    },
    { reason: 'code_over' },
  );
}
