import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { openWorld, type World } from '../../../test/world.ts';
import type { App } from '../../kernel/feature.ts';
import { issueCertificates } from '../issue-certificates.ts';
import { drawQr } from '../qr-code.ts';
import { qrText } from '../render-certificate.ts';
import { revokeCertificate } from '../revoke-certificate.ts';
import { certificateByNumber } from '../store.ts';
import { insertCompletion, insertCourse } from '../test-completion.ts';
import { checkText, type KeptData } from './check-text.ts';

let world: World;
let app: App;

before(async () => {
  world = await openWorld();
  app = await world.app();
});
after(() => world.close());

test('the text of a QR is checked by what a phone keeps, and says what is printed', async () => {
  const { certificate, text } = await issued();
  const verdict = await checkText(text, await kept());
  assert.deepEqual(verdict, {
    state: 'valid',
    facts: {
      certificateNo: certificate.certificateNo,
      name: 'सुनीता वर्मा',
      course: 'साइबर स्वच्छता',
      courseCode: certificate.content.course.code,
      completedDay: '2026-11-20',
      issuer: 'समाज कल्याण विभाग',
    },
  });
});

test('a certificate revoked later is withdrawn as soon as the phone has the newer list', async () => {
  const { certificate, text } = await issued();
  const before = await kept();
  await revokeCertificate(world.as('anita'), {
    certificateNo: certificate.certificateNo,
    reason: 'किसी कारण से',
  });
  world.clock.set('2026-11-22T06:10:00Z');
  assert.equal((await checkText(text, before)).state, 'valid');
  const now = await kept();
  assert.equal((await checkText(text, now)).state, 'withdrawn');
  assert.ok(now.asOf > before.asOf);
});

test('one changed character anywhere in the signed text is noticed', async () => {
  const { text } = await issued();
  const data = await kept();
  const start = text.indexOf('#') + 1;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: start, max: text.length - 3 }), async (at) => {
      const other = text[at] === 'A' ? 'B' : 'A';
      const changed = text.slice(0, at) + other + text.slice(at + 1);
      assert.ok(
        !['valid', 'withdrawn', 'unlisted'].includes((await checkText(changed, data)).state),
        changed,
      );
    }),
    { numRuns: 60 },
  );
});

test('another key, no code and a list that does not reach are told apart', async () => {
  const { text } = await issued();
  const data = await kept();
  assert.equal((await checkText(text, { ...data, keys: [] })).state, 'unknown-key');
  assert.equal((await checkText('DK26-7F3K-9Q2M-4TXC', data)).state, 'not-a-code');
  assert.equal((await checkText(text, { ...data, lists: [] })).state, 'unlisted');
});

test('the page, its worker and what it keeps are for everybody and name nobody', async () => {
  const page = await app.inject({ url: '/check' });
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /rel="manifest"/);
  assert.match(page.body, /<form[^>]*action="\/verify"/, 'without script the number is asked of the server');
  assert.ok(page.body.length < 40_000);
  const worker = await app.inject({ url: '/check/worker.js' });
  assert.equal(worker.headers['service-worker-allowed'], '/');
  const files: string[] = JSON.parse(/"files":(\[.*?\])/.exec(worker.body)?.[1] ?? '[]');
  for (const path of files.filter((one) => one.startsWith('/check')))
    assert.equal((await app.inject({ url: path })).statusCode, 200, path);
  const english = await app.inject({ url: '/check/en' });
  assert.match(english.body, /Check a certificate, also without a network/);
  assert.equal((await app.inject({ url: '/check/app.webmanifest' })).json().start_url, '/check');
});

let courses = 0;

async function issued() {
  courses += 1;
  const courseId = await insertCourse(world, { code: `O-${courses}`, hi: 'साइबर स्वच्छता', en: null });
  const completion = await insertCompletion(world, 'sunita', { courseId });
  const numbers = await world.runtime.db.transaction((tx) =>
    issueCertificates(tx, world.system, [completion]),
  );
  const certificate = await certificateByNumber(
    world.system.db.read,
    numbers.get(completion.completionId) ?? '',
  );
  assert.ok(certificate);
  const text = qrText(certificate, world.runtime.config);
  assert.ok(drawQr(text).version <= 18, 'coarse enough to print');
  return { certificate, text };
}

async function kept(): Promise<KeptData> {
  return (await app.inject({ url: '/check/data.json' })).json();
}
