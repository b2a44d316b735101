import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { openWorld, type World } from '../../../test/world.ts';
import type { App } from '../../kernel/feature.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { revokeCertificate } from '../revoke-certificate.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';

const apiKey = 'a-key-that-digilocker-gave-us';
let world: World;
let app: App;
let number: string;

before(async () => {
  world = await openWorld();
  world.runtime.config.digilocker = {
    orgId: 'in.gov.up',
    apiKey,
    issuerId: 'in.gov.up.daksh',
    docType: 'TRCER',
  };
  app = await world.app();
  const courseId = await insertCourse(world, { code: 'DL', hi: 'साइबर <स्वच्छता>', en: null });
  const completion = await insertCompletion(world, 'sunita', { courseId });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  number = numbers.get(completion.completionId) ?? '';
});
after(() => world.close());

test('by number and name the URI comes, and by the URI the document', async () => {
  const uri = await send(
    'pull-uri',
    request('PullURIRequest', `<FullName>Sunita Verma</FullName><UDF1>${number}</UDF1>`),
  );
  assert.equal(uri.statusCode, 200);
  assert.match(uri.body, /<ResponseStatus Status="1"/);
  const address = /<URI>(.*?)<\/URI>/.exec(uri.body)?.[1] ?? '';
  assert.equal(address, `in.gov.up.daksh-TRCER-${number.replaceAll('-', '')}`);
  const document = await send(
    'pull-doc',
    request('PullDocRequest', `<URI>${address}</URI><FullName>सुनीता वर्मा</FullName>`),
  );
  const pdf = Buffer.from(/<DocContent>(.*?)<\/DocContent>/.exec(document.body)?.[1] ?? '', 'base64');
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
  const data = Buffer.from(
    /<DataContent>(.*?)<\/DataContent>/.exec(document.body)?.[1] ?? '',
    'base64',
  ).toString();
  assert.match(data, /<CourseHindi>साइबर &lt;स्वच्छता&gt;<\/CourseHindi>/);
});

test('a wrong, missing or cut HMAC is refused, and so is a request sent again or late', async () => {
  const body = request('PullURIRequest', `<FullName>Sunita Verma</FullName><UDF1>${number}</UDF1>`);
  for (const hmac of ['', 'AAAA', sign(body, 'another key'), sign(`${body} `), sign(body).slice(0, 20)])
    assert.equal((await send('pull-uri', body, hmac)).statusCode, 401, hmac);
  assert.equal((await send('pull-uri', body)).statusCode, 200);
  const again = await send('pull-uri', body);
  assert.deepEqual([again.statusCode, again.json().code], [409, 'request_replayed']);
  const late = request('PullURIRequest', '<UDF1>x</UDF1>', '2026-11-22T05:40:00Z');
  assert.equal((await send('pull-uri', late)).json().code, 'request_stale');
});

test('another person’s name, a number never issued and a revoked certificate give status 0 and no document', async () => {
  const ask = async (fields: string) => (await send('pull-uri', request('PullURIRequest', fields))).body;
  for (const fields of [
    `<FullName>Imran Khan</FullName><UDF1>${number}</UDF1>`,
    `<UDF1>${number}</UDF1>`,
    '<FullName>Sunita Verma</FullName><UDF1>DK26-0000-0000-0000</UDF1>',
  ]) {
    const answer = await ask(fields);
    assert.match(answer, /Status="0"/);
    assert.ok(!answer.includes('DocContent'));
  }
  await revokeCertificate(world.as('anita'), { certificateNo: number, reason: 'किसी कारण से' });
  assert.match(await ask(`<FullName>Sunita Verma</FullName><UDF1>${number}</UDF1>`), /Status="0"/);
});

test('of two certificates of one person each number and URI gives its own', async () => {
  const issue = async (code: string, hi: string) => {
    const courseId = await insertCourse(world, { code, hi, en: null });
    const completion = await insertCompletion(world, 'imran', { courseId });
    const numbers = await world.runtime.db.transaction((tx) =>
      issueCertificates(tx, world.system, [completion]),
    );
    return numbers.get(completion.completionId) ?? '';
  };
  const numbers = [await issue('DL-1', 'पहला'), await issue('DL-2', 'दूसरा')];
  for (const [at, no] of numbers.entries()) {
    const fields = `<FullName>Imran Khan</FullName><UDF1>${no}</UDF1>`;
    const found = await send('pull-uri', request('PullURIRequest', fields));
    const address = /<URI>(.*?)<\/URI>/.exec(found.body)?.[1] ?? '';
    assert.ok(address.endsWith(no.replaceAll('-', '')));
    const asked = `<URI>${address}</URI><FullName>Imran Khan</FullName>`;
    const document = (await send('pull-doc', request('PullDocRequest', asked))).body;
    const data = Buffer.from(
      /<DataContent>(.*?)<\/DataContent>/.exec(document)?.[1] ?? '',
      'base64',
    ).toString();
    assert.ok(data.includes(`<CourseCode>DL-${at + 1}</CourseCode>`), data);
    assert.ok(data.includes(`<Number>${no}</Number>`));
  }
});

test('a time that is none, or from the future, is refused like one that is late', async () => {
  for (const ts of ['', 'yesterday', '2026-11-22T11:45:00+05:30'])
    assert.equal(
      (await send('pull-uri', request('PullURIRequest', '<UDF1>x</UDF1>', ts))).statusCode,
      409,
      ts,
    );
});

test('XML with a document type, too deep, too large or broken is refused, though rightly signed', async () => {
  const bomb = '<!DOCTYPE b [<!ENTITY a "aaaa"><!ENTITY c "&a;&a;&a;">]>';
  const good = request('PullURIRequest', '<UDF1>&c;</UDF1>');
  const wrong = [
    good.replace('<PullURIRequest', `${bomb}<PullURIRequest`),
    good,
    request('PullURIRequest', '<a>'.repeat(50) + '</a>'.repeat(50)),
    '<PullURIRequest',
    request('PullDocRequest', '<UDF1>x</UDF1>'),
  ];
  for (const body of wrong) assert.equal((await send('pull-uri', body)).statusCode, 400, body.slice(0, 60));
  assert.equal((await send('pull-uri', request('PullURIRequest', 'x'.repeat(30_000)))).statusCode, 413);
});

test('an installation that is not configured for DigiLocker has no such address', async () => {
  const { digilocker } = world.runtime.config;
  world.runtime.config.digilocker = undefined;
  assert.equal((await send('pull-uri', request('PullURIRequest', ''))).statusCode, 404);
  world.runtime.config.digilocker = digilocker;
});

let transactions = 0;

function request(root: string, fields: string, ts = '2026-11-22T11:28:00+05:30'): string {
  transactions += 1;
  return (
    `<?xml version="1.0" encoding="UTF-8"?><${root} xmlns:ns2="http://tempuri.org/" ver="3.0" ts="${ts}" ` +
    `txn="t-${transactions}" orgId="in.gov.up" format="both"><DocDetails>${fields}</DocDetails></${root}>`
  );
}

function sign(body: string, key = apiKey): string {
  return createHmac('sha256', key).update(body).digest('base64');
}

function send(path: string, body: string, hmac = sign(body)) {
  const headers = {
    'content-type': 'application/xml',
    'x-digilocker-hmac': hmac,
    accept: 'application/json',
  };
  return app.inject({ method: 'POST', url: `/digilocker/${path}`, headers, payload: body });
}
