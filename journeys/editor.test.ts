import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { assertSound, openHouse, signIn } from './harness.ts';

const house = await openHouse();
after(() => house.close());

async function openLesson(page: Page, code: string): Promise<string> {
  await signIn(page, 'author');
  await page.goto('/office/courses/new');
  await page.fill('[name=code]', code);
  await page.fill('[name=titleHi]', 'संपादक की जाँच');
  await page.locator('main form button.primary').click();
  await page.waitForURL(/\/edit/);
  await page.fill('[name=titleHi]', 'पहला पाठ');
  await page.locator('form[action$="/lessons"] button').click();
  await page.waitForURL(/\/lessons\//);
  await page.locator('.editor').first().waitFor();
  return page.url();
}

const saved = (page: Page) => page.locator('.editor-status', { hasText: 'सहेजा गया' }).waitFor();

test('an author writes by keyboard alone, in Hindi from Latin letters, and it saves itself', async () => {
  const page = await house.visit({ width: 1280 });
  await openLesson(page, 'by-keyboard');
  await page.focus('#bodyHi');
  await page.keyboard.press('Control+Space');
  await page.keyboard.type('## ');
  await page.keyboard.type('karmchari prashikshan ');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+b');
  await page.keyboard.type('suraksha ');
  await page.keyboard.press('Alt+F10');
  await page.keyboard.press('ArrowRight');
  assert.equal(await page.locator(':focus').getAttribute('aria-pressed'), 'true');
  await saved(page);
  await assertSound(page);
  assert.match(await page.inputValue('[name=bodyHi]'), /^## कर्मचारी प्रशिक्षण\s*\n\n\*\*सुरक्षा\*\*/);
});

test('a lesson open in two places keeps the paragraphs of both; no word is lost', async () => {
  const one = await house.visit({ width: 1280 });
  const url = await openLesson(one, 'two-at-once');
  await one.focus('#bodyHi');
  await one.keyboard.type('पहला');
  await one.keyboard.press('Enter');
  await one.keyboard.type('दूसरा');
  await saved(one);
  const other = await house.visit({ width: 360 });
  await signIn(other, 'author');
  await other.goto(url);
  await other.locator('.editor').first().waitFor();
  await other.focus('#bodyHi');
  await other.keyboard.press('Control+Home');
  await other.keyboard.press('End');
  await other.keyboard.type(' उनका');
  await saved(other);
  await assertSound(other);
  await one.focus('#bodyHi');
  await one.keyboard.press('Control+End');
  await one.keyboard.type(' मेरा');
  // One person in two places: the texts come together, and no other author is spoken of.
  await one.waitForFunction(() =>
    document.querySelector<HTMLTextAreaElement>('[name=bodyHi]')?.value.includes('उनका'),
  );
  await saved(one);
  assert.equal(await one.locator('.editor-status', { hasText: 'दूसरे लेखक' }).count(), 0);
  assert.equal(await one.inputValue('[name=bodyHi]'), 'पहला उनका\n\nदूसरा मेरा');
});
