import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Locator, Page, Response } from 'playwright-core';
import { cast } from '../demo/cast.ts';
import { runStatements } from '../src/appraisal/statements/run-job.ts';
import { jobsOf } from '../src/appraisal/stores/jobs.ts';
import { createCourse, publishCourse } from '../src/catalogue/index.ts';
import { courseInput } from '../src/catalogue/schema.ts';
import { addDays, appraisalYear, todayInIndia } from '../src/kernel/dates.ts';
import { mandates } from '../src/mandates/index.ts';
import { runReminders } from '../src/reminders/index.ts';
import { plainOrder, plainStatus, readPlainFacts } from '../test/mandates/reference.ts';
import { assertFits, assertSound, openHouse, signIn } from './harness.ts';

// The year is the last one whose statements can be frozen by now: what is frozen is what the database's own clock
// had seen, so the journey begins in February of that year and ends today.
const now = () => new Date();
const today = todayInIndia({ now });
const year = appraisalYear(addDays(appraisalYear(addDays(today, -30)).from, -1));
const house = await openHouse({ now: `${year.to.slice(0, 4)}-02-25T06:00:00Z` });
after(() => house.close());
const { world } = house;

const own = { number: 'यात्रा/1', title: 'तीन कोर्स, जिनमें एक AI पर' };
const sevenDays = 'नमूना/सात-दिवस/2026-3';
const orders = [own.number, 'नमूना/मुख्य-सचिव/2026-1', 'नमूना/कार्मिक/2026-2', sevenDays];

async function textOf(page: Page, selector = 'main'): Promise<string> {
  return (await page.locator(selector).first().textContent()) ?? '';
}

async function sees(page: Page, text: string | RegExp): Promise<void> {
  const main = page.locator('main', { hasText: text });
  await main.waitFor().catch(async () => {
    assert.fail(`${page.url()} does not say ${text}: ${await textOf(page)}`);
  });
}

/** Presses a form's button and waits until the server has answered and shown what comes next. */
async function send(page: Page, button: Locator): Promise<void> {
  const isAnswer = (response: Response) => response.request().method() === 'POST';
  await Promise.all([page.waitForResponse(isAnswer), button.click()]);
  await page.waitForLoadState();
}

const press = (page: Page, name: string | RegExp) =>
  send(page, page.locator('main').getByRole('button', { name }).first());
const follow = (page: Page, name: string | RegExp) =>
  page.locator('main').getByRole('link', { name }).first().click();

/** A learner has no script and a narrow screen. */
async function learner(key: string): Promise<Page> {
  const page = await house.visit({ hasScript: false });
  await signIn(page, key);
  return page;
}

async function officer(key: string): Promise<Page> {
  const page = await house.visit({ width: 1280 });
  await signIn(page, key);
  return page;
}

function pass(seconds: number): void {
  world.clock.set(new Date(world.clock.now().getTime() + seconds * 1000));
}

async function bring(page: Page, kind: string, lines: string[]): Promise<void> {
  await page.goto('/office/imports/new');
  await page.locator(`[name=kind][value=${kind}]`).check();
  const buffer = Buffer.from(`${lines.join('\n')}\n`);
  await page.setInputFiles('[name=file]', { name: `${kind}.csv`, mimeType: 'text/csv', buffer });
  await press(page, 'जाँचें');
  await follow(page, /लागू करें/);
  await press(page, /लागू करें/);
}

/** The figures of an order's page, the command line's and those of the plain reference are the same. */
async function assertFigures(page: Page, number: string): Promise<Record<string, number>> {
  const order = await plainOrder(world.runtime.db, number);
  await page.goto(`/office/orders/${order.mandateId}?office=SW`);
  const shown = /(\d+) \+ (\d+) \+ (\d+) \+ (\d+) \+ (\d+) = (\d+)/.exec(await textOf(page));
  assert.ok(shown, `${number}: ${await textOf(page)}`);
  const [met, metLate, open, overdue, exempt, bound] = shown.slice(1).map(Number);
  const onPage = { bound, met, metLate, open, overdue, exempt };
  assert.deepEqual(onPage, await commandFigures(number), `${number}: page and command`);
  assert.deepEqual(onPage, await plainFigures(number), `${number}: page and reference`);
  return onPage as Record<string, number>;
}

async function commandFigures(number: string): Promise<unknown> {
  const printed: string[] = [];
  const print = (text: string) => printed.push(text);
  const line = { args: [number], flags: { office: 'SW', json: true as const }, print, printError: print };
  const [command] = mandates.commands ?? [];
  assert.equal(await command?.run(world.system, line, world.runtime), 0);
  return JSON.parse(printed.join('')) as unknown;
}

