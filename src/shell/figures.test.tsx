import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderToString } from 'preact-render-to-string';
import { stepsOf } from './components/tile-map.tsx';
import {
  BandsBar,
  FrameContext,
  JobProgress,
  MeterBar,
  ProgressBar,
  Stat,
  StatStrip,
  TrendBars,
} from './index.ts';

const bands = [
  { label: 'एक भी नहीं', value: 1141 },
  { label: 'एक या दो', value: 470 },
  { label: 'तीन या अधिक', value: 2289 },
];

test('bands are spoken with their sum and shares, and the sum is shown', () => {
  const html = renderToString(<BandsBar label="कोर्स" bands={bands} totalLabel="पंजीकृत" />);
  assert.match(
    html,
    /role="img" aria-label="कोर्स, कुल 3,900: एक भी नहीं 1,141 \(29.3%\), एक या दो 470 \(12.1%\), तीन या अधिक 2,289 \(58.7%\)"/,
  );
  assert.match(html.replace(/<[^>]+>/g, ''), /1,141 \+ 470 \+ 2,289 = 3,900 पंजीकृत/);
});

test('the parts of a bar follow one another and fill its width', () => {
  const html = renderToString(<BandsBar label="x" bands={bands} />);
  const rects = [...html.matchAll(/<rect class="band \w+" x="([\d.]+)%" width="([\d.]+)%"/g)];
  assert.equal(rects.length, 3);
  const end = Number(rects[2]?.[1]) + Number(rects[2]?.[2]);
  assert.ok(Math.abs(end - 100) < 0.05, String(end));
  assert.equal(html.match(/band-line/g)?.length, 2);
});

test('a part too narrow for its number carries it outside, on its own row where two would touch', () => {
  const html = renderToString(
    <BandsBar
      label="x"
      bands={[
        { label: 'a', value: 9800 },
        { label: 'b', value: 120 },
        { label: 'c', value: 80 },
      ]}
    />,
  );
  assert.equal(html.match(/band-tick/g)?.length, 2);
  assert.match(html, /y="23"[^>]*>120</);
  assert.match(html, /y="45"[^>]*>80</);
});

test('nobody to count draws an empty bar, not a division by zero', () => {
  const html = renderToString(<BandsBar label="x" bands={[{ label: 'a', value: 0 }]} />);
  assert.doesNotMatch(html, /NaN|Infinity/);
});

test('a trend marks the unfinished period in the drawing, the words and the table', () => {
  const points = [
    { label: 'अक्तू', longLabel: 'अक्तूबर 2026', value: 3538 },
    { label: 'नव', longLabel: 'नवंबर 2026', value: 2416 },
  ];
  const html = renderToString(<TrendBars label="कोर्स" points={points} isLastUnfinished />);
  assert.equal(html.match(/trend-bar unfinished/g)?.length, 1);
  assert.match(
    html,
    /aria-label="कोर्स: अक्तूबर 2026 से नवंबर 2026 तक; सबसे अधिक 3,538 \(अक्तूबर 2026\); अंतिम अवधि \(नवंबर 2026\) अभी अधूरी है"/,
  );
  assert.match(html, /<th scope="row">नवंबर 2026 \(अधूरा\)<\/th><td class="number">2,416/);
});

test('each of twelve months has its label on the axis, every other a row lower where room is short, each year once', () => {
  const points = Array.from({ length: 12 }, (_, at) => ({
    label: `m${at}`,
    longLabel: `month ${at}`,
    year: at === 0 ? '2025' : '2026',
    value: at * 7,
  }));
  const html = renderToString(<TrendBars label="x" points={points} hasOwnTable />);
  const labels = [...html.matchAll(/<text class="(axis(?: low)?)"[^>]*>(m\d+)</g)];
  assert.deepEqual(
    labels.map(([, , label]) => label),
    points.map(({ label }) => label),
  );
  assert.deepEqual(new Set(labels.map(([, row]) => row)).size, 2);
  for (const [at, [, row]] of labels.entries()) assert.notEqual(row, labels[at + 1]?.[1]);
  assert.deepEqual(
    [...html.matchAll(/class="axis year"[^>]*text-anchor="(\w+)"[^>]*>(\d+)</g)].map(([, anchor, year]) => [
      anchor,
      year,
    ]),
    [
      ['end', '2025'],
      ['start', '2026'],
    ],
  );
  const many = Array.from({ length: 30 }, (_, at) => ({ label: `d${at}`, value: 1 }));
  const shown = [
    ...renderToString(<TrendBars label="x" points={many} hasOwnTable />).matchAll(/>d(\d+)</g),
  ].map(([, day]) => Number(day));
  assert.equal(shown.at(-1), 29);
  for (const [at, day] of shown.entries()) assert.equal((shown[at + 1] ?? day + 3) - day, 3);
});

test('a trend of nothing is drawn on its base line', () => {
  const html = renderToString(<TrendBars label="x" points={[{ label: 'a', value: 0 }]} />);
  assert.doesNotMatch(html, /NaN|height="-/);
});

test('a stat groups its number in lakhs and hides what is masked', () => {
  const html = renderToString(
    <StatStrip>
      <Stat label="पंजीकृत" value={1880412} detail="रोस्टर का 98.9%" />
      <Stat label="शेष" value="masked" />
      <Stat label="कक्षा" value={null} />
    </StatStrip>,
  );
  assert.match(html, /^<dl[^>]*><div class="stat"><dt>पंजीकृत<\/dt><dd class="stat-value">18,80,412/);
  assert.match(html, />छिपाया गया</);
  assert.match(html, /–<\/span><span class="hidden-text">उपलब्ध नहीं/);
});

test('progress is spoken in per cent and never leaves its track', () => {
  const html = renderToString(<ProgressBar percent={140} label="पाठ" />);
  assert.match(html, /role="progressbar" aria-label="पाठ"/);
  assert.match(html, /<rect class="bar-fill" width="100%"/);
  assert.doesNotMatch(renderToString(<MeterBar percent={0} />), /bar-fill/);
});

test('a job reads in the language of its frame and offers to follow it', () => {
  const html = renderToString(
    <FrameContext.Provider value={{ language: 'en' }}>
      <JobProgress title="Import" done={500} total={2000} refreshHref="/i" followHref="/i?follow=1" />
    </FrameContext.Provider>,
  );
  assert.match(html, /<b>25%<\/b> · 500 of 2,000 done/);
  assert.match(html, /href="\/i\?follow=1"/);
});

test('squares are shaded by thirds, and different figures never in one shade alone', () => {
  const steps = (...values: (number | null)[]) => stepsOf(values.map((value) => ({ value })));
  assert.deepEqual(steps(1, 2, 3, 4, 5, 6), [3, 5]);
  assert.deepEqual(steps(0, 0, 0, 0, 71), [71]);
  assert.deepEqual(steps(0, 0, 0, 0, 71, 80), [71, 80]);
  assert.deepEqual(steps(48, null, 71), [71]);
  assert.deepEqual(steps(50, 50), []);
});
