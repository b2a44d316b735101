import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sayTrouble } from './said-trouble.ts';

const withCode = (code: string, message: string) => Object.assign(new Error(message), { code });

test('a full disk, an absent server and a wrong password are said in both languages, with the first words', () => {
  for (const [code, word] of [
    ['53100', 'full'],
    ['ENOSPC', 'full'],
    ['ENOTFOUND', 'DATABASE_URL'],
    ['28P01', 'password'],
    ['3D000', 'createdb'],
  ] as const) {
    const text = sayTrouble(withCode(code, 'as PostgreSQL says it'));
    assert.match(text, new RegExp(word));
    assert.match(text, /[\u0900-\u097f]/);
    assert.match(text, /as PostgreSQL says it/);
  }
});

test('any other error is said as it is, and one without words by its code', () => {
  assert.equal(sayTrouble(new Error('Set DAKSH_SECRET.')), 'Set DAKSH_SECRET.');
  assert.match(sayTrouble(withCode('ECONNREFUSED', '')), /\(ECONNREFUSED\)/);
  assert.equal(sayTrouble('text'), 'text');
});
