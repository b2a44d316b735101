import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameField, nameOrNothing } from './name-field.ts';

const codesOf = (text: unknown) =>
  nameField(20, 'name_wanted')
    .safeParse(text)
    .error?.issues.map(({ message }) => message) ?? [];

test('a name is one line that can be seen and read; joiners and every script belong to it', () => {
  for (const name of ['क्ष्‍य', 'A–Z (2)', 'اردو', '१', '★'])
    assert.deepEqual(codesOf(name), [], JSON.stringify(name));
  for (const odd of ['\ud800', 'a\udc00', '\u202e', 'a\u202eb', 'a\u2066b', 'a\u0000', 'a\nb', 'a\u2028b'])
    assert.deepEqual(codesOf(odd), ['odd_signs'], JSON.stringify(odd));
  for (const empty of ['', '  ', '\u200b', '\u200d\u200c', '\u3164', '\u2800'])
    assert.deepEqual(codesOf(empty), ['name_wanted']);
  assert.deepEqual(codesOf('ल'.repeat(21)), ['too_long']);
  // Which way it runs is set beside a name in Urdu that was pasted.
  assert.equal(nameField(20).parse('\u200fاردو\u200f 2\u00ad\u200b'), 'اردو 2');
  assert.equal(nameOrNothing(20).safeParse('').success, true);
});
