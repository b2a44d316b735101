import assert from 'node:assert/strict';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { cast, demonstrationPassword } from '../demo/cast.ts';
import { features } from '../src/features.ts';
import { loadDemonstrationReviews } from '../src/review/index.ts';
import { openFurnishedWorld, openWorld, type World } from '../test/world.ts';

export type House = {
  world: World;
  base: string;
  /** A new browser of its own: a phone or a desk, with or without script. */
  visit(options?: Visit): Promise<Page>;
  close(): Promise<void>;
};
export type Visit = { width?: 360 | 1280; language?: 'hi' | 'en'; hasScript?: boolean };

/**
 * The app with the cast and the demonstration's courses and sign-ins, listening for a real browser. The
 * server's clock is the world's: a journey moves it instead of waiting.
 */
export async function openHouse(options: { now?: string } = {}): Promise<House> {
  const executablePath = process.env['DAKSH_CHROMIUM'];
  assert.ok(
    executablePath,
    'Browser tests need Chromium: install it, or set CHROMIUM_PATH. / Chromium चाहिए।',
  );
  const world = await openDemonstration(options);
  const app = await world.app();
  const base = await listen(app);
  const browser = await chromium.launch({ executablePath, args: browserFlags });
  return {
    world,
    base,
    visit: (options) => visit(browser, base, options),
    close: async () => {
      await browser.close();
      await world.close();
    },
  };
}

/** Another day has a demonstration of its own. */
async function openDemonstration({ now }: { now?: string }): Promise<World> {
  if (!now)
    return openFurnishedWorld({ name: 'demonstration', isDemonstration: true, put: loadDemonstration });
  const world = await openWorld({ now, isDemonstration: true });
  await loadDemonstration(world);
  return world;
}

async function loadDemonstration({ system, runtime }: World): Promise<void> {
  for (const feature of features) await feature.demonstration?.(system, runtime);
  await loadDemonstrationReviews(system);
}

const browserFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

async function listen(app: Awaited<ReturnType<World['app']>>): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    const port = 20_000 + Math.floor(Math.random() * 12_000);
    try {
      await app.listen({ port, host: '127.0.0.1' });
      return `http://127.0.0.1:${port}`;
    } catch (error) {
      if (attempt === 9) throw error;
    }
  }
}

async function visit(browser: Browser, base: string, options: Visit = {}): Promise<Page> {
  const context: BrowserContext = await browser.newContext({
    viewport: { width: options.width ?? 360, height: 800 },
    javaScriptEnabled: options.hasScript ?? true,
    baseURL: base,
  });
  if (options.language) await context.addCookies([{ name: 'language', value: options.language, url: base }]);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  return page;
}

/** Signs a member of the cast in by the page, with the password, and accepts the notice when it comes. */
export async function signIn(page: Page, key: string): Promise<void> {
  const member = cast.find((person) => person.key === key);
  assert.ok(member, `the cast has no ${key}`);
  await page.goto('/sign-in');
  await page.fill('[name=identifier]', member.code);
  await page.fill('[name=password]', demonstrationPassword);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
  if (!page.url().includes('/welcome')) return;
  for (const box of await page.locator('main input[type=checkbox]').all()) await box.check();
  await page.locator('main form button[type=submit]').first().click();
  await page.waitForURL((url) => !url.pathname.startsWith('/welcome'));
}

/** For a walk over many pages: the browser keeps axe, which is half a megabyte to send for each page. */
export async function keepAxe(page: Page): Promise<void> {
  await page.addInitScript(axe.source);
}

/** No finding of axe, nothing wider than the screen, one main heading. */
export async function assertSound(page: Page): Promise<void> {
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(axe.source);
  assert.deepEqual(await page.evaluate(axeFindings), [], page.url());
  assert.equal(await page.locator('h1').count(), 1, `${page.url()} has one main heading`);
  await assertFits(page);
}

/** Only what is wrong is worked out in full and carried here: that halves the time of a page. */
const axeFindings = `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
  violations.map((one) => one.id + ': ' + one.nodes.map((node) => node.html.slice(0, 160)).join(' | ')))`;

export async function assertFits(page: Page): Promise<void> {
  const overflow = await page.evaluate(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const width = page.viewportSize()?.width;
  assert.ok(Number(overflow) <= 0, `${page.url()} is ${overflow} px wider than ${width} px`);
}

/** Bytes over the wire of a first view, without images and media. */
export async function weightOf(page: Page, path: string): Promise<number> {
  let bytes = 0;
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const kinds = new Map<string, string>();
  session.on('Network.responseReceived', (event) => kinds.set(event.requestId, event.type));
  session.on('Network.loadingFinished', (event) => {
    if (!['Image', 'Media'].includes(kinds.get(event.requestId) ?? '')) bytes += event.encodedDataLength;
  });
  const response = await page.goto(path, { waitUntil: 'load' });
  assert.equal(response?.status(), 200, path);
  await session.detach();
  return bytes;
}
