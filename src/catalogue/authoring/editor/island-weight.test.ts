import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { projectRoot } from '../../../kernel/project-root.ts';

const folder = mkdtempSync(join(tmpdir(), 'daksh-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('the editor weighs less than 120 kB gzipped with all that it loads', async (t) => {
  const bundle = await import(join(projectRoot(), 'bin', 'lib', 'bundle.mjs'));
  await bundle.buildAssets(folder);
  await bundle.endBuilder();
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Record<string, string>;
  const files = new Set([
    manifest['lesson-editor.js'] ?? '',
    manifest['lesson-editor.css'] ?? '',
    manifest['writing.css'] ?? '',
  ]);
  for (const file of files)
    for (const [, chunk] of read(file).matchAll(/["']\.\/(chunk-[\w]+\.js)["']/g))
      if (chunk) files.add(chunk);
  const bytes = [...files].reduce((sum, file) => sum + gzipSync(read(file), { level: 9 }).length, 0);
  t.diagnostic(`${bytes} bytes in ${files.size} files`);
  assert.ok(bytes < 120_000, `${bytes} bytes`);
  // No parser of Markdown came along: texts are parsed on the server.
  assert.ok(![...files].some((file) => read(file).includes('linkify')));
});

function read(file: string): string {
  return readFileSync(join(folder, file), 'utf8');
}