async function plainFigures(number: string): Promise<unknown> {
  const { db, clock } = world.runtime;
  const order = await plainOrder(db, number);
  const facts = await readPlainFacts(
    db,
    cast.map((person) => world.personId(person.key)),
  );
  const counted = { bound: 0, met: 0, metLate: 0, open: 0, overdue: 0, exempt: 0 };
  for (const person of facts.persons) {
    const status = plainStatus(facts, order, {
      ...{ person, office: world.officeId('SW'), day: todayInIndia(clock) },
    });
    if (!status) continue;
    counted.bound += 1;
    counted[status] += 1;
  }
  return counted;
}

test('an officer enters an order in plain words, reads it back and publishes it', async () => {
  const page = await officer('anita');
  await page.goto('/office/orders/new');
  await page.fill('[name=number]', own.number);
  await page.fill('[name=orderDate]', `${year.to.slice(0, 4)}-01-16`);
  await page.fill('[name=issuer]', 'प्रमुख सचिव, समाज कल्याण');
  await page.fill('[name=titleHi]', own.title);
  await page.fill('[name=find]', 'समाज कल्याण विभाग');
  await press(page, 'कार्यालय खोजें');
  await page.locator('[name=office][value=SW]').check();
  await page.fill('[name=from]', year.from);
  await page.fill('[name=to]', year.to);
  await press(page, 'शर्त जोड़ें');
  await page.selectOption('[name="c.1.0.tag"]', 'ai');
  await assertSound(page);
  await press(page, /^आगे/);
  await sees(page, /समाज कल्याण विभाग के सभी कार्मिक.*कम से कम 3 कोर्स, जिनमें कम से कम 1 AI पर, पूरे करें।/);
  await sees(page, 'वर्ष में सात दिन का क्षमता-निर्माण कार्यक्रम');
  await assertSound(page);
  await follow(page, 'प्रकाशित करें');
  await press(page, 'आदेश लागू करें');
  const figures = await assertFigures(page, own.number);
  assert.deepEqual([figures['met'], figures['open']], [0, figures['bound']]);
});

test('the learner reads what is due, why and by when, and asks for more time, which the nodal officer grants', async () => {
  const phone = await learner('sunita');
  await phone.goto('/orders');
  await sees(phone, own.title);
  await sees(phone, /31 मार्च .* तक पूरा करें · \d+ दिन शेष/);
  await sees(phone, /समाज कल्याण विभाग · आपकी तैनाती: जिला समाज कल्याण कार्यालय, बाराबंकी/);
  await assertFits(phone);
  const seven = await plainOrder(world.runtime.db, sevenDays);
  await phone.goto(`/orders/${seven.mandateId}`);
  await sees(phone, /इसका शासनादेश नहीं मिला.*एक दिन 6 घंटे का, जिसमें 75% उपस्थिति/s);
  await follow(phone, /समय बढ़ाने/);
  await phone.fill('[name=until]', `${year.to.slice(0, 4)}-04-30`);
  await phone.fill('[name=reason]', 'निर्वाचन ड्यूटी');
  await press(phone, 'अनुरोध भेजें');
  await assertFits(phone);

  const page = await officer('anita');
  await page.goto('/office/decisions');
  await follow(page, /सुनीता वर्मा/);
  await page.locator('[name=decision][value=granted]').check();
  await page.fill('[name=reason]', 'ड्यूटी आदेश देखा');
  await press(page, /निर्णय/);
  await phone.goto(`/orders/${seven.mandateId}`);
  await sees(phone, /30 अप्रैल \d+ तक पूरा करें/);
});

test('who is reminded is seen before it is switched on; the learner finds the reminder at home', async () => {
  const page = await officer('anita');
  const { mandateId } = await plainOrder(world.runtime.db, own.number);
  await page.goto(`/office/orders/${mandateId}/reminders/preview`);
  await sees(page, /1 मार्च \d+/);
  await sees(page, 'सुनीता वर्मा');
  await assertFits(page);
  await send(page, page.locator('main form[action$="/activation"] button'));
  await sees(page, 'चालू');
  world.clock.set(`${year.to.slice(0, 4)}-03-01T06:00:00Z`);
  assert.equal(await runReminders(world.system), 'done');
  const phone = await learner('sunita');
  await phone.goto('/');
  await phone.locator('main a[href^="/reminders/"]').click();
  await sees(phone, own.title);
  await sees(phone, /31 मार्च \d+/);
});

