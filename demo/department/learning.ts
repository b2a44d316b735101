import type { GoldenCourse } from './courses.ts';
import type { GoldenPerson } from './people.ts';
import type { Random } from './random.ts';

/** One completion: `isFirst` where it counts, else a renewal of the same course on a later day. */
export type Learnt = { person: GoldenPerson; course: GoldenCourse; day: string; isFirst: boolean };

const none = 1141;
const oneOrTwo = 470;
const total = 21_150;
/** 15,892.78 hours: what the published 15,893 is rounded from. */
const totalMinutes = 953_567;
const firstDay = '2024-04-01';
const lastDay = '2025-09-30';

/** Who completed what and when, and the courses with durations that come to the published hours. */
export function learnGolden(
  random: Random,
  people: GoldenPerson[],
  courses: GoldenCourse[],
): { courses: GoldenCourse[]; learnt: Learnt[] } {
  const counts = countsOf(
    random,
    people.filter((person) => person.isMember),
  );
  const [rare, ...common] = courses.toReversed();
  if (!rare) throw new Error('no courses');
  const firsts = [...counts].flatMap(([person, count]) =>
    learn(random, person, pickCourses(random, common, count)),
  );
  // One course that one person completed, so that the last minutes of the sum can be set.
  const last = firsts.at(-1);
  if (last) last.course = rare;
  setDurations(courses, firsts);
  const leavers = people.filter((person) => !person.isMember);
  const byLeavers = leavers.flatMap((person) =>
    learn(random, person, pickCourses(random, common, random.between(0, 6))),
  );
  return { courses, learnt: [...firsts, ...byLeavers, ...renewals(random, firsts)] };
}

/** How many courses each member completed; whole offices are keener than others. */
function countsOf(random: Random, members: GoldenPerson[]): Map<GoldenPerson, number> {
  const zeal = new Map<string, number>();
  const zealOf = (office: string) => {
    const known = zeal.get(office) ?? random.int(1000) / 1000;
    zeal.set(office, known);
    return known;
  };
  const ranked = members
    .map((person) => ({
      person,
      keenness: zealOf(person.postings.at(-1)?.office ?? '') + (1.6 * random.int(1000)) / 1000,
    }))
    .toSorted((a, b) => a.keenness - b.keenness)
    .map(({ person }) => person);
  const counts = new Map<GoldenPerson, number>();
  for (const person of ranked.slice(none, none + oneOrTwo)) counts.set(person, random.between(1, 2));
  for (const person of ranked.slice(none + oneOrTwo))
    counts.set(person, 3 + random.int(8) + (random.chance(0.2) ? random.int(12) : 0));
  settleTotal(random, counts, ranked.slice(none + oneOrTwo));
  return counts;
}

function settleTotal(random: Random, counts: Map<GoldenPerson, number>, keen: GoldenPerson[]): void {
  let missing = total - [...counts.values()].reduce((sum, count) => sum + count, 0);
  while (missing !== 0) {
    const person = random.pick(keen);
    const count = counts.get(person) ?? 0;
    const step = missing > 0 ? 1 : -1;
    if (count + step < 3 || count + step > 40) continue;
    counts.set(person, count + step);
    missing -= step;
  }
}

function pickCourses(random: Random, courses: GoldenCourse[], count: number): GoldenCourse[] {
  const picked = new Set<GoldenCourse>();
  // The smaller of two draws: some courses are taken far more often than others.
  while (picked.size < count) {
    const course = courses[Math.min(random.int(courses.length), random.int(courses.length))];
    if (course) picked.add(course);
  }
  return [...picked];
}

function learn(random: Random, person: GoldenPerson, courses: GoldenCourse[]): Learnt[] {
  const from = person.postings.reduce(
    (day, posting) => (posting.postedOn < day ? posting.postedOn : day),
    lastDay,
  );
  const until = person.isMember ? lastDay : (person.postings[0]?.postedUntil ?? lastDay);
  const first = from > firstDay ? from : firstDay;
  return courses.map((course) => ({ person, course, day: dayBetween(random, first, until), isFirst: true }));
}

/** The later the likelier, as it was. */
function dayBetween(random: Random, from: string, until: string): string {
  const start = Date.parse(`${from}T00:00:00Z`);
  const days = Math.max(0, Math.round((Date.parse(`${until}T00:00:00Z`) - start) / 86_400_000));
  const step = Math.max(random.int(days + 1), random.int(days + 1));
  return new Date(start + step * 86_400_000).toISOString().slice(0, 10);
}

/** Nudges durations until the sum is exact, the most taken courses first. */
function setDurations(courses: GoldenCourse[], firsts: Learnt[]): void {
  const taken = new Map<GoldenCourse, number>(courses.map((course) => [course, 0]));
  for (const { course } of firsts) taken.set(course, (taken.get(course) ?? 0) + 1);
  const byUse = [...taken].filter(([, count]) => count > 0).toSorted((a, b) => b[1] - a[1]);
  const sum = () => byUse.reduce((minutes, [course, count]) => minutes + course.minutes * count, 0);
  for (let round = 0; round < 60 && sum() !== totalMinutes; round += 1) {
    for (const [course, count] of byUse) {
      const steps = Math.trunc((totalMinutes - sum()) / count);
      const most = count === 1 ? 200 : 3;
      course.minutes = within(course.minutes + Math.max(-most, Math.min(most, steps)), count === 1 ? 5 : 12);
    }
  }
  if (sum() !== totalMinutes) throw new Error('the durations do not come to the published hours');
}

function within(minutes: number, least: number): number {
  return Math.max(least, Math.min(240, minutes));
}

function renewals(random: Random, firsts: Learnt[]): Learnt[] {
  return random
    .shuffle(firsts)
    .filter(({ day }) => day < '2025-06-01')
    .slice(0, 420)
    .map((first) => ({ ...first, day: dayBetween(random, nextDay(first.day), lastDay), isFirst: false }));
}

function nextDay(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
}
