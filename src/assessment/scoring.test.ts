import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Question, shareFor, shuffledPaperQuestion } from '../catalogue/index.ts';
import { type BlueprintRules, blueprintRules } from './rules.ts';
import { type Answered, scorePaper } from './score-paper.ts';
import { anyAnswer, anyQuestion, keyOf } from './test-questions.ts';

const anyRules: fc.Arbitrary<BlueprintRules> = fc
  .record({
    negativeShare: fc.constantFrom(0, 0.25, 1 / 3, 1),
    floor: fc.constantFrom(0, -1, -5),
    hasPartialCredit: fc.boolean(),
    passShare: fc.double({ min: 0.05, max: 1, noNaN: true }),
    cutOffs: fc.array(fc.constantFrom(0, 0.3, 0.6), { minLength: 1, maxLength: 3 }),
  })
  .map(({ cutOffs, ...rest }) =>
    blueprintRules.parse({
      ...rest,
      sections: cutOffs.map((cutOffShare) => ({ cutOffShare, parts: [{ bank: 'b', count: 1 }] })),
    }),
  );

const anyPaper = anyRules.chain((rules) =>
  fc
    .array(
      anyQuestion.chain((question) =>
        fc.record({
          question: fc.constant(question),
          section: fc.nat(rules.sections.length - 1),
          points: fc.constantFrom(0.5, 1, 2, 5),
          answer: anyAnswer(question),
        }),
      ),
      { minLength: 1, maxLength: 12 },
    )
    .map((paper): { rules: BlueprintRules; paper: Answered[] } => ({ rules, paper })),
);

test('property: a score lies between the floor and all points, and parts add up to it or to the floor', () => {
  fc.assert(
    fc.property(anyPaper, ({ rules, paper }) => {
      const result = scorePaper(rules, paper);
      assert.ok(result.score >= rules.floor && result.score <= result.maxScore + 1e-9);
      const sum = result.sections.reduce((total, section) => total + section.score, 0);
      assert.ok(Math.abs(result.score - Math.max(rules.floor, sum)) < 0.01);
      for (const one of result.answers) assert.ok(one.share >= 0 && one.share <= 1);
    }),
  );
});

test('property: all keys earn everything and pass; nothing answered earns and costs nothing', () => {
  fc.assert(
    fc.property(anyPaper, ({ rules, paper }) => {
      const full = scorePaper(
        rules,
        paper.map((one) => ({ ...one, answer: keyOf(one.question) })),
      );
      assert.equal(full.score, full.maxScore);
      assert.ok(full.isPassed);
      const blank = scorePaper(
        rules,
        paper.map((one) => ({ ...one, answer: null })),
      );
      assert.equal(blank.score, 0);
    }),
  );
});

test('property: a better answer never lowers the total, and passing needs every section', () => {
  fc.assert(
    fc.property(anyPaper, fc.nat(), ({ rules, paper }, which) => {
      const before = scorePaper(rules, paper);
      const at = which % paper.length;
      const better = paper.map((one, index) =>
        index === at ? { ...one, answer: keyOf(one.question) } : one,
      );
      const after = scorePaper(rules, better);
      assert.ok(after.score >= before.score - 1e-9);
      if (after.isPassed) assert.ok(after.sections.every((section) => section.isReached));
    }),
  );
});

test('property: only what is wrong costs; what is partly right earns its part where the blueprint says so', () => {
  fc.assert(
    fc.property(anyPaper, ({ rules, paper }) => {
      const { answers } = scorePaper(rules, paper);
      for (const [index, one] of paper.entries()) {
        const points = answers[index]?.points ?? 0;
        if (one.answer === null) assert.equal(points, 0);
        if (points < 0)
          assert.ok(rules.negativeShare > 0 && points >= -rules.negativeShare * one.points - 1e-4);
      }
    }),
  );
  const multiple: Question = {
    ...{ code: 'q', kind: 'multiple', text: { hi: 'प्रश्न' }, points: 4 },
    options: ['a', 'b', 'c', 'd'].map((code, at) => ({ code, text: { hi: code }, correct: at < 2 })),
  };
  const partial = { hasPartialCredit: true, negativeShare: 0 };
  assert.equal(shareFor(multiple, ['a'], partial), 0.5);
  assert.equal(shareFor(multiple, ['a', 'c'], partial), 0);
  assert.equal(shareFor(multiple, ['a', 'b', 'c', 'd'], partial), 0);
  assert.equal(shareFor(multiple, ['a']), 0);
});

test('property: the order in which options are shown or chosen changes no score', () => {
  fc.assert(
    fc.property(anyQuestion, fc.string(), fc.infiniteStream(fc.nat(1000)), (question, seed, dice) => {
      const shown = shuffledPaperQuestion(question, seed);
      if (question.kind === 'multiple') {
        const key = keyOf(question) as string[];
        const mixed = [...key].sort(() => (dice.next().value ?? 0) - 500);
        assert.equal(shareFor(question, mixed), 1);
        assert.deepEqual(
          shown.options?.map((one) => one.code).sort(),
          question.options.map((one) => one.code).sort(),
        );
      }
      assert.equal(shareFor(question, keyOf(question)), 1);
    }),
  );
});

test('property: what a learner gets holds no key', () => {
  fc.assert(
    fc.property(anyQuestion, fc.string(), (question, seed) => {
      const shown = JSON.stringify(
        shuffledPaperQuestion({ ...question, explanation: { hi: 'EXPLAINED' } }, seed),
      );
      for (const word of [
        'correct',
        'answer',
        'accepted',
        'tolerance',
        'match',
        'rubric',
        'EXPLAINED',
        'anyScript',
      ])
        assert.ok(!shown.includes(`"${word}"`) && !shown.includes('EXPLAINED'), `${word} in ${shown}`);
      const paper = shuffledPaperQuestion(question, seed);
      if (question.kind === 'ordering')
        assert.notDeepEqual(
          paper.items?.map((one) => one.code),
          question.items.map((one) => one.code),
        );
    }),
  );
});

test('a fill-in answer is right in any spelling, and in the other script where the author allows it', () => {
  const fill: Question = {
    ...{ code: 'q', kind: 'fill', text: { hi: 'प्रश्न' }, points: 1 },
    accepted: ['फ़िशिंग', 'two-factor authentication'],
    anyScript: true,
  };
  for (const given of [
    'फिशिंग',
    ' फ़िशिंग। ',
    'phishing',
    'Two Factor  Authentication',
    'twofactorauthentication',
  ])
    assert.equal(shareFor(fill, given), 1, given);
  assert.equal(shareFor({ ...fill, anyScript: false }, 'phishing'), 0);
  for (const given of ['फिक्सिंग', 'two', '', 'vishing']) assert.equal(shareFor(fill, given), 0, given);
});

test('a number is right within its tolerance, with its unit, in either digits', () => {
  const numeric: Question = {
    ...{ code: 'q', kind: 'numeric', text: { hi: 'प्रश्न' }, points: 1 },
    ...{ answer: 25, tolerance: 0.5, unit: { hi: 'किमी', en: 'km' } },
  };
  for (const given of ['25', '२५', '25 किमी', '25.4 km', '24,5', 25])
    assert.equal(shareFor(numeric, given), 1, String(given));
  for (const given of ['26', 'पच्चीस', '25 मी', '']) assert.equal(shareFor(numeric, given), 0, String(given));
});
