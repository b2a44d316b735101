import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld } from '../../../test/world.ts';
import { saveRule } from '../rules/save-rule.ts';
import { ruleInput } from '../schema.ts';

const world = await openWorld();
after(() => world.close());
const app = await world.app();
const home = '/office/curriculum';

async function asking(key: string) {
  const { headers, csrf } = await signedIn(world, key);
  return {
    get: async (url: string, language = 'hi') =>
      app.inject({ url, headers: { ...headers, cookie: `${headers['cookie']}; language=${language}` } }),
    post: async (url: string, values: Record<string, string>) =>
      app.inject({
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({ ...values, _csrf: csrf }).toString(),
      }),
  };
}

test('a programme is written part by part, stopped by a blocking rule, and put in force once whole', async () => {
  const { get, post } = await asking('anita');
  await saveRule(
    world.as('anita'),
    ruleInput.parse({
      ...{ orderNumber: '1/2026', orderDate: '2026-01-16', issuer: 'मुख्य सचिव', titleHi: 'साइबर' },
      ...{
        officeCode: 'SW',
        kinds: 'programme',
        tags: 'cyber',
        enforcement: 'blocking',
        validFrom: '2026-06-01',
      },
    }),
  );
  const made = { officeCode: 'SW-BBK-SCH', code: 'P1', titleHi: 'पहला' };
  assert.equal((await post(`${home}/programmes`, { ...made, officeCode: 'NOWHERE' })).statusCode, 422);
  assert.equal((await post(`${home}/programmes`, made)).statusCode, 303);
  const taken = await post(`${home}/programmes`, made);
  assert.equal(taken.statusCode, 409);
  assert.match(taken.body, /value="SW-BBK-SCH"/);
  const one = `${home}/programmes/P1`;
  assert.equal((await post(`${one}/publication`, {})).statusCode, 422);
  assert.equal((await post(`${one}/parts`, { course: 'NONE' })).statusCode, 422);
  assert.match((await post(`${one}/parts`, { title: 'AI', hours: '-3' })).body, /0 से 10,000 तक/);
  assert.equal((await post(`${one}/parts`, { title: 'AI', tags: 'ai', hours: '1.5' })).statusCode, 303);
  const stopped = await post(`${one}/publication`, {});
  assert.equal(stopped.statusCode, 409);
  assert.match(stopped.body, /साइबर सुरक्षा \(आदेश 1\/2026\)/);
  await post(`${one}/parts`, { title: 'साइबर', tags: 'cyber', hours: '1' });
  await post(`${one}/parts/1/removal`, {});
  const asked = await post(`${one}/publication`, {});
  assert.equal(asked.statusCode, 200);
  assert.match(asked.body, /पाठ्यचर्या लागू करें\?/);
  assert.doesNotMatch((await get(one)).body, /लागू पाठ्यचर्या</);
  assert.equal((await post(`${one}/publication`, { sure: 'yes' })).statusCode, 303);
  assert.match((await get(one)).body, /आज के नियमों का हर भाग इसमें है/);
  assert.match((await get(home)).body, /नियम के दायरे के 1 में से 100\.0%/);
});

test('a plan is written line by line; its writer is told that somebody else approves it', async () => {
  const { get, post } = await asking('anita');
  assert.equal((await post(`${home}/plans`, { officeCode: 'SW', year: '2026-28' })).statusCode, 422);
  assert.equal((await post(`${home}/plans`, { officeCode: 'SW', year: '2026-27' })).statusCode, 303);
  const one = `${home}/plans/SW/2026-27`;
  const line = { programme: 'P1', quarter: '3', headcount: '40', owner: 'उप निदेशक', role: 'पर्यवेक्षक' };
  assert.equal((await post(`${one}/lines`, { ...line, headcount: '0' })).statusCode, 422);
  assert.equal((await post(`${one}/lines`, { ...line, ownerEn: 'Deputy Director' })).statusCode, 303);
  assert.match((await get(one, 'en')).body, /Deputy Director/);
  assert.match((await get(one)).body, /कोई दूसरा नोडल अधिकारी करेगा/);
  assert.equal((await post(`${one}/approval`, {})).statusCode, 409);
  assert.equal((await post(`${one}/lines`, { ...line, role: 'पर्यवेक्षकक' })).statusCode, 422);
  // Whoever only reads is told of the draft, and sees none of it nor of its forms.
  assert.match((await (await asking('secretary')).get(one)).body, /प्रारूप लिखा जा रहा है/);
  const leader = await asking('secretary');
  assert.doesNotMatch((await leader.get(one)).body, /पर्यवेक्षक|\/lines/);
  assert.equal((await (await asking('cmo')).get(one)).statusCode, 404);
  assert.equal((await (await asking('sunita')).get(one)).statusCode, 403);
});

