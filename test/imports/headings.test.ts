import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Refusal } from '../../src/kernel/errors.ts';
import { headingOf, importKinds } from '../../src/kernel/imports/index.ts';
import { headingKey } from '../../src/kernel/tabular/index.ts';
import { openWorld } from '../world.ts';
import { csv, look } from './files.ts';

const world = await openWorld();
after(() => world.close());

test('every column has a Hindi heading of its own, which the reader understands', () => {
  for (const { name, columns } of importKinds()) {
    const headings = columns.map((column) => headingOf(column, 'hi'));
    for (const heading of headings) assert.match(heading, /\p{Script=Devanagari}/u, `${name}: ${heading}`);
    assert.equal(new Set(headings.map(headingKey)).size, headings.length, name);
  }
});

test('a missing column is named in Hindi to who reads Hindi', async () => {
  await assert.rejects(look(world.system, 'roster', csv('name_hi', 'क')), (error: unknown) => {
    assert.ok(error instanceof Refusal);
    assert.match(error.text.hi, /कर्मचारी कोड, कार्यालय कोड/);
    assert.match(error.text.en, /employee_code, office_code/);
    return true;
  });
});
