import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { features } from '../src/features.ts';
import { settingNames } from '../src/kernel/config.ts';
import { projectRoot } from '../src/kernel/project-root.ts';

const root = projectRoot();
const tracked = execFileSync('git', ['ls-files', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n');
/** The lessons of the demonstration are data. */
const pages = tracked
  .filter((path) => path && !path.startsWith('demo/courses/') && existsSync(join(root, path)))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }));

type Found = { page: string; what: string };

function find(pattern: RegExp): Found[] {
  return pages.flatMap(({ path, text }) =>
    [...text.matchAll(pattern)].map((match) => ({ page: path, what: match[1] ?? '' })),
  );
}

const show = ({ page, what }: Found) => `${page}: ${what}`;

test('every relative link of a page leads to a file', () => {
  const links = find(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g);
  assert.ok(links.length > 10);
  const dead = links.filter(({ page, what }) => !existsSync(join(root, dirname(page), what)));
  assert.deepEqual(dead.map(show), []);
});

test('every path of the project that a page names is there', () => {
  const folders = 'src|bin|test|docs|migrations|messages|demo|reference|journeys|bench';
  const paths = find(new RegExp(`\`((?:${folders})/[^\`\\s…]*)\``, 'g'));
  assert.ok(paths.length > 10);
  const missing = paths.filter(
    ({ what }) => globSync(what.replace(/\{.*$/, '*'), { cwd: root }).length === 0,
  );
  assert.deepEqual(missing.map(show), []);
});

test('the map of ARCHITECTURE.md names every folder of the house, and no other', () => {
  const map = /```\n(bin\/[\s\S]*?)```/.exec(
    pages.find(({ path }) => path === 'ARCHITECTURE.md')?.text ?? '',
  );
  const lines = (map?.[1] ?? '').split('\n');
  const top = lines.map((line) => /^([a-z]+)\//.exec(line)?.[1]).filter((name) => name !== undefined);
  const inside = lines.map((line) => /^ {2}([a-z]+)\//.exec(line)?.[1]).filter((name) => name !== undefined);
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).split('\n');
  const foldersOf = (pattern: RegExp) => [
    ...new Set(files.map((path) => pattern.exec(path)?.[1]).filter((name) => name !== undefined)),
  ];
  assert.deepEqual(
    top.sort(),
    foldersOf(/^([a-z]+)\//)
      .filter((name) => name !== 'docs')
      .sort(),
  );
  assert.deepEqual(inside.sort(), foldersOf(/^src\/([a-z]+)\//).sort());
});

test('every command that a page names exists', () => {
  const known = new Set([
    'start',
    'serve',
    'help',
    ...features.flatMap(({ commands = [] }) => commands.map(({ name }) => name)),
  ]);
  const named = find(/(?:^|[`\s(])(?:bin\/)?daksh ([a-z][a-z-]+)/gm).filter(
    ({ page }) => page !== 'src/shell/README.md',
  );
  assert.ok(named.length > 15);
  assert.deepEqual(named.filter(({ what }) => !known.has(what)).map(show), []);
});

test('every script of npm that a page names exists, and each runs a file that exists', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const named = [...find(/npm run ([\w-]+)/g), ...find(/npm (start|test)\b/g)];
  assert.deepEqual(named.filter(({ what }) => !scripts[what]).map(show), []);
  const files = Object.values(scripts).flatMap((script) => script.split(' ').slice(1));
  assert.deepEqual(
    files.filter((file) => !existsSync(join(root, file))),
    [],
  );
});

test('the table of settings names no setting that the program does not read', () => {
  const [text = ''] = pages.find(({ path }) => path === 'docs/settings.md')?.text.split('## For tests') ?? [];
  const named = [...text.matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]);
  assert.deepEqual(named.sort(), [...settingNames].sort());
});
