import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Candidate, drawPaper } from './draw-paper.ts';
import { blueprintRules } from './rules.ts';

const tags = ['otp', 'phishing', 'device'];
const candidates: fc.Arbitrary<Candidate[]> = fc
  .array(fc.record({ tags: fc.subarray(tags), difficulty: fc.integer({ min: 1, max: 3 }) }), {
    maxLength: 24,
  })
  .map((rows) =>
    rows.map((row, at) => ({ ...row, questionId: `q${at}`, revision: 1, bank: 'b', points: 1 })),
  );
const rules = fc
  .array(
    fc.record({
      tag: fc.constantFrom(null, ...tags),
      difficulty: fc.constantFrom(null, 1, 2, 3),
      count: fc.integer({ min: 1, max: 4 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((parts) =>
    blueprintRules.parse({ sections: [{ parts: parts.map((part) => ({ ...part, bank: 'b' })) }] }),
  );

test('property: a drawn question fits its part, stands once, and follows from the seed', () => {
  fc.assert(
    fc.property(rules, candidates, fc.string(), (given, pool, seed) => {
      const drawn = drawPaper(given, pool, { seed });
      const ids = drawn.questions.map((one) => one.questionId);
      assert.equal(new Set(ids).size, ids.length);
      assert.deepEqual(drawPaper(given, [...pool].reverse(), { seed }), drawn);
      const wanted = given.sections[0]?.parts.reduce((sum, part) => sum + part.count, 0) ?? 0;
      const short = drawn.shortages.reduce((sum, one) => sum + one.wanted - one.found, 0);
      assert.equal(ids.length + short, wanted);
    }),
  );
});

test('parts that overlap make room for each other, so that a possible paper is always found', () => {
  const one = (questionId: string, difficulty: number, ...own: string[]): Candidate => ({
    ...{ questionId, difficulty, tags: own, revision: 1, bank: 'b', points: 1 },
  });
  // Any easy one would do for the first part, but the second needs the only one about OTP.
  const pool = [one('x', 1, 'otp'), one('y', 1)];
  const given = blueprintRules.parse({
    sections: [
      {
        parts: [
          { bank: 'b', difficulty: 1, count: 1 },
          { bank: 'b', tag: 'otp', count: 1 },
        ],
      },
    ],
  });
  for (let seed = 0; seed < 50; seed += 1) {
    const drawn = drawPaper(given, pool, { seed: String(seed) });
    assert.deepEqual(drawn.shortages, []);
  }
});

test('what a person has seen is drawn last, and shortages name their part', () => {
  const pool = Array.from({ length: 10 }, (_, at) => ({
    ...{ questionId: `q${at}`, revision: 1, bank: 'b', tags: [], difficulty: 2, points: 1 },
  }));
  const given = blueprintRules.parse({ sections: [{ parts: [{ bank: 'b', count: 5 }] }] });
  const first = drawPaper(given, pool, { seed: 'one' });
  const seen = new Set(first.questions.map((one) => one.questionId));
  const second = drawPaper(given, pool, { seed: 'two', seen });
  assert.ok(second.questions.every((one) => !seen.has(one.questionId)));
  const greedy = blueprintRules.parse({ sections: [{ parts: [{ bank: 'b', count: 12 }] }] });
  assert.deepEqual(drawPaper(greedy, pool, { seed: 'x' }).shortages, [
    { section: 0, part: 0, wanted: 12, found: 10 },
  ]);
});
