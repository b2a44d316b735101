import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { signedIn } from '../../../test/signed-in.ts';
import { openWorld, type World } from '../../../test/world.ts';
import type { App } from '../../kernel/feature.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { renderCertificate } from '../render-certificate.ts';
import { replaceCertificate } from '../replace-certificate.ts';
import { certificateByNumber } from '../store.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';
import { testPng } from '../test-png.ts';
import { verifyCertificate } from '../verify-certificate.ts';
import { endTemplate, officeTemplates, putTemplateIntoForce, saveTemplateDraft } from './change-template.ts';
import { type Look, plainLook } from './look.ts';
import { readPng } from './read-png.ts';

let world: World;
let app: App;

before(async () => {
  world = await openWorld();
  app = await world.app();
});
after(() => world.close());

const logo = readPng('logo', testPng(120, 80));

const look: Look = {
  ...plainLook,
  third: 'ur',
  issuer: { hi: 'राज्य समाज कल्याण प्रशिक्षण केन्द्र', en: 'State Social Welfare Training Centre' },
  issuerThird: 'محکمہ سماجی بہبود',
  title: { hi: 'प्रशिक्षण प्रमाणपत्र', en: 'Certificate of training' },
  logo: logo.sha256,
  signatories: [
    {
      name: { hi: 'अनीता सिंह', en: 'Anita Singh' },
      designation: { hi: 'उप निदेशक', en: 'Deputy Director' },
      picture: logo.sha256,
    },
    {
      name: { hi: 'विजय प्रताप', en: 'Vijay Pratap' },
      designation: { hi: 'प्रमुख सचिव', en: null },
      picture: null,
    },
  ],
};

test('a draft issues nothing; in force, certificates carry it, and keep it when it ends', async () => {
  const anita = world.as('anita');
  await saveTemplateDraft(anita, { officeCode: 'SW', look, pictures: [logo] });
  assert.equal((await issued('sunita')).templateId, null);
  await putTemplateIntoForce(anita, 'SW');
  const before = await issued('sunita');
  assert.ok(before.templateId);
  assert.deepEqual(before.content.issuer.department, look.issuer);
  const pdf = await renderCertificate(world.system, before);
  assert.match(pdf.toString('latin1'), /Nastaliq/);
  await endTemplate(anita, { officeCode: 'SW', what: 'in_force' });
  assert.ok((await renderCertificate(world.system, before)).equals(pdf), 'drawn as it was issued');
  assert.equal((await issued('sunita')).templateId, null);
  const newNo = await replaceCertificate(anita, {
    certificateNo: before.certificateNo,
    reason: 'नाम ठीक किया',
  });
  assert.equal((await certificateByNumber(world.system.db.read, newNo))?.templateId, before.templateId);
});

test('an office without a template uses the nearest above; its own comes before', async () => {
  const anita = world.as('anita');
  await saveTemplateDraft(anita, { officeCode: 'SW', look, pictures: [logo] });
  await putTemplateIntoForce(anita, 'SW');
  const ramesh = world.as('ramesh');
  const { inForce } = await officeTemplates(ramesh, 'SW-BBK');
  assert.deepEqual(inForce?.look.title, look.title);
  const own = { ...plainLook, languages: 'hi' as const };
  await saveTemplateDraft(ramesh, { officeCode: 'SW-BBK', look: own, pictures: [] });
  await putTemplateIntoForce(ramesh, 'SW-BBK');
  const certificate = await issued('imran', 'SW-BBK-SCH');
  assert.notEqual(certificate.templateId, inForce?.templateId);
  assert.equal(certificate.content.issuer.department?.hi, 'जिला समाज कल्याण कार्यालय, बाराबंकी');
  assert.equal((await verifyCertificate(world.system, certificate.certificateNo)).state, 'valid');
});

test('two drafts put into force at once leave one in force', async () => {
  const cmo = world.as('cmo');
  await saveTemplateDraft(cmo, { officeCode: 'HF-BBK', look: plainLook, pictures: [] });
  const done = await Promise.allSettled([1, 2, 3].map(() => putTemplateIntoForce(cmo, 'HF-BBK')));
  assert.equal(done.filter((one) => one.status === 'fulfilled').length, 1);
});

