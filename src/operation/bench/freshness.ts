import { Agent, get } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BenchWorld } from './bench-world.ts';
import { attemptRequests, rootCompletions } from './learning.ts';
import { bareDatabase } from './limits.ts';
import { runLoad } from './load.ts';
import type { Benchmark } from './measure.ts';
import { resultOf } from './result.ts';
import { settle } from './settle.ts';
import { summarise } from './statistics.ts';

const clients = 64;
const wantedPerSecond = 500;
const lookEveryMs = 5;

export const freshness: Benchmark = {
  name: 'freshness',
  what: `from the answer to a completion until the root's summary counts it, under ${wantedPerSecond} completions a second`,
  async run(world) {
    const [course] = world.spareQuizCourses;
    const requests = course ? await attemptRequests(world, course) : [];
    await settle(world.ctx);
    const before = await rootCompletions(world);
    const answeredAt: number[] = [];
    const watch = watchSummary(world);
    let at = -1;
    const next = () => {
      at += 1;
      return requests[at];
    };
    const answered = (now: number) => void answeredAt.push(now);
    const plan = {
      port: world.port,
      clients,
      seconds: world.seconds,
      expect: 201,
      next,
      perSecond: wantedPerSecond,
      answered,
    };
    const load = await runLoad(plan);
    const seen = await watch.stop(before + load.acknowledged);
    const { median, p99 } = summarise(delaysOf(answeredAt, seen, before));
    const bare = await bareDatabase(world, { kind: 'transactions', each: 13, clients });
    return resultOf({
      ...{ ...freshness, clients, median, p99, failed: load.failed, perSecond: load.perSecond },
      limits: [{ name: 'bare pipelined transactions of 13 inserts', perSecond: bare }],
      notes: [
        `${load.acknowledged} acknowledged, all of them counted`,
        `a completion itself: median ${Math.round(load.median)} ms, p99 ${Math.round(load.p99)} ms`,
        `${seen.length} looks at the summary`,
      ],
    });
  },
};

type Look = { at: number; completions: number };

/** The nth answer is counted when the figure has grown by n: completions are committed before they are answered. */
function delaysOf(answeredAt: number[], seen: Look[], before: number): number[] {
  let look = 0;
  return answeredAt.map((at, n) => {
    while (look < seen.length - 1 && (seen[look]?.completions ?? 0) < before + n + 1) look += 1;
    return Math.max(0, (seen[look]?.at ?? at) - at);
  });
}

/** Looks at the root's figure all the time; `stop` looks on until it is what it must become. */
function watchSummary(world: BenchWorld): { stop(until: number): Promise<Look[]> } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const looks: Look[] = [];
  let wanted: number | undefined;
  const watching = (async () => {
    const latest = () => looks.at(-1)?.completions ?? 0;
    const givenUpAt = performance.now() + (world.seconds + 60) * 1000;
    while (wanted === undefined || latest() < wanted) {
      if (performance.now() > givenUpAt)
        throw new Error(`${wanted} were expected at the root, ${latest()} are counted.`);
      looks.push(await look(world, agent));
      await sleep(lookEveryMs);
    }
  })();
  return {
    stop: async (until) => {
      wanted = until;
      await watching.finally(() => agent.destroy());
      return looks;
    },
  };
}

async function look(world: BenchWorld, agent: Agent): Promise<Look> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const headers = { authorization: world.leader };
  get(
    { host: '127.0.0.1', port: world.port, path: '/api/v1/offices/GEN/summary', headers, agent },
    (reply) => {
      text(reply).then(resolve, reject);
    },
  ).once('error', reject);
  const { completions } = JSON.parse(await promise) as { completions: number };
  return { at: performance.now(), completions };
}
