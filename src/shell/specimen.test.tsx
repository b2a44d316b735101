import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { languages } from '../kernel/i18n.ts';
import { renderSpecimen, specimenNames } from './specimen.tsx';

const styles = buildSync({
  entryPoints: [fileURLToPath(new URL('./styles/app.css', import.meta.url))],
  bundle: true,
  minify: true,
  write: false,
});
const cssSize = gzipSync(styles.outputFiles[0]?.contents ?? '', { level: 9 }).length;

test('the whole stylesheet stays within 9 kB', () => {
  assert.ok(cssSize > 1000 && cssSize <= 9 * 1024, `${cssSize} bytes`);
});

test('a class that a page uses is styled, so that no component points at nothing', () => {
  const css = styles.outputFiles[0]?.text ?? '';
  const unstyled = new Set<string>();
  for (const name of specimenNames) {
    for (const [, names = ''] of renderSpecimen('hi', name).matchAll(/ class="([^"]+)"/g)) {
      for (const one of names.split(' ')) if (!css.includes(`.${one}`)) unstyled.add(one);
    }
  }
  assert.deepEqual([...unstyled].sort(), [...plain].sort());
});

// Named for what they are; they look like their element and need no rule of their own.
const plain = [
  'bands-sum',
  'flash',
  'full',
  'indigo',
  'info',
  'job',
  'person-line',
  'plain',
  'small-table',
  'todo',
];

for (const language of languages) {
  for (const name of specimenNames) {
    test(`specimen ${name} in ${language} is light, has one h1, unique ids and nothing inline`, () => {
      const html = renderSpecimen(language, name);
      assert.equal(html.match(/<h1/g)?.length, 1);
      const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((hit) => hit[1]);
      assert.equal(new Set(ids).size, ids.length);
      assert.doesNotMatch(html, / style=|<script| on[a-z]+="|undefined|NaN|shell\./);
      assert.ok(gzipSync(html).length + cssSize < 15 * 1024);
    });
  }
}
