import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addDays } from '../../kernel/dates.ts';
import { type CourseFacts, missingOn, type Part, type Rule, type Subject } from './compliance.ts';

const first = '2026-01-01';
const day = fc.integer({ min: 0, max: 40 }).map((n) => addDays(first, n));
const tags = fc.subarray(['ai', 'cyber']);
const byDay = <T extends { from: string }>(states: T[]) =>
  states.toSorted((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));

const course = fc.record({
  tags: fc.array(fc.record({ from: day, tags }), { minLength: 1, maxLength: 3 }).map(byDay),
  minutes: fc.array(fc.record({ from: day, minutes: fc.constantFrom(30, 60) }), { maxLength: 2 }).map(byDay),
  retiredOn: fc.option(day),
});
const part = fc.oneof(
  fc.record({
    courseId: fc.constantFrom('c1', 'c2'),
    tags: fc.constant<string[]>([]),
    minutes: fc.constant(0),
  }),
  fc.record({ courseId: fc.constant(null), tags, minutes: fc.constantFrom(0, 45) }),
);
const version = fc.record({
  from: day,
  parts: fc.array(
    part.map((one) => ({ ...one, programmeId: null })),
    { maxLength: 3 },
  ),
  isOff: fc.boolean(),
});
const rule = fc
  .record({
    office: fc.constantFrom('root', 'here', 'elsewhere'),
    kinds: fc.subarray(['programme', 'collection'] as const, { minLength: 1 }),
    tags: fc.subarray(['ai', 'cyber'], { minLength: 1 }),
    minimumMinutes: fc.constantFrom(0, 60),
    validFrom: day,
    validUntil: fc.option(day),
  })
  .map(
    ({ office, ...given }, at = 0): Rule => ({
      ...given,
      ruleId: String(at),
      orderNumber: '1',
      officeId: office,
      enforcement: 'warning',
      staleAfterYears: null,
    }),
  );

type World = { rules: Rule[]; subject: Subject; courses: Map<string, CourseFacts> };

const world: fc.Arbitrary<World> = fc
  .record({
    rules: fc.array(rule, { maxLength: 3 }),
    versions: fc.array(version, { maxLength: 3 }).map(byDay),
    until: fc.option(day),
    c1: course,
    c2: course,
  })
  .map(({ rules, versions, until, c1, c2 }) => ({
    rules,
    subject: { kind: 'programme', id: 's', officePath: ['root', 'here'], versions, until },
    courses: new Map([
      ['c1', c1],
      ['c2', c2],
    ]),
  }));

/** Lives through the days one after the other, and changes a state only on the day of its fact. */
function replayed({ rules, subject, courses }: World, asked: string): string | undefined {
  let shown: { parts: Subject['versions'][number]['parts'] } | undefined;
  const now = new Map(
    [...courses].map(([id, facts]) => [
      id,
      { tags: facts.tags[0]?.tags ?? [], minutes: facts.minutes[0]?.minutes ?? 0, isRetired: false },
    ]),
  );
  for (let today = first; today <= asked; today = addDays(today, 1)) {
    for (const one of subject.versions) if (one.from === today) shown = one.isOff ? undefined : one;
    for (const [id, facts] of courses) {
      const state = now.get(id);
      if (!state) continue;
      for (const one of facts.tags) if (one.from === today) state.tags = one.tags;
      for (const one of facts.minutes) if (one.from === today) state.minutes = one.minutes;
      if (facts.retiredOn === today) state.isRetired = true;
    }
  }
  const isOver = subject.until !== null && subject.until < asked;
  const held = rules.filter(
    (one) =>
      one.officeId !== 'elsewhere' &&
      one.kinds.includes('programme') &&
      !(asked < one.validFrom) &&
      !(one.validUntil !== null && asked > one.validUntil),
  );
  if (!shown || isOver || held.length === 0) return undefined;
  const lacking: string[] = [];
  for (const one of held)
    for (const tag of one.tags) {
      let minutes = 0;
      let isThere = false;
      const seen: string[] = [];
      for (const { courseId, ...own } of shown.parts) {
        if (courseId && seen.includes(courseId)) continue;
        if (courseId) seen.push(courseId);
        const taught = courseId ? now.get(courseId) : { ...own, isRetired: false };
        if (!taught || taught.isRetired || !taught.tags.includes(tag)) continue;
        isThere = true;
        minutes += taught.minutes;
      }
      if (!isThere || minutes < one.minimumMinutes) lacking.push(tag);
    }
  return lacking.join();
}

test('what a rule misses on any day is what living through the days one by one gives', () => {
  fc.assert(
    fc.property(world, day, (given, asked) => {
      const { rules, subject, courses } = given;
      const missing = missingOn(subject, { rules, sources: { courses, programmes: new Map() }, day: asked });
      assert.equal(missing?.map(({ tag }) => tag).join(), replayed(given, asked));
    }),
    { numRuns: 3000, verbose: 1 },
  );
});

test('a programme listed for five roles counts what it teaches once', () => {
  const versions = (parts: Part[]) => [{ from: first, parts, isOff: false }];
  const session: Part = { courseId: null, programmeId: null, tags: ['ai'], minutes: 120 };
  const listed: Part = { courseId: null, programmeId: 'p', tags: [], minutes: 0 };
  const place = { officePath: ['root'], until: null };
  const programme: Subject = { ...place, kind: 'programme', id: 'p', versions: versions([session, session]) };
  const plan: Subject = { ...place, kind: 'plan', id: 's', versions: versions(Array(5).fill(listed)) };
  const asked: Rule = {
    ...{
      ruleId: 'r',
      orderNumber: '1',
      officeId: 'root',
      kinds: ['plan'],
      tags: ['ai'],
      minimumMinutes: 600,
    },
    ...{ enforcement: 'blocking', staleAfterYears: null, validFrom: first, validUntil: null },
  };
  const sources = { courses: new Map(), programmes: new Map([['p', programme]]) };
  assert.deepEqual(
    missingOn(plan, { rules: [asked], sources, day: first })?.map(({ minutes }) => minutes),
    [240],
  );
});
