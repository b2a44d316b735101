import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { en, hi } from '../../../messages/index.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { actKey } from './act-words.ts';

const src = join(projectRoot(), 'src');
const sources = readdirSync(src, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map((path) => readFileSync(join(src, path), 'utf8'));

/** Where an action's verb is a state: these are the states. */
const states: Record<string, string[]> = {
  completion: ['matched', 'dismissed'],
  registration: ['approved', 'refused'],
  contact_dispute: ['kept', 'removed'],
  claim: ['accepted', 'refused'],
  extension: ['granted', 'refused'],
};
const elsewhere = [
  'password.set',
  'pin.set',
  'posting.ended',
  'posting.voided',
  'help.added',
  'help.reopened',
];

test('every audited act has Hindi and English words', () => {
  const plain = sources.flatMap((text) =>
    [...text.matchAll(/\baction: '([a-z_]+\.[a-z_]+)'/g)].map((found) => found[1] ?? ''),
  );
  const stems = sources.flatMap((text) =>
    [...text.matchAll(/\baction: `([a-z_]+)\.\$\{/g)].map((found) => found[1] ?? ''),
  );
  assert.ok(plain.length > 60);
  assert.deepEqual(
    [...new Set(stems)].filter((stem) => !states[stem]),
    [],
    'an action whose states are not known',
  );
  const named = Object.entries(states).flatMap(([stem, verbs]) => verbs.map((verb) => `${stem}.${verb}`));
  const missing = [...new Set([...plain, ...named, ...elsewhere])].filter((action) => {
    const key = actKey(action).slice('acts.'.length);
    return !(hi.acts as Record<string, string>)[key] || !en.acts[key];
  });
  assert.deepEqual(missing, []);
});
