import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { curvePicture, curveTable } from './curves.ts';
import { merged } from './kept-results.ts';
import { requestText, runLoad } from './load.ts';
import { ReplyReader } from './reply-reader.ts';
import { markdownTable, textTable, withMeasured } from './report.ts';
import { resultOf } from './result.ts';
import { percentile, ratioOf, summarise } from './statistics.ts';

test('the median and the 99th percentile are values of the series, by nearest rank', () => {
  const times = Array.from({ length: 200 }, (_, index) => 200 - index);
  assert.deepEqual(summarise(times), { count: 200, median: 100, p99: 198 });
  assert.deepEqual(summarise([7]), { count: 1, median: 7, p99: 7 });
  assert.deepEqual(summarise([]), { count: 0, median: 0, p99: 0 });
});

test('at least that share of any series does not exceed its percentile', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer(), { minLength: 1 }),
      fc.double({ min: 0.01, max: 1, noNaN: true }),
      (values, share) => {
        const sorted = values.toSorted((a, b) => a - b);
        const value = percentile(sorted, share);
        const within = sorted.filter((one) => one <= value).length;
        assert.ok(sorted.includes(value) && within >= share * sorted.length);
      },
    ),
  );
});

test('a ratio needs a limit', () => {
  assert.equal(ratioOf(50, 200), 0.25);
  assert.equal(ratioOf(50, 0), undefined);
});

test('a reply is found however its bytes are cut', () => {
  const whole = Buffer.concat([
    Buffer.from('HTTP/1.1 201 Created\r\ncontent-length: 5\r\n\r\n'),
    Buffer.from('abcde'),
  ]);
  for (let cut = 0; cut < whole.length; cut += 1) {
    const reader = new ReplyReader();
    const first = cut === 0 ? undefined : reader.take(whole.subarray(0, cut));
    assert.equal(first, undefined);
    assert.deepEqual(reader.take(whole.subarray(cut)), { status: 201, bytes: whole.length });
  }
});

test('a chunked reply ends with its empty chunk', () => {
  const text = 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n';
  const reader = new ReplyReader();
  assert.equal(reader.take(Buffer.from(text.slice(0, -4))), undefined);
  assert.deepEqual(reader.take(Buffer.from(text.slice(-4))), { status: 200, bytes: text.length });
});

test('a load counts every reply, and those of another status as failed', async () => {
  let asked = 0;
  const server = createServer((_request, reply) => {
    asked += 1;
    reply.statusCode = asked % 2 === 0 ? 500 : 200;
    reply.setHeader('content-length', 2);
    reply.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const request = requestText({ method: 'POST', path: '/', json: { a: 'क' } });
  const load = await runLoad({
    port: (server.address() as AddressInfo).port,
    clients: 3,
    seconds: 30,
    expect: 200,
    next: (_client, turn) => (turn < 10 ? request : undefined),
  });
  server.close();
  assert.deepEqual([load.total, load.failed, load.acknowledged, asked], [30, 15, 15, 30]);
});

const measured = resultOf({
  name: 'home',
  what: 'the home page',
  clients: 32,
  median: 12.345,
  p99: 45.6,
  perSecond: 1500,
  failed: 0,
  limits: [
    { name: 'empty route', perSecond: 12000 },
    { name: 'bare selects', perSecond: 6000 },
  ],
});

test('a result names its hardest limit and the share of it that is reached', () => {
  assert.equal(measured.limit, 'bare selects');
  assert.equal(measured.ratio, 0.25);
  assert.match(textTable([measured]), /home +1,500 +12\.\d +45\.6 +32/);
});

test('the measured part of a size is replaced, and nothing else', () => {
  const part = (size: string, text: string) =>
    `<!-- measured ${size}: begin (daksh bench --write makes this part) -->\n${text}\n<!-- measured ${size}: end -->`;
  const document = `before\n${part('department', 'old')}\nbetween\n${part('state', 'kept')}\nafter\n`;
  const table = markdownTable([{ ...measured, day: '2026-11-22' }]);
  const once = withMeasured(document, table, 'department');
  assert.equal(once, document.replace('old', table));
  assert.equal(withMeasured(once, table, 'department'), once);
  assert.throws(() => withMeasured(document, table, 'nation'));
});

const keptAt = (name: string, perSecond: number) => ({ ...measured, name, perSecond, day: '2026-11-22' });

test('a run of some benchmarks replaces their kept results, leaves the others, and keeps their order', () => {
  const known = [keptAt('home', 1), keptAt('search', 2), keptAt('gone', 3)];
  const all = merged(known, [keptAt('course', 4), keptAt('home', 5)], ['home', 'search', 'course']);
  assert.deepEqual(
    all.map((one) => [one.name, one.perSecond]),
    [
      ['home', 5],
      ['search', 2],
      ['course', 4],
    ],
  );
});

test('costs against size are told where they were measured, and drawn from two sizes on', () => {
  const small = [keptAt('home', 1000), keptAt('search', 500)];
  const one = new Map([['department', small]] as const);
  assert.equal(curvePicture(one), undefined);
  const two = new Map([
    ['department', small],
    ['state', [keptAt('home', 250)]],
  ] as const);
  assert.match(curveTable(two), /\| home \| 1\.00 \(25%\) \| 4\.00 \(25%\) \| × 4\.00 \|/);
  assert.match(curveTable(two), /\| search \| 2\.00 \(25%\) \| not measured \| {2}\|/);
  assert.match(curvePicture(two) ?? '', /<polyline points="56,356\.0 .*>home<\/text>/);
});
