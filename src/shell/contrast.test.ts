import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

const css = readFileSync(new URL('./styles/tokens.css', import.meta.url), 'utf8');
const lightTokens = readTokens(css.slice(0, css.indexOf('@media')));
const darkTokens = { ...lightTokens, ...readTokens(css.slice(css.indexOf('dark)'), css.indexOf('more)'))) };

/** Every text colour with every ground that it stands on: 4.5 to 1. */
const textPairs: [text: string, ground: string][] = [
  ...pairs(['ink', 'ink-soft', 'link', 'red'], ['paper', 'surface']),
  ...pairs(['ink', 'link'], ['indigo-tint', 'marigold-tint', 'paper']),
  ...pairs(['on-side', 'side-soft'], ['side', 'side-active']),
  ...pairs(['on-hero', 'hero-soft'], ['hero']),
  ['on-action', 'action'],
  ['on-action', 'action-hover'],
  ['marigold-ink', 'marigold-tint'],
  ['green', 'green-tint'],
  ['red', 'red-tint'],
  ['on-green', 'green'],
  ['on-red', 'red'],
  ['on-band-none', 'band-none'],
  ['on-band-some', 'band-some'],
  ['on-band-all', 'band-all'],
  ['on-band-exempt', 'band-exempt'],
];

/** What must be seen but is not read: 3 to 1. */
const markPairs: [mark: string, ground: string][] = [
  ...pairs(['line-strong', 'marigold', 'green', 'red'], ['surface']),
  ['line-strong', 'paper'],
  ['marigold', 'paper'],
  ['marigold', 'side'],
  ['action', 'track'],
  ['band-all', 'surface'],
  ['on-hero', 'hero-track'],
];

for (const [mode, tokens] of [
  ['light', lightTokens],
  ['dark', darkTokens],
] as const) {
  test(`text can be read on its ground in ${mode} mode`, () => {
    for (const [text, ground] of textPairs) assertContrast(tokens, text, ground, 4.5);
  });
  test(`marks and edges can be seen on their ground in ${mode} mode`, () => {
    for (const [mark, ground] of markPairs) assertContrast(tokens, mark, ground, 3);
  });
  test(`neighbouring bands differ in lightness in ${mode} mode, so that they survive grey print`, () => {
    assertContrast(tokens, 'band-none', 'band-some', 1.6);
    assertContrast(tokens, 'band-some', 'band-all', 1.6);
  });
}

function pairs(texts: string[], grounds: string[]): [string, string][] {
  return texts.flatMap((text) => grounds.map((ground): [string, string] => [text, ground]));
}

function readTokens(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map((hit) => [hit[1], hit[2]]),
  );
}

function assertContrast(tokens: Record<string, string>, text: string, ground: string, least: number) {
  const ratio = contrast(tokens[text] ?? '', tokens[ground] ?? '');
  assert.ok(ratio >= least, `${text} on ${ground} is ${ratio.toFixed(2)}, less than ${least}`);
}

/** WCAG 2.1, relative luminance and contrast ratio. */
function contrast(a: string, b: string): number {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
