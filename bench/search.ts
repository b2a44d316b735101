import { courseFacets, listCourses, loadDemonstrationCourses } from '../src/catalogue/index.ts';
import { searchedWords } from '../src/operation/bench/reading.ts';
import { percentile } from '../src/operation/bench/statistics.ts';
import { addCourses } from '../src/operation/generate/courses.ts';
import { openWorld } from '../test/world.ts';

// How long a search takes among so many courses: the query itself, the counts beside it, and the whole page, one
// at a time. Half of the words are written with a slip, in either script; some searches are narrowed or ordered.
// node --import tsx bench/search.ts [COURSES] [ROUNDS]

const [courses = 4342, rounds = 6] = process.argv.slice(2).map(Number);
const words = [
  ...searchedWords,
  'सइबर सुरकषा',
  'cybar',
  'महीला',
  'pasward',
  'डीजिटल',
  'leedership',
  'नेत्रित्व',
  'prasikshan',
  'आपदाप्रबंधन',
  'pass word',
  'ग्रामिण विकाश',
  'complant',
  'xyzzyq',
  'GENC-00042',
];
const ways: Omit<Parameters<typeof listCourses>[1], 'limit' | 'q'>[] = [
  {},
  { tag: 'ai' },
  { duration: 'to30', sort: 'shortest' },
  { sort: 'rated' },
];

const world = await openWorld();
await loadDemonstrationCourses(world.system, world.runtime);
await world.runtime.db.transaction((tx) => addCourses(tx, { courses, seed: 1, day: '2026-11-01' }));
await world.runtime.db.pool.query('vacuum (analyze) course');
const app = await world.app();
const times = { query: [] as number[], counts: [] as number[], page: [] as number[] };

async function timed(name: keyof typeof times, work: () => Promise<unknown>): Promise<void> {
  const began = performance.now();
  await work();
  times[name].push(performance.now() - began);
}

for (let round = 0; round <= rounds; round += 1) {
  // The first round warms plans and code and is not counted.
  if (round === 1) for (const list of Object.values(times)) list.length = 0;
  for (const q of words)
    for (const way of ways) {
      const given = Object.entries({ q, ...way }).map(([name, value]) => [name, String(value)]);
      await timed('query', () => listCourses(world.system, { q, ...way, limit: 20 }));
      // A space more makes words that nobody asked before: shared counts would flatter.
      await timed('counts', () => courseFacets(world.system, { q: q + ' '.repeat(round + 1), ...way }));
      await timed('page', () => app.inject({ url: `/courses?${new URLSearchParams(given)}` }));
    }
}

console.log(`${courses} courses, ${times.query.length} searches, milliseconds`);
for (const [name, list] of Object.entries(times)) {
  const sorted = Float64Array.from(list).sort();
  const figures = [0.5, 0.95, 0.99, 1].map((share) => percentile(sorted, share).toFixed(1));
  console.log(`${name.padEnd(7)} p50 ${figures[0]}  p95 ${figures[1]}  p99 ${figures[2]}  max ${figures[3]}`);
}
await world.close();