test('an office beyond one’s own is not found, and learners have no right', async () => {
  await assert.rejects(saveTemplateDraft(world.as('ramesh'), { officeCode: 'SW', look, pictures: [] }), {
    code: 'not_found',
  });
  await assert.rejects(putTemplateIntoForce(world.as('sunita'), 'SW'), { code: 'forbidden' });
});

test('what is no PNG, too large or cannot be printed is refused', async () => {
  for (const wrong of [Buffer.from('GIF89a'.repeat(20)), testPng(2500, 10), Buffer.alloc(400_000)])
    assert.throws(() => readPng('logo', wrong), { code: 'invalid' });
  const broken = readPng('logo', testPng(50, 50).subarray(0, 60));
  const input = { officeCode: 'SW', look: { ...plainLook, logo: broken.sha256 }, pictures: [broken] };
  await assert.rejects(saveTemplateDraft(world.as('anita'), input), { code: 'invalid' });
});

test('the pages lead from the office to a draft with a logo, its sample, and into force', async () => {
  const { headers, csrf } = await signedIn(world, 'anita');
  const list = await app.inject({ url: '/office/certificate-templates?officeQuery=SW-JHS', headers });
  assert.equal(list.headers.location, '/office/certificate-templates/SW-JHS');
  for (const page of ['certificate-templates', 'certificate-batches']) {
    const none = await app.inject({ url: `/office/${page}?officeQuery=NOWHERE`, headers });
    assert.equal(none.statusCode, 422, 'an office that is not found is said to be none');
    assert.match(none.body, /id="officeCode-error"[\s\S]*NOWHERE/);
  }
  const address = '/office/certificate-templates/SW-JHS';
  assert.match((await app.inject({ url: `${address}/draft`, headers })).body, /multipart\/form-data/);
  const sent = await app.inject({
    method: 'POST',
    url: `${address}/draft?_csrf=${csrf}`,
    ...multipart(headers, testPng(60, 60)),
  });
  assert.deepEqual([sent.statusCode, sent.headers.location], [303, address]);
  const page = await app.inject({ url: address, headers });
  assert.match(page.body, /झाँसी प्रशिक्षण केन्द्र/);
  const sample = await app.inject({ url: `${address}/draft.pdf`, headers });
  assert.equal(sample.rawPayload.subarray(0, 5).toString(), '%PDF-');
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };
  const payload = new URLSearchParams({ _csrf: csrf }).toString();
  const used = await app.inject({ method: 'POST', url: `${address}/publication`, headers: form, payload });
  assert.equal(used.statusCode, 303);
  const again = await app.inject({ method: 'POST', url: `${address}/publication`, headers: form, payload });
  assert.equal(again.statusCode, 409);
});

test('a picture that is none brings the form back with what was typed', async () => {
  const { headers, csrf } = await signedIn(world, 'anita');
  const url = `/office/certificate-templates/SW-DIR/draft?_csrf=${csrf}`;
  const sent = await app.inject({
    method: 'POST',
    url,
    ...multipart(headers, Buffer.from('no picture'.repeat(10))),
  });
  assert.equal(sent.statusCode, 422);
  assert.match(sent.body, /PNG चित्र चुनें/);
});

function multipart(headers: Record<string, string>, png: Buffer) {
  const edge = 'edge';
  const field = (name: string, value: string) =>
    Buffer.from(`--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`);
  const file = Buffer.from(
    `--${edge}\r\ncontent-disposition: form-data; name="logo"; filename="l.png"\r\ncontent-type: image/png\r\n\r\n`,
  );
  const payload = Buffer.concat([
    field('issuerHi', 'झाँसी प्रशिक्षण केन्द्र'),
    field('languages', 'both'),
    field('third', 'ta'),
    file,
    png,
    Buffer.from(`\r\n--${edge}--\r\n`),
  ]);
  return { headers: { ...headers, 'content-type': `multipart/form-data; boundary=${edge}` }, payload };
}

let courses = 0;

async function issued(who: string, office?: string) {
  courses += 1;
  const courseId = await insertCourse(world, {
    code: `T-${courses}`,
    hi: 'साइबर स्वच्छता',
    en: 'Cyber hygiene',
  });
  const completion = await insertCompletion(world, who, { courseId, office });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  const certificate = await certificateByNumber(
    world.system.db.read,
    numbers.get(completion.completionId) ?? '',
  );
  assert.ok(certificate);
  return certificate;
}
