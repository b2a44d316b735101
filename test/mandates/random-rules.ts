import fc from 'fast-check';

const leaf = fc.oneof(
  fc.record({ courses: fc.record({ atLeast: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({
    courses: fc.record({ atLeast: fc.integer({ min: 1, max: 2 }), tag: fc.constantFrom('ai', 'cyber') }),
  }),
  fc.constant({ courses: { atLeast: 2, of: ['PA', 'PB', 'PC'] } }),
  fc.record({
    share: fc.record({
      of: fc.constant(['PA', 'PC', 'PD']),
      atLeast: fc.constantFrom(0.3, 1 / 3, 0.5, 0.67, 1),
    }),
  }),
  fc.record({ hours: fc.record({ atLeast: fc.constantFrom(1, 1.1, 2, 4.5) }) }),
  fc.record({ hours: fc.record({ atLeast: fc.constant(1), tag: fc.constant('ai') }) }),
  fc.record({
    days: fc.record({ atLeast: fc.integer({ min: 1, max: 2 }), attendanceShare: fc.constantFrom(0.5, 0.75) }),
  }),
  fc.record({ passed: fc.record({ assessment: fc.constantFrom('PB', 'PE', 'TEST-1') }) }),
);
const { condition } = fc.letrec((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, depthSize: 'xsmall', withCrossShrink: true },
    leaf,
    fc.record({ allOf: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }) }),
  ),
}));
/** Mostly absent, so that enough people are bound. */
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.nat(6).chain((drawn) => (drawn === 0 ? arbitrary : fc.constant(undefined)));
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
/** Any rules that an order may have, over the offices and courses of the tests. */
export const rules = fc.record({
  scope: fc.record({
    offices: fc.uniqueArray(fc.constantFrom('UP', 'SW', 'SW-BBK', 'HF', 'SW-DIR'), {
      minLength: 1,
      maxLength: 2,
    }),
    groups: maybe(fc.constantFrom(['A'], ['A', 'B'], ['C', 'D'])),
    engagements: maybe(fc.constantFrom(['permanent'], ['honorary', 'contract'], ['elected', 'trainee'])),
    cadres: rarely(fc.constant(['संवर्ग क'])),
    designations: rarely(fc.constantFrom(['Clerk'], ['लिपिक', 'चालक'])),
    serviceYears: maybe(fc.constantFrom({ min: 0, max: 0 }, { min: 1 }, { max: 9 })),
  }),
  window: fc.oneof(
    fc.constant({ from: '2025-04-01', to: '2026-03-31' }),
    fc.record({
      from: fc.constant('2025-06-01'),
      to: fc.constantFrom('2025-06-01', '2025-09-15', '2026-09-30'),
    }),
    fc.record({
      days: fc.constantFrom(1, 30, 200),
      after: fc.constantFrom('joining', 'posting', 'assignment'),
    }),
  ),
  condition,
  countRenewals: fc.boolean(),
  graceDays: fc.constantFrom(0, 0, 10),
  joinersMinimumDays: fc.constantFrom(0, 30, 90),
  claims: fc.boolean(),
  proportional: maybe(fc.boolean()),
  clocks: fc.record({
    stop: fc.constantFrom(['long_leave', 'suspension'], ['suspension']),
    leaveDays: fc.constantFrom(1, 30),
    deputation: fc.constantFrom('notBound', 'bound'),
    retirementMonths: maybe(fc.constantFrom(0, 6)),
  }),
});

export type RulesGiven = Record<string, unknown>;

export const clean = (given: unknown) => JSON.parse(JSON.stringify(given)) as RulesGiven;
