import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { LessonRow, VersionRow } from '../catalogue/index.ts';
import {
  conditionsOf,
  isComplete,
  isMetByTime,
  type LessonState,
  requiredLessons,
  untouched,
} from './rules.ts';

const lesson = (more: Partial<LessonRow>): LessonRow => ({
  lessonId: 'l',
  courseVersionId: 'v',
  code: 'l1',
  ordinal: 0,
  kind: 'text',
  titleHi: 'पाठ',
  titleEn: null,
  durationMinutes: 1,
  minimumSeconds: 60,
  givenMinutes: null,
  givenMinimumSeconds: null,
  quiz: null,
  revision: 0,
  contents: [],
  ...more,
});

/** What can happen to a person in a lesson: time is credited, a quiz is tried, the lesson is marked met. */
const happening = fc.oneof(
  fc.record({ kind: fc.constant('credit' as const), by: fc.integer({ min: 0, max: 300 }) }),
  fc.record({ kind: fc.constant('attempt' as const), by: fc.integer({ min: 0, max: 100 }) }),
);

function after(
  one: LessonRow,
  state: LessonState,
  what: { kind: 'credit' | 'attempt'; by: number },
): LessonState {
  const now = new Date(0);
  const next: LessonState =
    what.kind === 'credit'
      ? { ...state, openedAt: state.openedAt ?? now, doneSeconds: state.doneSeconds + what.by }
      : {
          ...state,
          attemptsMade: state.attemptsMade + 1,
          bestShare: Math.max(state.bestShare ?? 0, what.by / 100),
        };
  const passes = (next.bestShare ?? 0) >= (one.quiz?.passShare ?? 1);
  const isMet = one.kind === 'quiz' ? what.kind === 'attempt' && passes : isMetByTime(one, next.doneSeconds);
  return { ...next, metAt: state.metAt ?? (isMet ? now : null) };
}

test('a condition never falls back, whatever happens next', () => {
  const lessons = [
    lesson({}),
    lesson({ minimumSeconds: 0 }),
    lesson({ kind: 'audio', minimumSeconds: 144 }),
    lesson({ kind: 'quiz', minimumSeconds: 0, quiz: { passShare: 0.6, attempts: null, questions: [] } }),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...lessons), fc.array(happening, { maxLength: 30 }), (one, events) => {
      let state = untouched;
      for (const event of events) {
        const before = conditionsOf(one, state);
        state = after(one, state, event);
        for (const [at, condition] of conditionsOf(one, state).entries()) {
          assert.ok(condition.done >= (before[at]?.done ?? 0));
          assert.ok(!before[at]?.met || condition.met);
          assert.ok(condition.kind === 'quiz' || condition.done <= condition.required);
        }
      }
    }),
  );
});

test('a course is complete exactly when every lesson its rule names is met', () => {
  const lessons = ['a', 'b', 'c', 'd'].map((code) => lesson({ code, lessonId: code }));
  fc.assert(
    fc.property(
      fc.option(fc.subarray(['a', 'b', 'c', 'd'], { minLength: 1 })),
      fc.subarray(['a', 'b', 'c', 'd']),
      (named, met) => {
        const version = { completionRule: { lessons: named ?? 'all' } } as VersionRow;
        const required = requiredLessons(version, lessons).map((one) => one.code);
        assert.equal(
          isComplete(version, lessons, new Set(met)),
          required.every((code) => met.includes(code)),
        );
      },
    ),
  );
});
