import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { test } from 'node:test';
import { en, hi } from '../messages/index.ts';
import { settingNames } from '../src/kernel/config.ts';
import { projectRoot } from '../src/kernel/project-root.ts';

const root = projectRoot();
const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path && existsSync(join(root, path)));
const sources = tracked.filter((path) => /^(src|test|bench|journeys|demo|messages)\/.*\.tsx?$/.test(path));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** From the bottom up; a feature may use those before it. Equal rank: neither may use the other. */
const layers = [
  ['kernel'],
  ['shell'],
  ['organisations'],
  ['people'],
  ['catalogue'],
  ['competencies'],
  ['learning'],
  ['insight'],
  ['credentials', 'assessment', 'mandates', 'curriculum'],
  ['appraisal', 'reports', 'review', 'campaigns'],
  ['reminders', 'notices'],
  ['imports', 'operation'],
];
const rankOf = new Map(layers.flatMap((names, rank) => names.map((name) => [name, rank] as const)));

type Import = { from: string; to: string };

function importsOf(path: string): Import[] {
  const text = read(path);
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g);
  return [...found].map((match) => ({ from: path, to: normalize(join(dirname(path), match[1] ?? '')) }));
}

const imports = sources.flatMap(importsOf);
const featureOf = (path: string) => /^src\/([^/]+)\//.exec(path)?.[1];
const isTest = (path: string) => /(\.test|\/test-[^/]*)\.tsx?$/.test(path) || !path.startsWith('src/');

test('a feature imports only what lies below it, and another feature only through its index', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [user, used] = [featureOf(from), featureOf(to)];
    if (isTest(from) || !user || user === used) return false;
    if (!used) return !/^(messages|demo)\//.test(to) && to !== 'src/tables.ts';
    const isBelow = (rankOf.get(used) ?? 99) < (rankOf.get(user) ?? -1);
    const isFace = used === 'kernel' || used === 'shell' || to === `src/${used}/index.ts`;
    return !(isBelow && isFace);
  });
  assert.deepEqual(
    wrong.map(({ from, to }) => `${from} -> ${to}`),
    [],
  );
});

test('only stores and migrations know SQL', () => {
  const isStore = (path: string) =>
    /\/(stores?\/|[^/]*store[^/]*\.ts$)/.test(path) || /^src\/(kernel|operation)\//.test(path);
  const wrong = sources.filter(
    (path) => path.startsWith('src/') && !isTest(path) && !isStore(path) && /\bsql(<|`)/.test(read(path)),
  );
  assert.deepEqual(wrong, []);
});

test('commands, policies and stores never see HTTP or HTML', () => {
  const isEdge = (path: string) =>
    /\/(pages|islands|components|site|specimens|routes|http)\//.test(path) ||
    /(api|routes|http|page|media|identify|health|index|cookies|hooks)[^/]*\.tsx?$/.test(path) ||
    path.endsWith('.tsx') ||
    /^src\/(kernel|shell|serve)/.test(path);
  const wrong = sources.filter(
    (path) =>
      path.startsWith('src/') &&
      !isTest(path) &&
      !isEdge(path) &&
      /from '(fastify|preact[^']*)'/.test(read(path)),
  );
  assert.deepEqual(wrong, []);
});

test('every source is reached from an entry point, an island or a test', () => {
  const reached = new Set<string>();
  const starts = sources.filter(
    (path) =>
      !path.startsWith('src/') ||
      isTest(path) ||
      /\/islands\//.test(path) ||
      path === 'src/main.ts' ||
      /\.bench\.ts$/.test(path),
  );
  const byFile = Map.groupBy(imports, (one) => one.from);
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const one of byFile.get(path) ?? []) visit(one.to);
  };
  for (const path of starts) visit(path);
  assert.deepEqual(
    sources.filter((path) => !reached.has(path)),
    [],
  );
});

test('every message stands in Hindi and English with the same placeholders', () => {
  const faults: string[] = [];
  for (const namespace of Object.keys(hi) as (keyof typeof hi)[]) {
    const left: Record<string, string> = hi[namespace];
    const right = en[namespace];
    for (const key of new Set([...Object.keys(left), ...Object.keys(right)])) {
      const places = (text: string | undefined) =>
        [...(text ?? '').matchAll(/\{\{(\w+)\}\}/g)]
          .map((match) => match[1])
          .sort()
          .join();
      if (!left[key] || !right[key]) faults.push(`${namespace}.${key} is missing in one language`);
      else if (places(left[key]) !== places(right[key]))
        faults.push(`${namespace}.${key} has other placeholders`);
    }
  }
  assert.deepEqual(faults, []);
});

test('every setting has a line in docs/settings.md', () => {
  const text = read('docs/settings.md');
  assert.deepEqual(
    settingNames.filter((name) => !text.includes(`\`${name}\``)),
    [],
  );
});

test('a file name goes into a header by way of the kernel, which takes names in every script', () => {
  const typed = sources.filter((path) => !isTest(path) && read(path).includes('filename="'));
  assert.deepEqual(typed, ['src/kernel/http/disposition.ts']);
});

test('no file names a package registry or a path of the machine it was written on', () => {
  const hosts = new RegExp(
    `${[
      ['registry', 'npmjs'],
      ['registry', 'yarnpkg'],
      ['deb', 'debian'],
      ['pypi', 'org'],
    ]
      .map((parts) => parts.join('\\.'))
      .join('|')}|/wo${'rk'}/(main|shared)`,
  );
  const texts = tracked.filter((path) => !/\.(png|mp3|mp4|woff2|pdf|zip|ttf|xlsx|ico)$/.test(path));
  assert.deepEqual(
    texts.filter((path) => hosts.test(read(path))),
    [],
  );
});

test('sizes, told and not judged', (t) => {
  const long = sources
    .map((path) => ({ path, lines: read(path).split('\n').length }))
    .filter(({ lines }) => lines > 300);
  for (const { path, lines } of long.sort((a, b) => b.lines - a.lines).slice(0, 15))
    t.diagnostic(`${path}: ${lines} lines`);
});

test('a pattern within SQL doubles its backslashes: JavaScript takes single ones away from a template', () => {
  const single = /'[^'`/\n]*(?<!\\)\\[dswDSWbBmMyY.][^'`/\n]*'/g;
  const wrong = sources.flatMap((path) => {
    const text = path.startsWith('src/') && !isTest(path) ? read(path) : '';
    return /\bsql(<|`)/.test(text) ? [...text.matchAll(single)].map(([found]) => `${path}: ${found}`) : [];
  });
  assert.deepEqual(wrong, []);
});
