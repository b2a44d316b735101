import type { BenchWorld } from './bench-world.ts';
import { requestText } from './load.ts';
import { type Benchmark, measure, requireStatus } from './measure.ts';

const clients = 32;

/** What is searched for, in both scripts; bench/search.ts adds slips. */
export const searchedWords = [
  'प्रशिक्षण',
  'prashikshan',
  'साइबर',
  'cyber',
  'आपदा प्रबंधन',
  'aapda',
  'लेखा',
  'leadership',
  'नेतृत्व',
  'vittiya niyam',
  'समय',
  'mahila suraksha',
  'पोषण',
  'data',
  'ग्रामीण विकास',
  'office',
];

const pageHeaders = (cookie: string) => ({ cookie, accept: 'text/html', 'accept-encoding': 'gzip, br' });

/** One page as many people, each with a session of his own. */
async function measurePage(world: BenchWorld, wish: { name: string; what: string; path(n: number): string }) {
  const requests = world.callers.map((caller, n) =>
    requestText({ path: wish.path(n), headers: pageHeaders(caller.cookie) }),
  );
  const [first] = world.callers;
  for (let n = 0; n < 20; n += 1) await requireStatus(world, wish.path(n), pageHeaders(first?.cookie ?? ''));
  const next = (client: number, turn: number) => requests[(client * 97 + turn * 31) % requests.length];
  return measure(world, { ...wish, clients, next, kind: 'reads' });
}

export const home: Benchmark = {
  name: 'home',
  what: "the learner's home page",
  run: (world) => measurePage(world, { ...home, path: () => '/' }),
};

export const course: Benchmark = {
  name: 'course',
  what: 'a course page',
  run: (world) => measurePage(world, { ...course, path: () => `/courses/${world.textCourse.code}` }),
};

export const search: Benchmark = {
  name: 'search',
  what: 'the catalogue page searched for words in both scripts',
  run: (world) =>
    measurePage(world, {
      ...search,
      path: (n) => `/courses?q=${encodeURIComponent(searchedWords[n % searchedWords.length] ?? '')}`,
    }),
};

export const officeReport: Benchmark = {
  name: 'office-report',
  what: 'the summary of the root office with its children',
  async run(world) {
    const path = '/api/v1/offices/GEN/summary';
    const headers = { authorization: world.leader };
    await requireStatus(world, path, headers);
    const request = requestText({ path, headers });
    return measure(world, { ...officeReport, clients, next: () => request, kind: 'reads' });
  },
};

export const reviewSheet: Benchmark = {
  name: 'review-sheet',
  what: 'the review sheet of the root, by department, district and class of people',
  run: (world) => measureSheet(world, { ...reviewSheet, path: '/api/v1/review/GEN' }),
};

export const reviewPage: Benchmark = {
  name: 'review-page',
  what: 'the page of the review sheet of the root',
  run: (world) => measureSheet(world, { ...reviewPage, path: '/office/review/GEN' }),
};

/** One answer for everybody who asks, as when a review begins. */
async function measureSheet(world: BenchWorld, wish: { name: string; what: string; path: string }) {
  const headers = { authorization: world.leader, 'accept-encoding': 'gzip, br' };
  await requireStatus(world, wish.path, headers);
  const request = requestText({ path: wish.path, headers });
  return measure(world, { ...wish, clients, next: () => request, kind: 'reads' });
}
