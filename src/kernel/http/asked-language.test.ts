import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preferred } from './asked-language.ts';

test('of Hindi and English the heavier one is taken, whatever else is asked for', () => {
  const cases: [string | undefined, string | undefined][] = [
    [undefined, undefined],
    ['', undefined],
    ['fr', undefined],
    ['en', 'en'],
    ['hi-IN, en;q=0.5', 'hi'],
    ['en-GB;q=0.3, hi;q=0.9', 'hi'],
    ['fr, en;q=0.8', 'en'],
    ['hi;q=0, en;q=0.1', 'en'],
    ['EN-us', 'en'],
    ['*', undefined],
    [';;;q=x', undefined],
  ];
  for (const [header, language] of cases) assert.equal(preferred(header), language, String(header));
});
