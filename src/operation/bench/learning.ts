import { sql } from 'kysely';
import { foldCounters, officeSummary, reconcileCounters } from '../../insight/index.ts';
import { type BenchWorld, type CourseOfBench, type Enrolled, enrolAll } from './bench-world.ts';
import { requestText } from './load.ts';
import { type Benchmark, measure } from './measure.ts';

const clients = 256;

export const engagement: Benchmark = {
  name: 'engagement',
  what: 'reports of time spent in a lesson, acknowledged after the commit',
  async run(world) {
    const requests = await reportRequests(world);
    // Everybody has people of his own, so that nobody's reports wait for one another.
    const next = (client: number, turn: number) => requests[(client + turn * clients) % requests.length];
    const result = await measure(world, { ...engagement, clients, next, kind: 'grouped writes' });
    return { ...result, notes: [...result.notes, await keptReports(world, result.load.acknowledged)] };
  },
};

/** A report of half a minute by each caller, enrolled in the text course once for all benchmarks. */
export async function reportRequests(world: BenchWorld): Promise<string[]> {
  const enrolled = world.reporters ?? (await enrolAll(world.ctx, world.callers, world.textCourse));
  if (!world.reporters) await openLessons(world, enrolled);
  world.reporters = enrolled;
  return enrolled.map(({ caller, enrolmentId, course }) =>
    requestText({
      method: 'POST',
      path: '/api/v1/engagement',
      headers: { authorization: caller.bearer },
      json: { enrolmentId, lessonId: course.lessonId, seconds: 30 },
    }),
  );
}

/** The attempt of each caller that completes a course: each can be sent once. */
export async function attemptRequests(world: BenchWorld, course: CourseOfBench): Promise<string[]> {
  const enrolled = await enrolAll(world.ctx, world.callers, course);
  return enrolled.map(({ caller, enrolmentId }) =>
    requestText({
      method: 'POST',
      path: `/api/v1/enrolments/${enrolmentId}/lessons/${course.lessonId}/attempts`,
      headers: { authorization: caller.bearer },
      json: { answers: { q1: 2 } },
    }),
  );
}

async function openLessons(world: BenchWorld, enrolled: Enrolled[]): Promise<void> {
  await sql`insert into lesson_progress (person_id, enrolment_id, lesson_id, opened_at)
    select person_id, enrolment_id, ${world.textCourse.lessonId}::uuid, now()
    from unnest(${enrolled.map((one) => one.caller.personId)}::uuid[], ${enrolled.map((one) => one.enrolmentId)}::uuid[])
      as e (person_id, enrolment_id)`.execute(world.ctx.db.read);
}

/** What was acknowledged must be there. */
async function keptReports(world: BenchWorld, acknowledged: number): Promise<string> {
  const found = await sql<{ kept: number }>`select count(*) as kept from engagement`.execute(
    world.ctx.db.read,
  );
  const kept = found.rows[0]?.kept ?? 0;
  if (kept < acknowledged) throw new Error(`${acknowledged} reports were acknowledged, ${kept} are kept.`);
  return `${acknowledged} acknowledged, ${kept} kept`;
}

const finishers = 64;

export const completions: Benchmark = {
  name: 'completions',
  what: 'people who finish a course by its quiz, certificate included, with the counters right afterwards',
  run: (world) => measureCompletions(world, { ...completions, courses: world.quizCourses }),
};

type Finishing = Pick<Benchmark, 'name' | 'what'> & { courses: CourseOfBench[] };

/** Each caller finishes each of the courses once; then the counters must agree with what was acknowledged. */
export async function measureCompletions(world: BenchWorld, { name, what, courses }: Finishing) {
  const requests: string[] = [];
  for (const course of courses) requests.push(...(await attemptRequests(world, course)));
  await foldCounters(world.ctx);
  const before = await rootCompletions(world);
  let at = -1;
  const next = () => {
    at += 1;
    return requests[at];
  };
  const wish = { name, what, clients: finishers, next, expect: 201, kind: 'transactions' } as const;
  const result = await measure(world, wish);
  const note = await counted(world, { before, acknowledged: result.load.acknowledged });
  return { ...result, notes: [...result.notes, note] };
}

export async function rootCompletions(world: BenchWorld): Promise<number> {
  return (await officeSummary(world.ctx, { code: 'GEN' })).completions ?? 0;
}

/** The figure of the root has grown by exactly what was acknowledged, and every counter agrees with the events. */
async function counted(world: BenchWorld, was: { before: number; acknowledged: number }): Promise<string> {
  const grown = (await rootCompletions(world)) - was.before;
  const { ok, differences } = await reconcileCounters(world.ctx);
  if (grown !== was.acknowledged || !ok)
    throw new Error(`${was.acknowledged} acknowledged, ${grown} counted, ${differences.length} differences.`);
  return `${was.acknowledged} acknowledged, ${grown} counted at the root, reconciled`;
}
