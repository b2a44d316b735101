import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import { officeSummary } from '../insight/index.ts';
import type { Ctx } from '../kernel/context.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { announceCampaign } from './announce-campaign.ts';
import { countCampaigns } from './count-campaigns.ts';
import { keepResults } from './keep-results.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { leagueView } from './league-view.ts';
import { readCampaign } from './policy.ts';
import { createCampaign } from './save-campaign.ts';
import { campaignInput } from './schema.ts';

// Office, the one above it, people, and the completions of each of the first so many of them.
const offices = [
  ['T', null, 0, 0, 0],
  ['T-A', 'T', 3, 10, 3],
  ['T-B', 'T', 50, 4, 50],
  ['T-C', 'T', 60, 2, 60],
  ['T-D', 'T', 0, 0, 0],
  ['T-D-1', 'T-D', 40, 2, 30],
  ['T-D-2', 'T-D', 40, 1, 3],
] as const;

const world = await openWorld();
after(() => world.close());
const ids = new Map<string, string>();

before(async () => {
  await world.runtime.db.transaction(async (tx) => {
    const paths = new Map<string, string[]>();
    for (const [code, above] of offices) {
      const id = newId();
      ids.set(code, id);
      paths.set(code, [...(paths.get(above ?? '') ?? []), id]);
      await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, path)
        values (${id}, ${code}, ${code}, ${code}, ${ids.get(above ?? '') ?? null}, 'office',
          ${paths.get(code)}::uuid[])`.execute(tx);
    }
    await sql`create temporary table filled (person_id uuid default gen_random_uuid(), office_id uuid, n integer,
      courses integer) on commit drop`.execute(tx);
    for (const [code, , people, courses, doing] of offices)
      await sql`insert into filled (office_id, n, courses) select ${ids.get(code)}, n,
        case when n <= ${doing}::integer then ${courses}::integer else 0 end
        from generate_series(1, ${people}::integer) n`.execute(tx);
    await changeFacts(tx, { table: 'filled' }, async () => {
      await sql`insert into person (person_id, name_en, account_day)
        select person_id, 'Person', '2026-01-01' from filled`.execute(tx);
      await sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary)
        select person_id, gen_random_uuid(), office_id, '2026-01-01', true from filled`.execute(tx);
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        select person_id, gen_random_uuid(), gen_random_uuid(), '2026-11-22', 'daksh', 30, office_id
        from filled cross join generate_series(1, courses)`.execute(tx);
    });
  });
  // One more at T-C like the others there, who is shown where his own office stands.
  const [imran, own] = [world.personId('imran'), ids.get('T-C')];
  await world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [imran] }, async () => {
      await sql`update posting set office_id = ${own} where person_id = ${imran}`.execute(tx);
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        select ${imran}, gen_random_uuid(), gen_random_uuid(), '2026-11-22', 'daksh', 30, ${own}
        from generate_series(1, 2)`.execute(tx);
    }),
  );
  const fields = { titleHi: 'सप्ताह', fromDay: '2026-11-22', toDay: '2026-11-28', hours: 1 };
  await createCampaign(world.system, campaignInput.parse({ ...fields, code: 'wk', officeCode: 'T' }));
  await announceCampaign(world.system, 'wk');
  await countCampaigns(world.runtime);
});

type Shown = Record<string, number | null>;

async function peopleInLeague(ctx: Ctx, office: string): Promise<Shown> {
  const league = await leagueView(ctx, await readCampaign(ctx, 'wk'), office);
  return Object.fromEntries([league.office, ...league.rows].map((row) => [row.code, row.people]));
}

async function completionsInLeague(ctx: Ctx, office: string): Promise<Shown> {
  const league = await leagueView(ctx, await readCampaign(ctx, 'wk'), office);
  return Object.fromEntries([league.office, ...league.rows].map((row) => [row.code, row.completions]));
}

test('the league hides what the summaries hide: neither gives away what the other keeps back', async () => {
  const ctx = world.as('kamla');
  const summary = await officeSummary(ctx, { code: 'T' });
  const league = await peopleInLeague(ctx, 'T');
  const known = summary.children.filter((line) => line.registered === null).map((line) => line.office.code);
  assert.ok(known.includes('T-A') && known.length > 1);
  for (const code of known) assert.equal(league[code], null, code);
});

