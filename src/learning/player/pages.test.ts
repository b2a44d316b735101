import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PdfPages } from './pages.ts';
import { lengthOf, type Part } from './parts.ts';

let now = 0;
const screen = { visibilityState: 'visible', addEventListener: () => undefined, getElementById: () => null };
Object.assign(globalThis, { document: screen, history: { replaceState: () => undefined } });
performance.now = () => now;

/** Three pages that ask for two seconds each, without anything to draw them on. */
function opened(seen: Part[] = []): PdfPages {
  const root = {
    dataset: { count: '3', page: '1', file: 'f' },
    addEventListener: () => undefined,
    querySelector: () => null,
    getBoundingClientRect: () => ({ top: 0 }),
  };
  screen.visibilityState = 'visible';
  return new PdfPages(root as unknown as HTMLElement, 2, seen);
}

function look(pages: PdfPages, seconds: number): void {
  now += seconds * 1000;
  pages.note();
}

test('pages that were looked at as long as they ask for count, in whatever order they are turned', () => {
  const pages = opened();
  look(pages, 2.1);
  for (const page of [3, 2]) {
    pages.turn(page);
    look(pages, 2.1);
  }
  assert.deepEqual([pages.page, lengthOf(pages.parts)], [2, 6]);
});

test('leafing through counts the moments that each page was there, and a page never more than it asks for', () => {
  const pages = opened();
  look(pages, 0.5);
  pages.turn(2);
  look(pages, 4);
  pages.turn(9);
  assert.equal(pages.page, 2);
  assert.equal(lengthOf(pages.parts), 2.5);
});

test('what was seen before is not asked for again, and a page that nobody sees counts nothing', () => {
  const pages = opened([[0, 1.5]]);
  look(pages, 1);
  assert.deepEqual(pages.parts, [[1.5, 2]]);
  pages.turn(2);
  screen.visibilityState = 'hidden';
  look(pages, 3);
  assert.deepEqual(pages.parts, [[1.5, 2]]);
});
