import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { openHouse, signIn } from './harness.ts';

const house = await openHouse();
after(() => house.close());

test('a review is presented with a clicker’s keys, and left with Escape for the sheet that it came from', async () => {
  const page = await house.visit({ width: 1280 });
  await signIn(page, 'secretary');
  await page.goto('/office/review/SW/presentation');
  const slides = await page.locator('.slide').count();
  assert.ok(slides > 5);
  await page.locator('.slide-keys:not([hidden])').waitFor();
  const shown = () =>
    page.evaluate(() => {
      const tops = [...document.querySelectorAll('.slide')].map((one) =>
        Math.abs(one.getBoundingClientRect().top),
      );
      return tops.indexOf(Math.min(...tops));
    });
  const press = async (key: string) => {
    await page.keyboard.press(key);
    return shown();
  };
  assert.equal(await shown(), 0);
  const way: [string, number][] = [
    ...[
      ['ArrowRight', 1],
      ['PageDown', 2],
      ['Space', 3],
      ['ArrowLeft', 2],
      ['PageUp', 1],
    ],
    ...[
      ['End', slides - 1],
      ['ArrowRight', slides - 1],
      ['Shift+Space', slides - 2],
      ['Home', 0],
    ],
  ] as [string, number][];
  for (const [key, at] of way) assert.equal(await press(key), at, key);
  await press('ArrowRight');
  const heading = await page.evaluate(() => document.activeElement?.id);
  assert.equal(heading, `${await page.locator('.slide').nth(1).getAttribute('id')}-title`);
  await page.keyboard.press('Escape');
  await page.waitForURL('**/office/review/SW');
});
