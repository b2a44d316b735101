import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { courseInput } from './schema.ts';

const words = [
  'hi',
  'en',
  'text',
  'code',
  'kind',
  'type',
  'single',
  'mcq',
  'order',
  'truefalse',
  'numeric',
  'l1',
];
const names = [
  'answer',
  'answers',
  'options',
  'choices',
  'items',
  'questions',
  'quiz',
  'asset',
  'captions',
  'body',
];
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...words, null, true, 0, 1, -1, 1.5, '', 'WEBVTT\n\n', '१२'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...words, ...names), tie('value'), { maxKeys: 5 }),
  ),
})).value;

test('whatever is sent as a course is read or refused, never a bug', () => {
  const course = fc.record(
    {
      code: anything,
      title: anything,
      lessons: fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
      completion: anything,
      tags: anything,
      sources: anything,
      languages: anything,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(course, anything), (given) => {
      courseInput.safeParse(given);
    }),
    { numRuns: 1000, verbose: true },
  );
});

test('what is written in the promised words is read as it stands', () => {
  const text = fc.string({ minLength: 1, maxLength: 20 }).filter((one) => one.trim() === one && one !== '');
  const plain = { noNullPrototype: true };
  const question = fc.record({
    kind: fc.constantFrom('single' as const, 'multiple' as const),
    text: fc.record({ hi: text, en: text }, plain),
    options: fc.array(fc.record({ text, correct: fc.boolean() }, plain), { minLength: 2, maxLength: 6 }),
  });
  fc.assert(
    fc.property(fc.array(question, { minLength: 1, maxLength: 4 }), (questions) => {
      const quiz = { code: 'q', kind: 'quiz', title: 'जाँच', quiz: { passShare: 0.5, questions } };
      const read = courseInput.parse({ code: 'c', title: 'क', lessons: [quiz] });
      const kept = read.lessons[0]?.quiz?.questions.map((one) => ('options' in one ? one.options : []));
      assert.deepEqual(
        kept,
        questions.map((one) => one.options),
      );
    }),
    { verbose: true },
  );
});
