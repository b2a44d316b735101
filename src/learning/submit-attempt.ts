import type { Answer } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { newId } from '../kernel/ids.ts';
import type { AttemptResult } from './decide-attempts.ts';
import { floodsOf } from './floods.ts';

export type AttemptInput = { enrolmentId: string; lessonId: string; answers: Record<string, Answer> };

/**
 * Scores a quiz on the server, keeps the attempt, and completes the course if nothing else is open: together
 * with those of other persons in these milliseconds, answered after the commit.
 */
export async function submitAttempt(ctx: Ctx, input: AttemptInput): Promise<AttemptResult> {
  const personId = requirePerson(ctx);
  return floodsOf(ctx.db).attempt({ ctx, personId, attemptId: newId(), ...input });
}
