import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { loadDemonstrationCampaigns } from '../src/campaigns/load-demonstration.ts';
import { loadDemonstrationCurriculum } from '../src/curriculum/load-demonstration.ts';
import { furnish } from './furnish.ts';
import { furnishOrders } from './furnish-orders.ts';
import { assertFits, assertSound, keepAxe, openHouse, signIn, weightOf } from './harness.ts';

const house = await openHouse();
const made = await furnish(house.world);
await loadDemonstrationCurriculum(house.world.system);
await loadDemonstrationCampaigns(house.world.system);
const orders = await furnishOrders(house.world);
const { world } = house;
after(() => house.close());

const publicPages = [
  '/',
  '/sign-in',
  '/verify',
  '/check',
  '/privacy',
  '/accessibility',
  '/help',
  '/register',
  '/competencies',
  '/collections',
  `/statements/${orders.statement}`,
];
const learnerPages = [
  '/',
  '/courses',
  '/courses?q=prashikshan',
  '/courses/cyber-hygiene',
  '/certificates',
  '/notices',
  '/profile',
  '/profile/sessions',
  '/help',
  '/competencies',
  '/competencies/communication',
  '/passbook',
  '/passbook/declarations/new',
  '/shelf',
  '/collections',
  '/collections/first-month',
  '/courses/cyber-safe-office',
  '/courses/cyber-safe-office/lessons/test/paper',
  `/papers/${made.open}/questions/1`,
  `/papers/${made.open}/review`,
  `/papers/${made.taken}/result`,
  `/papers/${made.marked}/result`,
  '/orders',
  `/orders/${orders.mandate}`,
  `/orders/${orders.mandate}/extension`,
  '/orders/calendar',
  '/orders/year',
  '/claims',
  '/claims/new',
  '/attendance',
  '/my-service',
  '/statement',
  '/campaigns',
  '/campaigns/sadhana',
  '/campaigns/sadhana-purva',
  `/statement/${orders.statement}`,
];
const officePages = [
  '/office',
  '/office/offices/SW-BBK/training',
  '/office/review/SW',
  '/office/review/SW/presentation',
  '/office/review/SW/briefing',
  '/office/review/SW/snapshots',
  '/office/persons',
  '/office/imports',
  '/office/offices',
  '/office/help',
  '/office/roles',
  '/office/sign-in-requests',
  '/office/assignments',
  `/office/assignments/${made.assignment}`,
  '/office/assignments/new',
  '/office/campaigns',
  '/office/campaigns/new',
  '/office/campaigns/sadhana',
  '/office/campaigns/suraksha',
  '/office/campaigns/suraksha/editing',
  '/office/collections',
  '/office/collections/first-month',
  '/office/review-cases',
  '/office/needs',
  '/office/curriculum',
  '/office/curriculum/failing',
  '/office/curriculum/stale',
  '/office/curriculum/programmes',
  '/office/curriculum/programmes/SW-HST',
  '/office/curriculum/plans',
  '/office/curriculum/plans/SW/2026-27',
  '/office/curriculum/rules',
  '/office/curriculum/rules/new',
  '/office/certificates',
  '/office/certificate-batches',
  '/office/addresses',
  '/office/orders',
  '/office/orders/new',
  `/office/orders/${orders.mandate}`,
  `/office/orders/${orders.mandate}/persons`,
  `/office/orders/${orders.mandate}/history`,
  `/office/orders/${orders.mandate}/extension`,
  `/office/orders/${orders.mandate}/withdrawal`,
  '/office/decisions',
  '/office/exemptions',
  `/office/claims/${world.personId('sunita')}/${orders.claim}`,
  `/office/extensions/${world.personId('sunita')}/${orders.request}`,
  `/office/persons/${world.personId('imran')}/service`,
  `/office/persons/${world.personId('imran')}/service/new`,
  `/office/persons/${world.personId('imran')}/exemptions/new`,
  `/office/persons/${world.personId('imran')}/claims/new`,
  '/office/appraisal',
  '/office/appraisal/calendars',
  '/office/appraisal/objections',
  '/office/appraisal/promotion',
  '/office/appraisal/promotion/rules',
  '/office/reports',
  '/office/reports/new?subject=people&office=SW&shape=figures&g1=below&g2=group&m=registered&m=reach&show=1',
  '/office/reports/new?subject=completions&office=SW&shape=list&c=code&c=nameHi&c=course&show=1',
];
const authorPages = [
  '/office/courses',
  '/office/courses/new',
  '/office/courses/cyber-hygiene/edit',
  '/office/courses/cyber-hygiene/details',
  '/office/courses/cyber-hygiene/completion',
  '/office/courses/cyber-hygiene/prerequisites',
  '/office/courses/cyber-hygiene/review',
  '/office/courses/cyber-hygiene/figures',
  '/office/courses/written/ratings',
  '/office/courses/cyber-safe-office/lessons/test',
  '/office/collections',
  '/office/collections/new',
  '/office/banks',
  '/office/banks/new',
  '/office/banks/cyber-hygiene',
  '/office/banks/cyber-hygiene/edit',
  '/office/banks/cyber-hygiene/analysis',
  '/office/banks/cyber-hygiene/exchange',
  '/office/banks/cyber-hygiene/questions/ch01',
  '/office/banks/cyber-hygiene/questions/new',
  '/office/banks/written/questions/new?kind=short',
  '/office/blueprints',
  '/office/blueprints/new',
  '/office/blueprints/cyber-hygiene-final',
  '/office/blueprints/cyber-hygiene-final/edit',
  '/office/blueprints/cyber-hygiene-final/trial',
  '/office/marking',
  `/office/marking/${made.waiting}/1`,
  `/office/marking/${made.marked}/1`,
];
const operatorPages = [
  '/office/review/UP',
  '/office/review/areas/state:9',
  '/office/review/areas/district:129',
  '/office/cadres',
  '/office/courses/cyber-hygiene/figures',
  '/office/competencies',
  '/office/competencies/communication',
  '/office/competencies/new',
  '/office/review-rules',
  '/office/engagement-limits',
  '/office/certificate-templates',
  '/office/certificate-templates/SW',
  '/office/system',
];
const mostBytes = 40_000;

const visitors = [
  [undefined, publicPages],
  ['sunita', learnerPages],
  ['anita', officePages],
  ['author', authorPages],
  ['operator', operatorPages],
] as const;

for (const { language, width, other } of [
  { language: 'hi', width: 360, other: 1280 },
  { language: 'en', width: 1280, other: 360 },
] as const) {
  for (const [key, paths] of visitors) {
    test(`pages of ${key ?? 'nobody'} are sound at ${width} px in ${language}, light, and fit ${other} px`, async () => {
      const page = await house.visit({ width, language });
      if (key) await signIn(page, key);
      await keepAxe(page);
      const faults: string[] = [];
      for (const path of paths) {
        await page.setViewportSize({ width, height: 800 });
        const fault = await faultOf(page, { path, language, other });
        if (fault) faults.push(`${path}: ${fault}`);
      }
      await page.context().close();
      assert.deepEqual(faults, []);
    });
  }
}

type Asked = { path: string; language: string; other: number };

/** What is wrong with one page; every page of the walk is looked at, so that one run tells all. */
async function faultOf(page: Page, { path, language, other }: Asked): Promise<string | undefined> {
  try {
    const bytes = await weightOf(page, path);
    assert.equal(await page.locator('html').getAttribute('lang'), language);
    assert.ok(bytes > 0 && bytes <= mostBytes, `weighs ${bytes} bytes`);
    await assertSound(page);
    await page.setViewportSize({ width: other, height: 800 });
    await assertFits(page);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
