import type { Ctx } from '../kernel/context.ts';
import { lessonHref, type TestStanding } from '../learning/index.ts';
import { type StandingRow, standingsOf } from './stores/standings.ts';

/** How a person stands in the tests that he began and has not passed, for home and course page. */
export async function testStandings(ctx: Ctx, personId: string): Promise<TestStanding[]> {
  const now = ctx.clock.now();
  return (await standingsOf(ctx.db, personId)).map((row) => {
    const { courseId, courseCode, lessonCode, titleHi, titleEn } = row;
    const { state, until } = stateOf(row, now);
    const start = `${lessonHref(courseCode, lessonCode)}/paper`;
    const href = state === 'open' ? `/papers/${row.paperId}` : start;
    return { courseId, courseCode, lessonCode, titleHi, titleEn, state, until, href };
  });
}

function stateOf(row: StandingRow, now: Date): Pick<TestStanding, 'state' | 'until'> {
  const { submittedAt, dueAt, attempts, made, coolingMinutes } = row;
  if (submittedAt === null) {
    // Its time may be over and the job that closes it about to run: then the result is a visit away.
    if (dueAt && dueAt <= now) return { state: 'failed', until: null };
    return { state: 'open', until: dueAt };
  }
  if (row.isWaiting) return { state: 'waiting', until: null };
  if (attempts !== null && made >= attempts) return { state: 'used', until: null };
  const again = new Date(submittedAt.getTime() + coolingMinutes * 60_000);
  return again > now ? { state: 'cooling', until: again } : { state: 'failed', until: null };
}
