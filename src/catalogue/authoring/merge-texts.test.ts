import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mergeTexts } from './merge-texts.ts';

const base = 'पहला\n\nदूसरा\n\nतीसरा';

test('changes of different paragraphs come together', () => {
  const merged = mergeTexts({
    base,
    mine: 'पहला बदला\n\nदूसरा\n\nतीसरा',
    theirs: 'पहला\n\nदूसरा\n\nतीसरा नया',
  });
  assert.deepEqual(merged, { text: 'पहला बदला\n\nदूसरा\n\nतीसरा नया', collisions: [] });
});

test('what both added at one place is kept from both', () => {
  const merged = mergeTexts({ base, mine: `${base}\n\nमेरा`, theirs: `${base}\n\nउनका` });
  assert.deepEqual(merged.collisions, []);
  assert.match(merged.text, /उनका\n\nमेरा$/);
});

const collided = { base, mine: base.replace('दूसरा', 'मेरा'), theirs: base.replace('दूसरा', 'उनका') };

test('a paragraph that both changed is a collision; mine stands, theirs is told', () => {
  const merged = mergeTexts(collided);
  assert.deepEqual(merged.collisions, [{ mine: 'मेरा', theirs: 'उनका' }]);
  assert.match(merged.text, /मेरा/);
});

test('where both changed the same, theirs or both can stand instead', () => {
  assert.equal(mergeTexts(collided, 'theirs').text, collided.theirs);
  assert.equal(mergeTexts(collided, 'both').text, 'पहला\n\nउनका\n\nमेरा\n\nतीसरा');
});

test('no line that either author added is lost', (t) => {
  const seed = Date.now() % 1_000_000;
  t.diagnostic(`seed ${seed}`);
  const paragraph = fc.constantFrom('क', 'ख', 'ग', 'घ', 'च');
  const text = fc.array(paragraph, { minLength: 1, maxLength: 6 });
  const property = fc.property(text, text, text, (o, a, b) => {
    const [mine, theirs] = [a.map((word) => `${word} मेरा`), b.map((word) => `${word} उनका`)];
    const join = (words: string[]) => words.join('\n\n');
    const { text: merged, collisions } = mergeTexts({
      base: join(o),
      mine: join([...o, ...mine]),
      theirs: join([...theirs, ...o]),
    });
    const kept = [merged, ...collisions.flatMap((one) => [one.mine, one.theirs])].join('\n');
    for (const word of [...mine, ...theirs]) assert.ok(kept.includes(word), word);
  });
  fc.assert(property, { seed, numRuns: 300 });
});
