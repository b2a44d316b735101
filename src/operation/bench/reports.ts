import { type IncomingMessage, request } from 'node:http';
import { sql } from 'kysely';
import { to as copyTo } from 'pg-copy-streams';
import { groupsOfReports } from '../../reports/index.ts';
import type { BenchWorld } from './bench-world.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';
import { summarise } from './statistics.ts';

const measures = {
  completions: ['completions', 'renewals', 'digital_minutes'],
  people: ['registered', 'signed_in', 'at_least_one', 'completions', 'reach'],
} as const;

type Grouping = { subject: keyof typeof measures; groups: readonly string[] };

/** By every dimension of completions and of people, and by every two of them. */
const groupings: readonly Grouping[] = (['completions', 'people'] as const).flatMap((subject) => {
  const ids = groupsOfReports(subject);
  const pairs = ids.flatMap((id, at) => ids.slice(at + 1).map((other) => [id, other]));
  return [...ids.map((id) => [id]), ...pairs].map((groups) => ({ subject, groups }));
});

const slowestNamed = 8;

export const reportGroups: Benchmark = {
  name: 'report-groups',
  what: 'completions and people grouped by every dimension of a report and every two of them, one after the other',
  async run(world) {
    await settle(world.ctx);
    const times: { name: string; ms: number }[] = [];
    let refused = 0;
    for (const { subject, groups } of groupings) {
      const began = performance.now();
      const asked = { subject, groups, measures: measures[subject], office: 'GEN' };
      const { status } = await ask(world, '/api/v1/reports/preview', asked);
      // So many groups that nobody reads them: refused, and that as soon as others are answered.
      if (status === 413) refused += 1;
      else if (status !== 200) throw new Error(`The report by ${groups.join(' and ')} answers ${status}.`);
      times.push({ name: `${subject} by ${groups.join(' and ')}`, ms: performance.now() - began });
    }
    const { median, p99 } = summarise(times.map(({ ms }) => ms));
    const rows = await completionCount(world);
    const bare = await bareGrouping(world);
    const limits = [{ name: 'the same completions grouped by month alone', perSecond: (rows * 1000) / bare }];
    const perSecond = (rows * 1000) / median;
    const slowest = times.toSorted((a, b) => b.ms - a.ms).slice(0, slowestNamed);
    const notes = [
      `${times.length} groupings, of which ${refused} have too many groups and are refused`,
      ...slowest.map(({ name, ms }) => `${name}: ${Math.round(ms)} ms`),
    ];
    return resultOf({ ...reportGroups, clients: 1, median, p99, perSecond, failed: 0, limits, notes });
  },
};

const columns = ['code', 'nameHi', 'officeCode', 'designation', 'group', 'completions', 'minutes'];

export const reportCsv: Benchmark = {
  name: 'report-csv',
  what: 'people of the whole tree as CSV, names and what each has completed, streamed over HTTP',
  async run(world) {
    await settle(world.ctx);
    const reply = await ask(world, '/api/v1/reports/rows.csv', { subject: 'people', office: 'GEN', columns });
    const people = await peopleCount(world);
    if (reply.status !== 200 || reply.lines !== people + 1)
      throw new Error(`The file answers ${reply.status} with ${reply.lines} lines for ${people} people.`);
    const bareMs = await bareCopy(world);
    const limits = [
      { name: 'COPY of the same people, code and name alone', perSecond: (people * 1000) / bareMs },
    ];
    const notes = [`first byte after ${Math.round(reply.firstMs)} ms`, `${Math.round(reply.bytes / 1e6)} MB`];
    const perSecond = (people * 1000) / reply.ms;
    return resultOf({
      ...reportCsv,
      clients: 1,
      median: reply.ms,
      p99: reply.ms,
      perSecond,
      failed: 0,
      limits,
      notes,
    });
  },
};

type Reply = { status: number; firstMs: number; ms: number; lines: number; bytes: number };

/** Reads an answer as it comes, and keeps nothing of it. */
async function ask(world: BenchWorld, path: string, json: object): Promise<Reply> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const began = performance.now();
  const headers = { authorization: world.nodal, 'content-type': 'application/json' };
  const asked = request({ host: '127.0.0.1', port: world.port, method: 'POST', path, headers }, resolve);
  asked.once('error', reject);
  asked.end(JSON.stringify(json));
  const answer = await promise;
  const reply: Reply = {
    status: answer.statusCode ?? 0,
    firstMs: performance.now() - began,
    ms: 0,
    lines: 0,
    bytes: 0,
  };
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    reply.bytes += chunk.length;
    for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, at + 1)) reply.lines += 1;
  }
  reply.ms = performance.now() - began;
  return reply;
}

async function completionCount({ ctx }: BenchWorld): Promise<number> {
  const found = await sql<{
    rows: number;
  }>`select count(*) as rows from completion where voided_at is null`.execute(ctx.db.read);
  return found.rows[0]?.rows ?? 0;
}

const onRoster = `from person where account_day is not null and exists (select from posting
  where posting.person_id = person.person_id and posting.voided_at is null and posting.starts_on <= current_date
    and (posting.ends_on is null or posting.ends_on >= current_date))`;

async function peopleCount({ ctx }: BenchWorld): Promise<number> {
  const found = await sql<{ people: number }>`select count(*) as people ${sql.raw(onRoster)}`.execute(
    ctx.db.read,
  );
  return found.rows[0]?.people ?? 0;
}

async function bareGrouping({ ctx }: BenchWorld): Promise<number> {
  const began = performance.now();
  await ctx.db.bulk.query(`select date_trunc('month', completed_day), count(*), sum(minutes) from completion
    where voided_at is null group by 1`);
  return performance.now() - began;
}

/** The database writes its own CSV to a client that throws it away. */
async function bareCopy({ ctx }: BenchWorld): Promise<number> {
  const client = await ctx.db.bulk.connect();
  try {
    const began = performance.now();
    const stream = client.query(
      copyTo(`copy (select employee_code, name_hi ${onRoster}) to stdout (format csv)`),
    );
    for await (const chunk of stream) void chunk;
    return performance.now() - began;
  } finally {
    client.release();
  }
}
