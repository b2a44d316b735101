import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { courseByCode } from '../catalogue/index.ts';
import { declareCompetency } from './passbook/declare-competency.ts';
import { mergeDeclarations } from './passbook/merge-declarations.ts';
import { ownPassbook } from './passbook/passbook-view.ts';

const world = await openWorld();
const app = await world.app();
after(() => world.close());
const author = await signedIn(world, 'author');
const operator = await signedIn(world, 'operator');
const learner = await signedIn(world, 'sunita');

type Who = { cookie: string; csrf: string };

async function open(url: string, who: Who) {
  const answer = await app.inject({ url, headers: { cookie: who.cookie } });
  return { status: answer.statusCode, html: answer.body };
}

async function send(url: string, who: Who, fields: Record<string, string>) {
  const answer = await app.inject({
    method: 'POST',
    url,
    headers: { cookie: who.cookie, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: who.csrf, ...fields }).toString(),
  });
  return { status: answer.statusCode, html: answer.body };
}

test('an author chooses competencies by list or by name, and a name that is unknown comes back in the form', async () => {
  const course = { code: 'skills', titleHi: 'दक्षता का कोर्स', language: 'hi' };
  const chosen = { 'competency.digital-fluency': 'digital-fluency:2', 'competency.communication': '' };
  const wrong = await send('/office/courses', author, { ...course, ...chosen, competencies: 'जादू' });
  assert.equal(wrong.status, 422);
  assert.match(wrong.html, /दक्षता-कोश में यह दक्षता या स्तर/);
  assert.match(wrong.html, /value="digital-fluency:2" selected|selected value="digital-fluency:2"/);
  const right = await send('/office/courses', author, {
    ...course,
    ...chosen,
    competencies: 'शिकायत निवारण:3',
  });
  assert.equal(right.status, 303, right.html);
  const made = await courseByCode(world.runtime.db, 'skills');
  assert.deepEqual(made?.competencies, ['digital-fluency:2', 'grievance-redressal:3']);
});

test('an editor changes an entry, sees it in the history, and a stale form is refused', async () => {
  const url = '/office/competencies/communication';
  const fields = {
    revision: '1',
    kind: 'behavioural_core',
    nameHi: 'संवाद',
    nameEn: 'Communication',
    subThemes: 'ध्यान से सुनना | active listening',
    level1Hi: 'अपनी बात साफ़ कहते हैं।',
    ordinal: '४०',
  };
  assert.equal((await send(url, operator, fields)).status, 303);
  const { html } = await open(url, operator);
  assert.match(html, /संप्रेषण → संवाद/);
  assert.equal((await send(url, operator, { ...fields, nameHi: 'बातचीत' })).status, 409);
  assert.equal((await send(url, author, fields)).status, 403);
  assert.equal((await send(url, operator, { ...fields, revision: '2', nameHi: 'सहयोग' })).status, 422);
  const shown = await open('/competencies/communication', learner);
  assert.match(shown.html, /अपनी बात साफ़ कहते हैं/);
});

test('a statement without a ground is refused in the form; a good one stands in the passbook', async () => {
  const url = '/passbook/declarations';
  const bare = await send(url, learner, { competency: 'communication', level: '3', note: 'हाँ' });
  assert.equal(bare.status, 422);
  assert.match(bare.html, /कम से कम 10 अक्षर/);
  const good = { competency: 'communication', level: '3', note: 'दो वर्ष से जन-सुनवाई में' };
  assert.equal((await send(url, learner, good)).status, 303);
  const { html } = await open('/passbook', learner);
  assert.match(html, /स्वयं घोषित/);
  assert.ok(Buffer.byteLength(html) < 40_000);
});

test('statements of a merged record stand with the survivor, who keeps his own where both made one', async () => {
  const note = 'इसी कार्य का पुराना अनुभव है';
  await declareCompetency(world.as('imran'), { competency: 'communication', level: 5, note });
  await declareCompetency(world.as('imran'), { competency: 'collaboration', level: 2, note });
  const pair = { survivorId: world.personId('sunita'), mergedId: world.personId('imran') };
  assert.deepEqual(
    (await mergeDeclarations.preview(world.system, pair)).map((effect) => effect.count),
    [2],
  );
  await world.runtime.db.transaction((tx) => mergeDeclarations.move(tx, world.system, pair));
  const { entries } = await ownPassbook(world.as('sunita'));
  assert.deepEqual(
    entries.map(({ competency, level }) => [competency.key, level]),
    [
      ['communication', 3],
      ['collaboration', 2],
    ],
  );
  assert.deepEqual((await ownPassbook(world.as('imran'))).entries, []);
});
