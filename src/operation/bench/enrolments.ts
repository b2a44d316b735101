import { sql } from 'kysely';
import { foldCounters, reconcileCounters } from '../../insight/index.ts';
import { type BenchWorld, enrolAll } from './bench-world.ts';
import { requestText } from './load.ts';
import { type Benchmark, measure } from './measure.ts';

const clients = 128;
/** So many of the fresh courses are what people enrol in; the rest make lists. */
const enrolledIn = 7;

export const enrol: Benchmark = {
  name: 'enrol',
  what: 'people who enrol in a course, with audit row and counters, acknowledged after the commit',
  async run(world) {
    const requests = world.freshCourses.slice(0, enrolledIn).flatMap(({ code }) =>
      world.callers.map((caller) =>
        requestText({
          method: 'POST',
          path: '/api/v1/enrolments',
          headers: { authorization: caller.bearer },
          json: { courseCode: code },
        }),
      ),
    );
    await foldCounters(world.ctx);
    const before = await enrolmentCount(world);
    let at = -1;
    const next = () => {
      at += 1;
      return requests[at];
    };
    const result = await measure(world, { ...enrol, clients, next, expect: 201, kind: 'transactions' });
    return { ...result, notes: [...result.notes, await kept(world, before, result.load.acknowledged)] };
  },
};

async function enrolmentCount(world: BenchWorld): Promise<number> {
  const found = await sql<{ n: number }>`select count(*) as n from enrolment`.execute(world.ctx.db.read);
  return found.rows[0]?.n ?? 0;
}

/** What was acknowledged is there, and every counter agrees with the events. */
async function kept(world: BenchWorld, before: number, acknowledged: number): Promise<string> {
  const made = (await enrolmentCount(world)) - before;
  const { ok, differences } = await reconcileCounters(world.ctx);
  if (made !== acknowledged || !ok)
    throw new Error(`${acknowledged} acknowledged, ${made} kept, ${differences.length} differences.`);
  return `${acknowledged} acknowledged, ${made} kept, reconciled`;
}

export const ownEnrolments: Benchmark = {
  name: 'own-enrolments',
  what: "the list of one's own enrolments, with how far each is",
  async run(world) {
    for (const course of world.freshCourses.slice(enrolledIn))
      await enrolAll(world.ctx, world.callers, course);
    const requests = world.callers.map((caller) =>
      requestText({ path: '/api/v1/enrolments', headers: { authorization: caller.bearer } }),
    );
    const next = (client: number, turn: number) => requests[(client * 97 + turn * 31) % requests.length];
    return measure(world, { ...ownEnrolments, clients, next, kind: 'reads' });
  },
};
