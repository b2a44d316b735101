import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  isAnswered,
  keptAnswer,
  type Question,
  shareFor,
  shownAnswer,
  shuffledPaperQuestion,
  veiled,
} from '../catalogue/index.ts';
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

const shortQuestion = fc.constant<Question>({
  ...{ code: 'q', kind: 'short', text: { hi: 'क्यों?' }, points: 1, maxWords: 50 },
  rubric: [{ code: 'a', text: { hi: 'बिंदु' }, share: 1 }],
});

const anyPaper = anyRules.chain((rules) =>
  fc
    .array(
      fc
        .oneof({ weight: 5, arbitrary: anyQuestion }, { weight: 1, arbitrary: shortQuestion })
        .chain((question) =>
          fc.record({
            question: fc.constant(question),
            section: fc.nat(rules.sections.length - 1),
            points: fc.constantFrom(0.5, 1, 2, 5),
            answer: anyAnswer(question),
            markedShare: fc.constantFrom(null, 0, 0.4, 1),
          }),
        ),
      { minLength: 1, maxLength: 12 },
    )
    .map((paper): { rules: BlueprintRules; paper: Answered[] } => ({ rules, paper })),
);

/** The answer that earns everything, marked in full where a person marks. */
const atBest = (one: Answered): Answered => ({ ...one, answer: keyOf(one.question), markedShare: 1 });

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
      const full = scorePaper(rules, paper.map(atBest));
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
      const better = paper.map((one, index) => (index === at ? atBest(one) : one));
      const after = scorePaper(rules, better);
      assert.ok(after.score >= before.score - 1e-9);
      if (after.isPassed) assert.ok(after.sections.every((section) => section.isReached));
    }),
  );
});

test('property: a paper waits exactly while a written answer is unmarked; marking it never lowers or fails what stood', () => {
  fc.assert(
    fc.property(anyPaper, ({ rules, paper }) => {
      const open = paper.filter(
        ({ question, answer, markedShare }) =>
          question.kind === 'short' && isAnswered(answer) && typeof markedShare !== 'number',
      );
      const before = scorePaper(rules, paper);
      assert.equal(before.waits, open.length > 0);
      const marked = scorePaper(
        rules,
        paper.map((one) => (open.includes(one) ? { ...one, markedShare: 0.5 } : one)),
      );
      assert.equal(marked.waits, false);
      assert.ok(marked.score >= before.score - 1e-9);
      if (before.isPassed) assert.ok(marked.isPassed);
      for (const one of paper.filter(({ question }) => question.kind === 'short')) {
        const scored = before.answers[paper.indexOf(one)];
        assert.ok((scored?.points ?? 0) >= 0, 'a written answer never costs points');
      }
    }),
  );
});

test('a mark, a cut-off and a cost are exact at their boundary', () => {
  const truth: Question = { ...{ code: 'q', kind: 'truth', text: { hi: 'प्रश्न' }, points: 1 }, answer: true };
  const short: Question = {
    ...{ code: 's', kind: 'short', text: { hi: 'क्यों?' }, points: 1, maxWords: 50 },
    rubric: [{ code: 'a', text: { hi: 'बिंदु' }, share: 1 }],
  };
  const part = [{ bank: 'b', count: 1 }];
  const rules = blueprintRules.parse({
    ...{ passShare: 0.6, negativeShare: 1 / 3 },
    sections: [
      { cutOffShare: 0.3, parts: part },
      { cutOffShare: 1 / 3, parts: part },
    ],
  });
  const place = (section: number, answer: string | null): Answered => ({
    ...{ question: truth, section, points: 1, answer },
  });
  const row = (section: number, right: number, wrong: number, blank: number) => [
    ...Array.from({ length: right }, () => place(section, 'true')),
    ...Array.from({ length: wrong }, () => place(section, 'false')),
    ...Array.from({ length: blank }, () => place(section, null)),
  ];
  // Ten and three questions: 3 of 10 is 30 %, 1 of 3 is a third, thirds of points add up.
  const edge = scorePaper(rules, [...row(0, 3, 0, 7), ...row(1, 1, 0, 2)]);
  assert.deepEqual(
    edge.sections.map((one) => one.isReached),
    [true, true],
  );
  assert.equal(edge.isPassed, false);
  const costly = scorePaper(rules, [...row(0, 4, 4, 2), ...row(1, 2, 1, 0)]);
  assert.deepEqual(
    costly.sections.map((one) => [one.score, one.isReached]),
    [
      [2.6667, false],
      [1.6667, true],
    ],
  );
  const exact = scorePaper(rules, [...row(0, 6, 0, 4), ...row(1, 2, 0, 1)]);
  assert.deepEqual([exact.score, exact.maxScore, exact.isPassed], [8, 13, true]);
  const sixty = (answers: Answered[]) =>
    scorePaper({ ...rules, sections: rules.sections.slice(0, 1) }, answers);
  assert.equal(sixty(row(0, 6, 0, 4)).isPassed, true);
  assert.equal(sixty([...row(0, 6, 1, 3)]).isPassed, false);
  // A section of written answers alone is not reached until they are marked, and then by exactly its share.
  const written = (markedShare: number | null) =>
    scorePaper(rules, [
      ...row(0, 10, 0, 0),
      { question: short, section: 1, points: 3, answer: 'क्योंकि', markedShare },
    ]);
  assert.deepEqual([written(null).waits, written(null).sections[1]?.isReached], [true, false]);
  assert.deepEqual([written(1 / 3).waits, written(1 / 3).isPassed], [false, true]);
  assert.equal(written(0.33).isPassed, false);
});

test('property: the codes that a learner sees tell nothing, and his answer comes back as it was given', () => {
  fc.assert(
    fc.property(
      anyQuestion.chain((question) =>
        fc.record({ question: fc.constant(question), answer: anyAnswer(question) }),
      ),
      fc.string({ minLength: 8 }),
      ({ question, answer }, seed) => {
        const bare = shuffledPaperQuestion(question, seed);
        const shown = veiled(bare, seed);
        const own = new Set([...(bare.options ?? []), ...(bare.items ?? [])].map((one) => one.code));
        if (question.kind !== 'truth')
          for (const one of [...(shown.options ?? []), ...(shown.items ?? [])]) assert.ok(!own.has(one.code));
        assert.notDeepEqual(
          veiled(bare, `${seed}x`).options ?? [1],
          question.kind === 'truth' ? [] : shown.options,
        );
        if (answer === null) return;
        assert.deepEqual(keptAnswer(bare, shownAnswer(bare, answer, seed), seed), answer);
      },
    ),
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
