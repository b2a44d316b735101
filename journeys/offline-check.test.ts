import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { issueCertificates } from '../src/credentials/index.ts';
import { drawQr } from '../src/credentials/qr-code.ts';
import { qrText } from '../src/credentials/render-certificate.ts';
import { revokeCertificate } from '../src/credentials/revoke-certificate.ts';
import { certificateByNumber } from '../src/credentials/store.ts';
import { insertCompletion, insertCourse } from '../src/credentials/test-completion.ts';
import { assertSound, openHouse, signIn } from './harness.ts';

const skip = process.env['DAKSH_CHROMIUM'] ? false : 'Chromium is missing';
const house = skip ? undefined : await openHouse();
after(() => house?.close());

test('a phone without a network checks a certificate by its text and by a photo, and refuses what is not so', {
  skip,
}, async () => {
  assert.ok(house);
  const { world } = house;
  const [good, bad] = [await issue('OFF-1'), await issue('OFF-2')];
  const page = await house.visit({ width: 360 });
  const [photo, photoOfNothing] = [await pictureOf(page, good.text), await pictureOf(page)];
  await signIn(page, 'sunita');
  await page.goto('/check');
  await page.locator('[data-part=kept]').waitFor();
  await revokeCertificate(world.as('anita'), { certificateNo: bad.number, reason: 'भूल से जारी' });
  const seenAt = new Date('2026-11-22T06:20:00Z');
  world.clock.set(seenAt);
  // Once more with the network: the phone takes the new list with it.
  await page.goto('/check');
  await page.locator('[data-part=kept]').waitFor();
  await page.context().setOffline(true);
  await page.goto('/check');
  assert.equal(
    await page.locator('header', { hasText: 'साइन-इन' }).count(),
    0,
    'no account where none is known',
  );
  await check(page, good.text);
  const valid = page.locator('[data-verdict=valid]');
  await valid.waitFor();
  assert.match((await valid.textContent()) ?? '', /22 नवंबर 2026, 11:50/, 'it says how old the list is');
  const facts = (await page.locator('[data-part=facts]').textContent()) ?? '';
  for (const text of ['सुनीता वर्मा', 'साइबर स्वच्छता', '20 नवंबर 2026', good.number])
    assert.ok(facts.includes(text), text);
  await assertSound(page);
  await check(
    page,
    good.text.replace(/.(?=[^.]{40}$)/, (letter) => (letter === 'A' ? 'B' : 'A')),
  );
  await page.locator('[data-verdict=forged]').waitFor();
  assert.ok(
    await page.locator('[data-part=facts]').isHidden(),
    'of what is forged nothing is shown as a fact',
  );
  await check(page, bad.text);
  const withdrawn = page.locator('[data-verdict=withdrawn]');
  await withdrawn.waitFor();
  assert.match((await withdrawn.textContent()) ?? '', /22 नवंबर 2026, 11:50/);
  await page.setInputFiles('input[name=photo]', { name: 'qr.png', mimeType: 'image/png', buffer: photo });
  await valid.waitFor();
  await page.setInputFiles('input[name=photo]', {
    name: 'wall.png',
    mimeType: 'image/png',
    buffer: photoOfNothing,
  });
  await page.locator('[data-verdict=no-code-in-photo]').waitFor();
  // Scanned by the phone's own camera: the code's address itself opens the kept page.
  await page.goto(good.text.replace(/^https?:\/\/[^/]+/, house.base));
  await page.locator('[data-verdict=valid]').waitFor();
});

test('without script the number is asked first, and nothing is shown that cannot be used', {
  skip,
}, async () => {
  assert.ok(house);
  const page = await house.visit({ hasScript: false });
  await page.goto('/check');
  assert.ok(await page.locator('input[name=no]').isVisible());
  assert.ok(await page.locator('input[name=photo]').isHidden());
});

async function issue(code: string): Promise<{ number: string; text: string }> {
  assert.ok(house);
  const { world } = house;
  const courseId = await insertCourse(world, { code, hi: 'साइबर स्वच्छता', en: null });
  const completion = await insertCompletion(world, 'sunita', { courseId });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  const number = numbers.get(completion.completionId) ?? '';
  const certificate = await certificateByNumber(world.system.db.read, number);
  assert.ok(certificate);
  return { number, text: qrText(certificate, world.runtime.config) };
}

async function check(page: Page, text: string): Promise<void> {
  await page.fill('input[name=no]', text);
  await page.locator('form[action="/verify"] button').click();
}

/** A photo of the code as it is printed, or of an empty wall. */
async function pictureOf(page: Page, text?: string): Promise<Buffer> {
  const code = text
    ? drawQr(text).svg.replace('<svg ', '<svg width="700" ')
    : '<svg width="700" height="700"/>';
  await page.setContent(`<main style="width:700px;background:#fff">${code}</main>`);
  return page.locator('main').screenshot();
}
