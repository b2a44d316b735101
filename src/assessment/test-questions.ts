import fc from 'fast-check';
import type { Answer, Question } from '../catalogue/index.ts';

export { keyOf, keysOfPaper } from './right-answer.ts';

const codes = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const text = (code: string) => ({ hi: `पाठ ${code}`, en: `text ${code}` });
const base = { code: 'q', text: { hi: 'प्रश्न', en: 'question' }, points: 1 };
const count = fc.integer({ min: 2, max: 8 });

/** Every kind of question that is scored without a marker. */
export const anyQuestion: fc.Arbitrary<Question> = fc.oneof(
  fc.record({ count, right: fc.nat(7) }).map(({ count: size, right }): Question => {
    const options = codes
      .slice(0, size)
      .map((code, at) => ({ code, text: text(code), correct: at === right % size }));
    return { ...base, kind: 'single', options };
  }),
  fc
    .array(fc.boolean(), { minLength: 2, maxLength: 8 })
    .filter((flags) => flags.includes(true))
    .map((flags): Question => {
      const options = flags.map((correct, at) => ({
        code: codes[at] ?? '',
        text: text(String(at)),
        correct,
      }));
      return { ...base, kind: 'multiple', options };
    }),
  fc.boolean().map((answer): Question => ({ ...base, kind: 'truth', answer })),
  fc
    .record({ answer: fc.integer({ min: -999, max: 999 }), tolerance: fc.integer({ min: 0, max: 5 }) })
    .map((key): Question => ({ ...base, kind: 'numeric', ...key, unit: { hi: 'रुपये', en: 'rupees' } })),
  count.map((size): Question => {
    const items = codes.slice(0, size).map((code) => ({ code: `x${code}`, text: text(code) }));
    return { ...base, kind: 'ordering', items };
  }),
  count.map((size): Question => {
    const pairs = codes
      .slice(0, size)
      .map((code) => ({ code, text: text(code), match: { code: `m${code}`, text: text(`m${code}`) } }));
    return { ...base, kind: 'matching', pairs, distractors: [{ code: 'mz', text: text('z') }] };
  }),
  fc
    .constantFrom('फ़िशिंग', 'two-factor', 'पासवर्ड', '1930')
    .map((word): Question => ({ ...base, kind: 'fill', accepted: [word], anyScript: true })),
);

/** Any answer that a form or a program could send to a question. */
export function anyAnswer(question: Question): fc.Arbitrary<Answer | null> {
  const list = (from: string[]) => fc.array(fc.constantFrom('', ...from), { maxLength: 10 });
  const blank = fc.constant(null);
  switch (question.kind) {
    case 'numeric':
      return fc.oneof(fc.integer(), fc.constantFrom('१२', '3 रुपये', 'दस', '1,5'), blank);
    case 'truth':
      return fc.oneof(fc.constantFrom('true', 'false'), blank);
    case 'fill':
      return fc.oneof(fc.string(), fc.constantFrom('phishing', 'TWO FACTOR', 'पासवर्ड।'), blank);
    case 'ordering':
      return fc.oneof(list(question.items.map((item) => item.code)), blank);
    case 'matching':
      return fc.oneof(list([...question.pairs.map((pair) => pair.match.code), 'mz']), blank);
    case 'short':
      return fc.oneof(fc.string(), blank);
    default: {
      const given = question.options.map((option) => option.code);
      return fc.oneof(fc.constantFrom(...given), fc.subarray(given), blank);
    }
  }
}
