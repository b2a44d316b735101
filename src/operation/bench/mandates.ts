import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { changeFacts } from '../../kernel/facts.ts';
import { newId } from '../../kernel/ids.ts';
import type { BenchWorld } from './bench-world.ts';
import { bareDatabase } from './limits.ts';
import { requestText } from './load.ts';
import { type Benchmark, measure, requireStatus } from './measure.ts';
import { programArgs } from './own-server.ts';
import { resultOf } from './result.ts';
import { summarise } from './statistics.ts';

const clients = 32;
const rowsAStatement = 1000;

/** Three courses with one on AI; AI for all; three hours: over everybody. */
const conditions = [
  { allOf: [{ courses: { atLeast: 3 } }, { courses: { atLeast: 1, tag: 'ai' } }] },
  { courses: { atLeast: 1, tag: 'ai' } },
  { hours: { atLeast: 3 } },
];

export const mandatePublish: Benchmark = {
  name: 'mandate-publish',
  what: 'people whom an order binds, from `daksh import mandate FILE --commit` to its figures, the start of the program included',
  async run(world) {
    const published = await publishAll(world);
    const { median, p99 } = summarise(published.map((one) => one.ms));
    const bound = published[0]?.bound ?? 0;
    // A standing each, and nothing else.
    const statements = await bareDatabase(world, { kind: 'rows', each: rowsAStatement, clients: 2 });
    const bare = {
      name: `bare inserts of ${rowsAStatement} rows a statement`,
      perSecond: statements * rowsAStatement,
    };
    const notes = [`${bound} bound`];
    const perSecond = (bound * 1000) / median;
    return resultOf({
      ...mandatePublish,
      clients: 1,
      median,
      p99,
      perSecond,
      failed: 0,
      limits: [bare],
      notes,
    });
  },
};

export const mandateFollow: Benchmark = {
  name: 'mandate-follow',
  what: 'completions, from their commit until every order’s figures follow; half of them while an order is put in force',
  async run(world) {
    await publishedOrders(world);
    const quiet = await followed(world, 0);
    // Others than those before: a course is completed once a day.
    const [busy] = await Promise.all([
      followed(world, world.callers.length / 2),
      publishOne(world, conditions[0]),
    ]);
    const limit = await bareDatabase(world, { kind: 'transactions', each: 2, clients: 4 });
    const { median, p99 } = summarise([...quiet, ...busy]);
    const during = summarise(busy);
    return resultOf({
      ...{ ...mandateFollow, clients: streams, median, p99, failed: 0 },
      perSecond: (quiet.length + busy.length) / (2 * world.seconds),
      limits: [{ name: 'bare pipelined transactions of 2 inserts', perSecond: limit }],
      notes: [
        `while an order is put in force: median ${Math.round(during.median)} ms, p99 ${Math.round(during.p99)} ms`,
      ],
    });
  },
};

export const mandatePerson: Benchmark = {
  name: 'mandate-person',
  what: 'one’s own orders: why, by when, what counts and what is open, under three orders and more',
  async run(world) {
    await publishedOrders(world);
    const path = '/api/v1/me/mandates';
    await requireStatus(world, path, { authorization: world.callers[0]?.bearer ?? '' });
    const requests = world.callers.map((caller) =>
      requestText({ path, headers: { authorization: caller.bearer } }),
    );
    const next = (client: number, turn: number) => requests[(client * 97 + turn * 31) % requests.length];
    return measure(world, { ...mandatePerson, clients, next, kind: 'reads' });
  },
};

export const mandateStatus: Benchmark = {
  name: 'mandate-status',
  what: 'where an order stands at the root, with the offices below it',
  async run(world) {
    const [number = ''] = await publishedOrders(world);
    const path = `/api/v1/mandates/${encodeURIComponent(number)}/summary?office=GEN`;
    const headers = { authorization: world.leader };
    await requireStatus(world, path, headers);
    const request = requestText({ path, headers });
    return measure(world, { ...mandateStatus, clients, next: () => request, kind: 'reads' });
  },
};

async function publishedOrders(world: BenchWorld): Promise<string[]> {
  const known = async () =>
    (
      await sql<{
        number: string;
      }>`select number from mandate where state = 'published' order by number`.execute(world.ctx.db.read)
    ).rows.map((row) => row.number);
  if ((await known()).length < conditions.length) await publishAll(world);
  return known();
}

type Published = { ms: number; bound: number; number: string };

async function publishAll(world: BenchWorld): Promise<Published[]> {
  const done: Published[] = [];
  for (const condition of conditions) done.push(await publishOne(world, condition));
  return done;
}

/** An order over everybody, due at the year's end unless told otherwise. */
export async function publishOne(
  world: BenchWorld,
  condition: object | undefined,
  until = `${new Date().getUTCFullYear()}-12-31`,
): Promise<Published> {
  const number = `BENCH/${newId()}`;
  const path = join(world.folder, 'order.json');
  const year = new Date().getUTCFullYear();
  const file = {
    order: { number, date: `${year}-01-01`, issuer: 'मापन' },
    ...{ title: { hi: 'मापन', en: 'Bench' }, scope: { offices: ['GEN'] }, condition },
    window: { from: `${year - 1}-04-01`, to: until },
  };
  writeFileSync(path, JSON.stringify(file));
  const began = performance.now();
  const child = spawn(process.execPath, programArgs(['import', 'mandate', path, '--commit', '--json']), {
    env: { ...process.env, DATABASE_URL: world.databaseUrl, DAKSH_DATA_DIR: world.folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  const ms = performance.now() - began;
  const result = JSON.parse(output) as { committed?: boolean; bound?: number };
  if (!result.committed || !result.bound) throw new Error(`The order was not put in force: ${output}`);
  return { ms, bound: result.bound, number };
}

const streams = 4;
const lookEveryMs = 20;

/** Completions one after the other in a few streams; how long each waits until the worker has settled it. */
async function followed(world: BenchWorld, first: number): Promise<number[]> {
  const until = performance.now() + world.seconds * 1000;
  const waits: number[] = [];
  const stream = async (index: number) => {
    for (let turn = index; performance.now() < until; turn += streams) {
      const caller = world.callers[Math.floor(first) + turn];
      if (!caller) return;
      await complete(world, caller.personId);
      const began = performance.now();
      while (await isWaiting(world, caller.personId)) await sleep(lookEveryMs);
      waits.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: streams }, (_, index) => stream(index)));
  return waits;
}

async function complete({ ctx, textCourse }: BenchWorld, personId: string): Promise<void> {
  await ctx.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        values (${personId}, ${newId()}, ${textCourse.courseId}, current_date, 'import', 60)`.execute(tx);
    }),
  );
}

async function isWaiting({ ctx }: BenchWorld, personId: string): Promise<boolean> {
  const found = await sql<{ waits: boolean }>`select exists (
    select from mandate_touched where person_id = ${personId}) as waits`.execute(ctx.db.read);
  return found.rows[0]?.waits ?? false;
}
