import { attemptRequests, reportRequests } from './learning.ts';
import { type Ask, requestText } from './load.ts';
import { type Benchmark, measure, requireStatus } from './measure.ts';

const clients = 128;

/** Of a hundred requests in the hour of a learning week when most are there, so many of each kind. */
const weights = { engagement: 55, home: 20, course: 12, completion: 8, 'office-summary': 5 } as const;
type Kind = keyof typeof weights;

export const mixed: Benchmark = {
  name: 'mixed',
  what: 'the peak hour: reports of time, homes, course pages, completions and office summaries together',
  async run(world) {
    const { callers, leader, textCourse } = world;
    const page = (path: string) =>
      callers.map(({ cookie }) =>
        requestText({ path, headers: { cookie, accept: 'text/html', 'accept-encoding': 'gzip, br' } }),
      );
    const summary = { path: '/api/v1/offices/GEN/summary', headers: { authorization: leader } };
    await requireStatus(world, summary.path, summary.headers);
    const attempts: string[] = [];
    for (const course of world.spareQuizCourses.slice(1))
      attempts.push(...(await attemptRequests(world, course)));
    const requests: Record<Kind, string[]> = {
      engagement: await reportRequests(world),
      home: page('/'),
      course: page(`/courses/${textCourse.code}`),
      completion: attempts,
      'office-summary': [requestText(summary)],
    };
    const next = mixOf(requests);
    const result = await measure(world, { ...mixed, clients, next, kind: 'mixed' });
    return { ...result, notes: [...result.notes, `of a hundred: ${wordsOf()}`] };
  },
};

/** Every kind in its turn among a hundred; a completion happens once, and nobody's second report waits for the first. */
function mixOf(requests: Record<Kind, string[]>): () => Ask {
  const order = spread();
  const turns: Record<string, number> = {};
  let at = -1;
  return () => {
    at += 1;
    const kind = order[at % order.length] ?? 'home';
    const turn = turns[kind] ?? 0;
    turns[kind] = turn + 1;
    const left = requests[kind];
    // Once everybody has completed everything, the rest ask for their home.
    if (kind === 'completion' && turn >= left.length)
      return { kind: 'home', text: pick(requests.home, turn), expect: 200 };
    return { kind, text: pick(left, turn), expect: kind === 'completion' ? 201 : 200 };
  };
}

function pick(from: string[], turn: number): string {
  return from[turn % from.length] ?? '';
}

/** A hundred kinds, each spread evenly over all. */
function spread(): Kind[] {
  const places = Object.entries(weights).flatMap(([kind, count]) =>
    Array.from({ length: count }, (_, n) => ({ kind: kind as Kind, at: (n + 0.5) / count })),
  );
  return places.toSorted((a, b) => a.at - b.at).map((place) => place.kind);
}

function wordsOf(): string {
  return Object.entries(weights)
    .map(([kind, count]) => `${count} ${kind}`)
    .join(', ');
}