test('a rule is entered in two steps: first what it would find, topics without a course named', async () => {
  const { get, post } = await asking('anita');
  const rule = {
    orderNumber: '9/2026',
    orderDate: '2026-11-20',
    issuer: 'शासन',
    titleHi: 'नया',
    officeCode: 'SW',
  };
  const form = { ...rule, kinds: 'programme', enforcement: 'blocking', validFrom: '2026-11-22' };
  assert.equal((await post(`${home}/rules`, form)).statusCode, 422);
  const doubts = { 'doubts.0.hi': 'प्रति नहीं देखी गई', 'doubts.0.en': 'The order was not seen' };
  const sent = { ...form, ...doubts, tags: 'cyber', otherTags: 'wellbing' };
  const tooLong = await post(`${home}/rules`, { ...sent, 'doubts.0.en': 'x'.repeat(501) });
  assert.match(tooLong.body, /href="#doubts\.0\.en"/);
  const shown = await post(`${home}/rules`, sent);
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /wellbing।/);
  assert.match(shown.body, /दायरे में 1; इनमें 1 में/);
  assert.doesNotMatch((await get(`${home}/rules`)).body, /9\/2026/);
  assert.match((await post(`${home}/rules`, { ...sent, sure: 'back' })).body, /value="9\/2026"/);
  assert.equal(
    (await post(`${home}/rules`, { ...form, ...doubts, tags: 'cyber', sure: 'yes' })).statusCode,
    303,
  );
  assert.match((await get(`${home}/rules`)).body, /9\/2026[\s\S]*प्रति नहीं देखी गई/);
});

test('the list of what fails goes out as a file with its reasons', async () => {
  const { get } = await asking('anita');
  const file = await get(`${home}/failing.csv?office=SW`);
  assert.match(String(file.headers['content-disposition']), /curriculum-SW-2026-11-22\.csv/);
  assert.match(file.body, /^\ufeffप्रकार,कोड,नाम/);
  assert.equal((await get(`${home}/stale.csv`)).statusCode, 200);
});

test('an office is asked for by code or by its name, and what is not among one’s own is said', async () => {
  const { get } = await asking('anita');
  assert.equal((await get(`${home}?office=SW-BBK-SCH`)).statusCode, 200);
  assert.equal(
    (await get(`${home}?${new URLSearchParams({ office: 'समाज कल्याण निदेशालय' })}`)).statusCode,
    200,
  );
  const wrong = await get(`${home}?office=ZZZ`);
  assert.equal(wrong.statusCode, 404);
  assert.match(wrong.body, /ऐसा कोई कार्यालय नहीं है: ZZZ/);
  assert.match(
    wrong.body,
    /id="office"[^>]*value="ZZZ"|value="ZZZ"[^>]*id="office"/,
    'what was typed is kept',
  );
  for (const url of [
    `${home}/failing?kind=plan&office=ZZZ`,
    '/office/appraisal?q=राम&office=ZZZ',
    '/office/appraisal/promotion?office=ZZZ',
  ]) {
    const page = await get(encodeURI(url));
    assert.equal(page.statusCode, 404, url);
    assert.match(page.body, /class="error-summary"[\s\S]*href="#office"/, url);
    assert.match(page.body, /value="ZZZ"/, url);
  }
  assert.match((await get(encodeURI('/office/appraisal?q=राम&office=ZZZ'))).body, /name="q" value="राम"/);
  assert.equal((await get(`${home}/failing.csv?office=ZZZ`)).statusCode, 404);
});

test('a day to come is said to be today, and what is no day comes back beside its field', async () => {
  const { get } = await asking('anita');
  const ahead = /आगे की तिथि के आँकड़े नहीं होते/;
  for (const page of ['', '/failing', '/stale']) {
    const at = (asOf: string) => get(`${home}${page}?office=SW&asOf=${asOf}`);
    assert.match((await at('2031-01-01')).body, ahead, page);
    for (const day of ['', '2026-11-01', '01-11-2026']) {
      const { statusCode, body } = await at(day);
      assert.equal(statusCode, 200, page + day);
      assert.doesNotMatch(body, ahead, page + day);
    }
    const wrong = await at('31-02-2026');
    assert.equal(wrong.statusCode, 422, page);
    assert.match(wrong.body, /href="#asOf"/);
    assert.match(wrong.body, /id="asOf-error"[^>]*>[\s\S]*31-02-2026/);
  }
  for (const file of ['/failing.csv?kind=none', '/failing.csv?asOf=31-02-2026', '/stale.csv?asOf=31-02-2026'])
    assert.equal((await get(`${home}${file}`)).statusCode, 422, file);
});
