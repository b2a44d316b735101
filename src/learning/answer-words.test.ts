import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Question } from '../catalogue/index.ts';
import { answerText, rightText } from './answer-words.ts';

const both = (hi: string, en: string) => ({ hi, en });
const base = { code: 'q', text: both('प्र', 'Q'), points: 1 };

test('answers and right answers are said in words, in the language of the course', () => {
  const one: Question = {
    ...base,
    kind: 'single',
    options: [
      { code: 'a', text: both('एक', 'one'), correct: false },
      { code: 'b', text: both('दो', 'two'), correct: true },
    ],
  };
  assert.deepEqual([answerText(one, 'a', 'hi'), rightText(one, 'en')], ['एक', 'two']);
  const order: Question = { ...base, kind: 'ordering', items: [...one.options] };
  assert.deepEqual([answerText(order, ['b', 'a'], 'hi'), rightText(order, 'hi')], ['दो → एक', 'एक → दो']);
  const truth: Question = { ...base, kind: 'truth', answer: true };
  assert.deepEqual([answerText(truth, 'false', 'en'), rightText(truth, 'en')], ['False', 'True']);
  assert.equal(answerText(one, '', 'hi'), null);
});
