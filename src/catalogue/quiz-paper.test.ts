import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Question, Quiz } from './quiz.ts';
import { paperOf, readPaper } from './quiz-paper.ts';
import { type Answer, scoreQuiz } from './scoring.ts';

const codes = ['a', 'b', 'c', 'd', 'e', 'f'];
const text = fc.record({ hi: fc.string({ minLength: 1, maxLength: 20 }) });
const base = { text, points: fc.integer({ min: 1, max: 5 }) };

const question: fc.Arbitrary<Omit<Question, 'code'>> = fc.oneof(
  fc
    .record({ ...base, count: fc.integer({ min: 2, max: 6 }), right: fc.nat(5) })
    .map(({ count, right, ...rest }) => ({
      ...rest,
      kind: 'single' as const,
      options: codes
        .slice(0, count)
        .map((code, at) => ({ code, text: { hi: code }, correct: at === right % count })),
    })),
  fc
    .record({ ...base, flags: fc.array(fc.boolean(), { minLength: 2, maxLength: 6 }) })
    .filter(({ flags }) => flags.includes(true))
    .map(({ flags, ...rest }) => ({
      ...rest,
      kind: 'multiple' as const,
      options: flags.map((correct, at) => ({ code: codes[at] ?? '', text: { hi: `${at}` }, correct })),
    })),
  fc.record({
    ...base,
    kind: fc.constant('numeric' as const),
    answer: fc.integer({ min: -9999, max: 9999 }),
    tolerance: fc.constantFrom(0, 0.5),
  }),
  fc.record({ ...base, count: fc.integer({ min: 2, max: 6 }) }).map(({ count, ...rest }) => ({
    ...rest,
    kind: 'ordering' as const,
    items: codes.slice(0, count).map((code) => ({ code, text: { hi: `item ${code}` } })),
  })),
);

const quiz: fc.Arbitrary<Quiz> = fc
  .record({
    passShare: fc.double({ min: 0.1, max: 1, noNaN: true }),
    questions: fc.array(question, { minLength: 1, maxLength: 8 }),
  })
  .map(({ passShare, questions }) => ({
    passShare,
    attempts: null,
    questions: questions.map((one, at) => ({ ...one, code: `k${at}` }) as Question),
  }));

function keyOf(one: Question): Answer {
  if (one.kind === 'numeric') return one.answer;
  if (one.kind === 'ordering') return one.items.map((item) => item.code);
  if (one.kind !== 'single' && one.kind !== 'multiple') throw new Error('not drawn here');
  const right = one.options.filter((option) => option.correct).map((option) => option.code);
  return one.kind === 'single' ? (right[0] ?? '') : right;
}

test('all keys score all points and pass; a wrong or missing answer never scores more', () => {
  fc.assert(
    fc.property(quiz, fc.nat(), (paper, which) => {
      const keys = Object.fromEntries(paper.questions.map((one) => [one.code, keyOf(one)]));
      const full = scoreQuiz(paper, keys);
      assert.equal(full.score, full.maxScore);
      assert.equal(full.isPassed, true);
      const dropped = paper.questions[which % paper.questions.length];
      assert.ok(dropped);
      const { [dropped.code]: _, ...rest } = keys;
      const less = scoreQuiz(paper, rest);
      assert.equal(less.score, full.score - dropped.points);
      assert.equal(less.isPassed, less.score / less.maxScore >= paper.passShare - 1e-9);
    }),
  );
});

test('what a learner gets carries no key, no explanation, and never the right order', () => {
  fc.assert(
    fc.property(quiz, fc.string(), (kept, seed) => {
      const paper = paperOf(kept, seed);
      const sent = JSON.stringify(paper);
      for (const word of ['correct', 'answer', 'tolerance', 'explanation'])
        assert.ok(!sent.includes(`"${word}"`));
      for (const [at, shown] of paper.entries()) {
        const own = kept.questions[at];
        if (own?.kind !== 'ordering') continue;
        const order = shown.items?.map((item) => item.code);
        assert.deepEqual([...(order ?? [])].sort(), own.items.map((item) => item.code).sort());
        assert.notDeepEqual(
          order,
          own.items.map((item) => item.code),
        );
      }
      assert.deepEqual(paperOf(kept, seed), paper);
    }),
  );
});

test('a form filled with the keys is read as the keys', () => {
  fc.assert(
    fc.property(quiz, (kept) => {
      const paper = paperOf(kept, 'seed');
      const form: Record<string, string | string[]> = {};
      for (const [at, own] of kept.questions.entries()) {
        if (own.kind === 'ordering')
          for (const [place, item] of (paper[at]?.items ?? []).entries())
            form[`q${at}-${place}`] = String(own.items.findIndex((one) => one.code === item.code) + 1);
        else {
          const key = keyOf(own);
          form[`q${at}`] = Array.isArray(key) ? key : String(key);
        }
      }
      const { answers, faults } = readPaper(paper, form);
      assert.deepEqual(faults, []);
      assert.equal(scoreQuiz(kept, answers).isPassed, true);
    }),
  );
});

test('every question left open, badly numbered or ordered twice is named once', () => {
  const kept: Quiz = {
    passShare: 1,
    attempts: null,
    questions: [
      { code: 'n', kind: 'numeric', text: { hi: '?' }, points: 1, answer: 1, tolerance: 0 },
      {
        code: 'o',
        kind: 'ordering',
        text: { hi: '?' },
        points: 1,
        items: codes.slice(0, 3).map((code) => ({ code, text: { hi: code } })),
      },
    ],
  };
  const paper = paperOf(kept, 's');
  assert.deepEqual(
    readPaper(paper, {}).faults.map((fault) => fault.kind),
    ['missing', 'missing'],
  );
  const bad = readPaper(paper, { q0: 'दस', 'q1-0': '1', 'q1-1': '1', 'q1-2': '2' });
  assert.deepEqual(
    bad.faults.map((fault) => fault.kind),
    ['number', 'places'],
  );
});
