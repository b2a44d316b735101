import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { assertFits, assertSound, openHouse, signIn, weightOf } from './harness.ts';

const house = await openHouse();
after(() => house.close());

const publicPages = ['/', '/sign-in', '/verify', '/privacy', '/accessibility', '/help', '/register'];
const learnerPages = [
  '/',
  '/courses',
  '/courses?q=prashikshan',
  '/courses/cyber-hygiene',
  '/certificates',
  '/profile',
  '/profile/sessions',
  '/help',
];
const officePages = [
  '/office',
  '/office/offices/SW-BBK/training',
  '/office/persons',
  '/office/imports',
  '/office/offices',
  '/office/help',
  '/office/roles',
  '/office/sign-in-requests',
];
const authorPages = ['/office/courses', '/office/courses/new', '/office/courses/cyber-hygiene/edit'];
const mostBytes = 40_000;

const visitors = [
  [undefined, publicPages],
  ['sunita', learnerPages],
  ['anita', officePages],
  ['author', authorPages],
] as const;

for (const { language, width, other } of [
  { language: 'hi', width: 360, other: 1280 },
  { language: 'en', width: 1280, other: 360 },
] as const) {
  for (const [key, paths] of visitors) {
    test(`pages of ${key ?? 'nobody'} are sound at ${width} px in ${language}, light, and fit ${other} px`, async () => {
      const page = await house.visit({ width, language });
      if (key) await signIn(page, key);
      for (const path of paths) {
        await page.setViewportSize({ width, height: 800 });
        const bytes = await weightOf(page, path);
        assert.equal(await page.locator('html').getAttribute('lang'), language);
        assert.ok(bytes > 0 && bytes <= mostBytes, `${path} weighs ${bytes} bytes`);
        await assertSound(page);
        await page.setViewportSize({ width: other, height: 800 });
        await assertFits(page);
      }
      await page.context().close();
    });
  }
}
