import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { addedUp, counter, type Family, ownFamilies, textOf } from '../../kernel/metrics/registry.ts';
import { projectRoot } from '../../kernel/project-root.ts';
import { CounterDelay } from './counter-delay.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const { headers } = await signedIn(world, 'ramesh');
await app.inject({ url: `/office/people/${world.personId('sunita')}`, headers });
await app.inject({ url: '/api/v1/offices/SW-BBK/summary', headers });
await app.inject({ url: '/no-such-page-9000000011' });
const text = (await app.inject({ url: '/metrics' })).body;
const given = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', kind]) => ({ name, kind }));

test('every line is a figure, and the database answers', () => {
  const lines = text.trimEnd().split('\n');
  const figure = /^[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? -?[\d.e+-]+$/;
  assert.deepEqual(
    lines.filter((line) => !line.startsWith('# ') && !figure.test(line)),
    [],
  );
  assert.match(text, /^daksh_database_up 1$/m);
  assert.match(text, /^daksh_counter_delay_seconds \d/m);
});

test('a request is counted under the pattern of its route, with nothing that it asked for', () => {
  assert.match(text, /daksh_http_requests_total\{method="GET",route="\/api\/v1\/offices\/:code\/summary"/);
  assert.match(text, /daksh_http_request_seconds_bucket\{method="GET",route="unknown",le="\+Inf"\} [1-9]/);
  assert.doesNotMatch(text, /SW-BBK|9000000011|[0-9a-f]{8}-[0-9a-f]{4}-/);
});

test('dashboard and alerts name only figures that there are, and the dashboard shows each of them', () => {
  const read = (name: string) => readFileSync(join(projectRoot(), 'docs', 'grafana', name), 'utf8');
  const known = new Set(
    given.flatMap(({ name, kind }) =>
      kind === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name],
    ),
  );
  const namesIn = (file: string): string[] => file.match(/\b(?:daksh|process)_[a-z_]+\b/g) ?? [];
  const dashboard = namesIn(read('daksh.json'));
  assert.deepEqual(
    [...dashboard, ...namesIn(read('alerts.yml'))].filter((name) => !known.has(name)),
    [],
  );
  const shown = given.filter(({ name }) => dashboard.some((used) => used.startsWith(name)));
  assert.deepEqual(
    given.filter((one) => !shown.includes(one)),
    [],
  );
});

test('counts of several processes are added, and a label may hold any letter', () => {
  const trial = counter({ name: 'daksh_trial_total', help: 'For this test.' });
  trial.add({ task: 'a "b"\\' }, 2);
  const own = ownFamilies().filter(({ name }) => name === 'daksh_trial_total');
  const other: Family[] = own.map((family) => ({
    ...family,
    samples: [...family.samples, { suffix: '', labels: 'task="c"', value: 5 }],
  }));
  assert.equal(
    textOf(addedUp([own, other])),
    '# HELP daksh_trial_total For this test.\n# TYPE daksh_trial_total counter\n' +
      'daksh_trial_total{task="a \\"b\\"\\\\"} 4\ndaksh_trial_total{task="c"} 5\n',
  );
});

test('the delay of the counters is told by what was numbered before which look', () => {
  const delay = new CounterDelay();
  assert.equal(delay.seconds(0, { oldest: null, lastGiven: 10 }), 0);
  assert.equal(delay.seconds(5000, { oldest: 11, lastGiven: 20 }), 5);
  assert.equal(delay.seconds(10_000, { oldest: 11, lastGiven: 30 }), 10);
  assert.equal(delay.seconds(15_000, { oldest: 21, lastGiven: 30 }), 10, 'numbered after the look at 5 s');
  assert.equal(delay.seconds(20_000, { oldest: null, lastGiven: 40 }), 0);
  assert.equal(delay.seconds(25_000, { oldest: 41, lastGiven: 41 }), 5);
});