test('where a figure of one is hidden nobody of its class has a place, and it is said', async () => {
  const placesFor = async (ctx: Ctx) => {
    const { rows } = await leagueView(ctx, await readCampaign(ctx, 'wk'), 'T');
    return rows.map(({ code, rank, unranked, minutes }) => [code, rank, unranked, minutes !== null]);
  };
  assert.deepEqual(await placesFor(world.system), [
    ...[
      ['T-B', 1, null, true],
      ['T-C', 2, null, true],
      ['T-D', 3, null, true],
    ],
    ['T-A', null, 'few', true],
  ]);
  assert.deepEqual(await placesFor(world.as('imran')), [
    ...[
      ['T-B', null, 'hidden', false],
      ['T-C', null, 'hidden', true],
      ['T-D', null, 'hidden', true],
    ],
    ['T-A', null, 'few', false],
  ]);
  const app = await world.app();
  const { headers } = await signedIn(world, 'imran');
  const get = async (url: string) => (await app.inject({ url, headers })).body;
  const why = /कुछ कार्यालयों के आँकड़े छिपाए गए हैं, इसलिए यहाँ किसी को स्थान नहीं दिया गया; क्रम कोड का है/;
  const page = await get('/campaigns/wk');
  assert.match(page, why);
  assert.match(page, /<b>आपका कार्यालय: T-C; प्रति कार्मिक 1 घंटा। 20 से 99 कार्मिक वाले कुछ कार्यालयों/);
  assert.doesNotMatch(page, />स्थान<|में स्थान \d/);
  const list = await get('/campaigns/wk/league?office=T&size=small');
  assert.match(list, why);
  assert.doesNotMatch(list, />स्थान</);
  const file = await get('/campaigns/wk/league.csv');
  assert.match(file, why);
  assert.match(file, /T-C,T-C,T-C,20 से 99 कार्मिक,,61,/);
});

test('whoever sees all but one below an office does not have that one by looking above it', async () => {
  const { actor, ...rest } = world.as('kamla');
  assert.ok(actor.kind === 'person');
  const grants = [{ role: 'nodal', scopeId: ids.get('T-D-1') ?? '' }];
  const ctx: Ctx = { ...rest, actor: { ...actor, grants } };
  const inside = await completionsInLeague(ctx, 'T-D');
  assert.deepEqual(inside, { 'T-D': null, 'T-D-1': 60, 'T-D-2': null });
  const above = await completionsInLeague(ctx, 'T');
  assert.equal(above['T-D'], null);
  // Neither may it be what the office at the top has less the others.
  const hidden = Object.entries(above).filter(([, count]) => count === null);
  assert.ok(hidden.length > 1, JSON.stringify(above));
  assert.deepEqual(await completionsInLeague(world.as('kamla'), 'T-D'), {
    ...{ 'T-D': 63, 'T-D-1': null, 'T-D-2': null },
  });
});

test('what the people view hides of an office of a few people, the activity view hides too', async () => {
  const ctx = world.as('kamla');
  for (const code of ['T', 'T-A']) {
    const summary = await officeSummary(ctx, { code, view: 'activity' });
    const small = [summary, ...summary.children].find(({ office }) => office.code === 'T-A');
    assert.deepEqual([small?.completions, small?.learningMinutes], [null, null], code);
    assert.ok(small?.masked.includes('completions'));
  }
});

test('a kept result is shown as it stood, though its offices stand elsewhere since', async () => {
  world.clock.set('2026-11-29T06:00:00Z');
  const before = await completionsInLeague(world.as('kamla'), 'T');
  await keepResults(world.runtime);
  const kept = await completionsInLeague(world.as('kamla'), 'T');
  assert.deepEqual(kept, before);
  assert.equal(kept['T-A'], null);
  assert.ok(Object.values(kept).filter((count) => count === null).length > 1);
  await sql`update office set parent_id = ${world.officeId('HF')}, path = array[${world.officeId('UP')},
    ${world.officeId('HF')}, office_id]::uuid[] where code = 'T-A'`.execute(world.runtime.db.read);
  forgetKept(world.runtime.db);
  assert.deepEqual(await completionsInLeague(world.as('kamla'), 'T'), kept);
  assert.deepEqual(await completionsInLeague(world.as('kamla'), 'T-A'), { 'T-A': null });
  // Who is over it now sees it exactly.
  const { actor, ...rest } = world.as('kamla');
  assert.ok(actor.kind === 'person');
  const grants = [{ role: 'nodal', scopeId: world.officeId('HF') }];
  assert.deepEqual(await completionsInLeague({ ...rest, actor: { ...actor, grants } }, 'T-A'), { 'T-A': 30 });
});
