import assert from 'node:assert/strict';
import { test } from 'node:test';
import { smsText } from './texts.ts';

test('what is too long for a value of an SMS is cut between signs, within thirty characters', () => {
  const to = [{ nameHi: `${'क'.repeat(28)}किक`, nameEn: null, language: 'hi' as const }];
  const said = { to, orders: ['क'.repeat(40), 'ख'], dueOn: '2026-11-30', language: 'hi' as const };
  const text = smsText({ ...said, config: { baseUrl: 'https://daksh.example' } });
  const values = [...text.matchAll(/क+\S*…(?: \+1)?/gu)].map(([value]) => value);
  assert.deepEqual(values, [`${'क'.repeat(28)}…`, `${'क'.repeat(26)}… +1`]);
});