test('courses done here and elsewhere and days at training count, for several orders at once', async () => {
  const lesson = { code: 'l1', kind: 'text', title: 'छोटा पाठ', body: 'पढ़िए।', minimumSeconds: 2 };
  await createCourse(
    world.system,
    courseInput.parse({ code: 'short', title: { hi: 'छोटा कोर्स' }, lessons: [lesson] }),
  );
  await publishCourse(world.system, 'short');
  const phone = await learner('sunita');
  await phone.goto('/courses/short');
  await send(phone, phone.locator('form[action$="/enrolment"] button'));
  await send(phone, phone.locator('main form[action$="/opening"] button').first());
  await send(phone, phone.locator('form[action$="/report"] button'));
  pass(60);
  await send(phone, phone.locator('form[action$="/report"] button'));
  await phone.goto('/orders');
  await sees(phone, '3 में से 1');

  const page = await officer('anita');
  const month = year.to.slice(0, 4);
  await bring(page, 'completions', [
    'employee_code,course_code,completed_on,source',
    `SW1001,ai-safe-office,${month}-02-20,iGOT`,
    `SW1001,cyber-hygiene,${month}-02-21,iGOT`,
  ]);
  await bring(page, 'attendance', attendance(['SW1001', 'SW1002'], 6));
  await bring(page, 'attendance', attendance(['SW1002'], 7));
  for (const number of orders) await assertFigures(page, number);
  await phone.goto('/orders');
  await sees(phone, /हर कार्मिक के लिए AI का परिचयपूर्ण/);
  await sees(phone, '7 में से 6');
});

/** Full days of training to the nth: in a hostel, then in a classroom, the last in two halves online. */
function attendance(codes: string[], nth: number): string[] {
  const head = 'session_code,programme,title,day,minutes,mode,employee_code,minutes_present,status';
  const day = (n: number) => `${year.to.slice(0, 4)}-02-${String(8 + n).padStart(2, '0')}`;
  const from = nth === 7 && codes.length === 1 && codes[0] === 'SW1001' ? 7 : 1;
  return [
    head,
    ...codes.flatMap((code) =>
      Array.from({ length: nth - from + 1 }, (_, at) => at + from).flatMap((n) =>
        (n < 7 ? ['a'] : ['a', 'b']).map((part) => {
          const minutes = n < 7 ? 360 : 180;
          const mode = n < 4 ? 'residential' : n < 7 ? 'classroom' : 'online';
          return `D${n}${part},P7,सात दिवसीय कार्यक्रम,${day(n)},${minutes},${mode},${code},${minutes - 40},present`;
        }),
      ),
    ),
  ];
}

/** What the worker does with the work that waits; other jobs, such as of pictures, take their time and are none of it. */
async function freezeAll(): Promise<void> {
  for (const job of await jobsOf(world.runtime.db.read, { officeIds: ['*'] }))
    if (job.state === 'waiting') await runStatements(world.system, job.jobId);
}

test('the year’s statement is frozen, contested, corrected and checked by anybody', async () => {
  world.clock.set(now());
  const page = await officer('anita');
  const desk = `/office/appraisal?year=${year.name}&office=SW`;
  await page.goto(desk);
  await press(page, /स्थिर/);
  await press(page, /हाँ, विवरण स्थिर/);
  await freezeAll();
  const phone = await learner('sunita');
  await phone.goto('/statement');
  await phone.locator('main a[href^="/statement/ST"]').first().click();
  await phone.waitForURL(/\/statement\/ST/);
  await sees(phone, 'छोटा कोर्स');
  const first = phone.url().split('/').at(-1) ?? '';
  const pdf = await phone.request.get(`/statements/${first}/pdf`);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
  await assertFits(phone);
  await phone.fill('[name=body]', 'सातवें दिन का ऑनलाइन सत्र नहीं गिना गया।');
  await press(phone, /आपत्ति/);
  await sees(phone, 'विवादित');

  world.clock.set(now());
  await bring(page, 'attendance', attendance(['SW1001'], 7));
  await page.goto('/office/appraisal/objections');
  await follow(page, /सुनीता वर्मा/);
  await page.selectOption('[name=verdict]', 'upheld');
  await page.fill('[name=reason]', 'संस्थान की उपस्थिति मिल गई');
  await press(page, /निर्णय/);
  await sees(page, 'जारी करने से पहले देखें');
  await press(page, /विवरण जारी करें/);
  await phone.reload();
  await phone.locator('main a[href^="/statement/ST"]').first().click();
  await phone.waitForURL((url) => !url.pathname.endsWith(first));
  const second = phone.url().split('/').at(-1) ?? '';
  assert.notEqual(second, first);
  await sees(phone, first);
  const anybody = await house.visit();
  await anybody.goto(`/statements/${first}`);
  await sees(anybody, second);
  await assertSound(anybody);
  for (const number of orders) await assertFigures(page, number);
  const { met, bound, overdue } = await assertFigures(page, sevenDays);
  assert.deepEqual([met, overdue], [2, (bound ?? 0) - 2], 'who has the seventh day met it in time');
});
