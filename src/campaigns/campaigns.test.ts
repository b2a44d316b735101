import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as rest } from 'node:timers/promises';
import { sql } from 'kysely';
import { openWorld } from '../../test/world.ts';
import { reconcileCounters } from '../insight/index.ts';
import type { Refusal } from '../kernel/errors.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { announceCampaign } from './announce-campaign.ts';
import { cancelCampaign } from './cancel-campaign.ts';
import { countCampaigns } from './count-campaigns.ts';
import { foldAllMet } from './keep-folding-met.ts';
import { keepResults } from './keep-results.ts';
import { forgetKept } from './kept-for-a-second.ts';
import { leagueView } from './league-view.ts';
import { ownCampaigns } from './own-campaigns.ts';
import { readCampaign } from './policy.ts';
import { createCampaign, editCampaign } from './save-campaign.ts';
import { campaignInput } from './schema.ts';
import { daysLeft, sizeClassOf, stateOf } from './state.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;

const input = (more: Record<string, unknown> = {}) =>
  campaignInput.parse({
    ...{ code: 'week-1', titleHi: 'सीखने का सप्ताह', titleEn: 'Learning week', officeCode: 'SW' },
    ...{ fromDay: '2026-11-22', toDay: '2026-11-28', hours: '1.5', tags: ['ai', 'cyber'], ...more },
  });

/** As learning does it: decided now, frozen to where the person is posted. */
async function complete(key: string, { minutes, day }: { minutes: number; day: string }): Promise<string> {
  const personId = world.personId(key);
  const completionId = newId();
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [personId], hint: { kind: 'completed', completionIds: [completionId] } }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
        select ${personId}, ${completionId}, ${newId()}, ${day}, ${new Date()}, 'daksh', ${minutes}, office_id
        from posting where person_id = ${personId} limit 1`.execute(tx),
    ),
  );
  return completionId;
}

before(async () => {
  // An office of the smallest size that is ranked, below the department.
  await db.transaction(async (tx) => {
    await sql`create temporary table filled on commit drop as
      select gen_random_uuid() as person_id from generate_series(1, 24)`.execute(tx);
    await changeFacts(tx, { table: 'filled' }, async () => {
      await sql`insert into person (person_id, name_en, account_day)
        select person_id, 'Person', '2026-01-01' from filled`.execute(tx);
      await sql`insert into posting (person_id, posting_id, office_id, starts_on, is_primary)
        select person_id, gen_random_uuid(), ${world.officeId('SW-JHS')}, '2026-01-01', true from filled`.execute(
        tx,
      );
    });
  });
});

test('a week is entered and announced for one’s own offices, by a nodal officer or the operator', async () => {
  assert.equal(await createCampaign(world.as('anita'), input()), 'week-1');
  await assert.rejects(createCampaign(world.as('anita'), input()), { code: 'invalid' });
  await assert.rejects(createCampaign(world.as('anita'), input({ code: 'other', officeCode: 'HF' })), {
    code: 'invalid',
  });
  await assert.rejects(createCampaign(world.as('sunita'), input({ code: 'other' })), { code: 'forbidden' });
  await assert.rejects(createCampaign(world.as('secretary'), input({ code: 'other' })), {
    code: 'forbidden',
  });
  // A draft is nobody's business but theirs.
  await assert.rejects(readCampaign(world.as('sunita'), 'week-1'), { code: 'not_found' });
  await assert.rejects(announceCampaign(world.as('cmo'), 'week-1'), { code: 'not_found' });
  await editCampaign(world.as('operator'), 'week-1', input({ hours: 2 }));
  const told = await sql<{ detail: unknown }>`select detail from audit_event
    where action = 'campaign.edited'`.execute(db.read);
  assert.partialDeepStrictEqual(told.rows[0]?.detail, {
    ...{ titleHi: 'सीखने का सप्ताह', minutes: 120, topics: ['ai', 'cyber'] },
  });
  await announceCampaign(world.as('anita'), 'week-1');
  assert.equal((await readCampaign(world.as('sunita'), 'WEEK-1')).targetMinutes, 120);
  await assert.rejects(editCampaign(world.as('anita'), 'week-1', input()), { code: 'conflict' });
  await assert.rejects(announceCampaign(world.as('anita'), 'week-1'), { code: 'conflict' });
  await countCampaigns(world.runtime);
});

test('completed courses of the days count for the person and, where he was posted, for the office', async () => {
  await complete('pushpa', { minutes: 60, day: '2026-11-21' });
  await complete('pushpa', { minutes: 60, day: '2026-11-22' });
  const [before] = await ownCampaigns(world.as('pushpa'), world.personId('pushpa'));
  assert.deepEqual([before?.minutes, before?.courses, before?.metOn], [60, 1, null]);
  const last = await complete('pushpa', { minutes: 60, day: '2026-11-28' });
  await complete('pushpa', { minutes: 600, day: '2026-11-29' });
  const [met] = await ownCampaigns(world.as('pushpa'), world.personId('pushpa'));
  assert.deepEqual([met?.minutes, met?.metOn], [120, '2026-11-28']);
  world.clock.set('2026-11-28T18:29:00Z');
  const campaign = await readCampaign(world.as('chief'), 'week-1');
  const league = await leagueView(world.as('chief'), campaign);
  const jhansi = league.rows.find((row) => row.code === 'SW-JHS');
  assert.deepEqual([jhansi?.people, jhansi?.minutes, jhansi?.met, jhansi?.rank], [25, 120, 1, null]);
  // A department of others sees the same figures masked: one person met it.
  const outside = await leagueView(world.as('kamla'), campaign);
  const seen = outside.rows.find((row) => row.code === 'SW-JHS');
  // Its people go along, or those of a small sister could be had by subtracting.
  assert.deepEqual([seen?.met, seen?.completions, seen?.people], [null, null, null]);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [world.personId('pushpa')] }, async () => {
      await sql`update completion set voided_at = now() where completion_id = ${last}`.execute(tx);
    }),
  );
  forgetKept(db);
  const [after] = await ownCampaigns(world.as('pushpa'), world.personId('pushpa'));
  assert.deepEqual([after?.minutes, after?.metOn], [60, null]);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('the result is kept as of the end, and what comes later is told apart', async () => {
  world.clock.set('2026-11-28T18:31:00Z');
  await keepResults(world.runtime);
  await complete('pushpa', { minutes: 60, day: '2026-11-27' });
  const campaign = await readCampaign(world.as('chief'), 'week-1');
  assert.ok(campaign.keptAt);
  const league = await leagueView(world.as('chief'), campaign);
  const jhansi = league.rows.find((row) => row.code === 'SW-JHS');
  assert.deepEqual(
    [jhansi?.minutes, jhansi?.met, jhansi?.later],
    [60, 0, { completions: 1, minutes: 60, met: 1 }],
  );
  await assert.rejects(sql`update campaign_result set met = 9`.execute(db.read), /never changed/);
});

test('who has a transfer in the week keeps his minutes; the offices keep what was done at them', async () => {
  world.clock.set('2026-12-01T06:00:00Z');
  await createCampaign(
    world.as('anita'),
    input({ code: 'week-2', fromDay: '2026-12-01', toDay: '2026-12-09', hours: 1 }),
  );
  await announceCampaign(world.as('anita'), 'week-2');
  await countCampaigns(world.runtime);
  await complete('sunita', { minutes: 40, day: '2026-12-01' });
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [world.personId('sunita')] }, async () => {
      await sql`update posting set office_id = ${world.officeId('SW-JHS')} where person_id = ${world.personId('sunita')}`.execute(
        tx,
      );
    }),
  );
  await complete('sunita', { minutes: 40, day: '2026-12-01' });
  const own = (await ownCampaigns(world.as('sunita'), world.personId('sunita'))).find(
    (one) => one.campaign.code === 'week-2',
  );
  assert.deepEqual([own?.minutes, own?.metOn], [80, '2026-12-01']);
  const league = await leagueView(world.system, await readCampaign(world.system, 'week-2'));
  const at = (code: string) => league.rows.find((row) => row.code === code);
  assert.deepEqual([at('SW-BBK')?.minutes, at('SW-BBK')?.met], [40, 0]);
  assert.deepEqual([at('SW-JHS')?.minutes, at('SW-JHS')?.met], [40, 1]);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('who entered a week cancels it with a reason; it then counts no more', async () => {
  await assert.rejects(cancelCampaign(world.as('cmo'), 'week-2', { reason: 'x' }), { code: 'not_found' });
  await cancelCampaign(world.as('operator'), 'week-2', { reason: 'चुनाव की तिथियाँ' });
  await assert.rejects(cancelCampaign(world.as('operator'), 'week-2', { reason: 'x' }), { code: 'conflict' });
  await assert.rejects(cancelCampaign(world.as('operator'), 'week-1', { reason: 'x' }), { code: 'conflict' });
  const own = await ownCampaigns(world.as('sunita'), world.personId('sunita'));
  assert.ok(!own.some((one) => one.campaign.code === 'week-2'));
});

test('who completes a course without having seen the announcement is counted all the same', async () => {
  const fields = { code: 'week-3', fromDay: '2026-12-01', toDay: '2026-12-09', hours: 1 };
  await createCampaign(world.as('anita'), input(fields));
  let isCounted = false;
  let counting: Promise<void> | undefined;
  const personId = world.personId('imran');
  await db.transaction(async (tx) => {
    const completionId = newId();
    const hint = { kind: 'completed', completionIds: [completionId] };
    await changeFacts(tx, { ids: [personId], hint }, () =>
      sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes, office_id)
        values (${personId}, ${completionId}, ${newId()}, '2026-12-01', 'daksh', 75, ${world.officeId('SW-BBK-SCH')})`.execute(
        tx,
      ),
    );
    await announceCampaign(world.as('anita'), 'week-3');
    counting = countCampaigns(world.runtime).then(() => {
      isCounted = true;
    });
    await rest(500);
    assert.equal(isCounted, false);
  });
  await counting;
  const own = await ownCampaigns(world.as('imran'), personId);
  assert.deepEqual(own.find((one) => one.campaign.code === 'week-3')?.metOn, '2026-12-01');
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('a transaction number of another server keeps no week waiting after a restore', async () => {
  await createCampaign(
    world.as('anita'),
    input({ code: 'week-x', fromDay: '2026-12-20', toDay: '2026-12-21' }),
  );
  await announceCampaign(world.as('anita'), 'week-x');
  await sql`update campaign set counting_behind = '9000000000', counted_at = null where code = 'week-x'`.execute(
    db.read,
  );
  await countCampaigns(world.runtime, 3000);
  const found = await sql`select 1 from campaign where code = 'week-x' and counted_at is not null`.execute(
    db.read,
  );
  assert.equal(found.rows.length, 1);
});

test('who waits to count a week says after a while which one, and since when a change is under way', async () => {
  await createCampaign(
    world.as('anita'),
    input({ code: 'week-y', fromDay: '2026-12-20', toDay: '2026-12-21' }),
  );
  await db.transaction(async (tx) => {
    await sql`select pg_current_xact_id()`.execute(tx);
    await announceCampaign(world.as('anita'), 'week-y');
    await assert.rejects(
      countCampaigns(world.runtime, 300),
      (error: Refusal) => error.reason === 'week_not_counted' && /week-y.*\d\d:\d\d/.test(error.text.en),
    );
  });
  await countCampaigns(world.runtime);
});

test('completions of many at once, with folding beside them, leave nothing uncounted', async () => {
  const keys = ['sunita', 'ramesh', 'anita', 'imran', 'pushpa'];
  let isDone = false;
  const folding = (async () => {
    while (!isDone) await foldAllMet(world.runtime);
  })();
  for (let round = 0; round < 4; round += 1)
    await Promise.all(keys.map((key) => complete(key, { minutes: 20, day: '2026-12-02' })));
  isDone = true;
  await folding;
  const league = await leagueView(world.system, await readCampaign(world.system, 'week-3'));
  assert.equal(league.office.met, keys.length);
  assert.deepEqual((await reconcileCounters(world.system)).differences, []);
});

test('before its first day a week has people and no figures, also on the eve', async () => {
  await createCampaign(
    world.as('anita'),
    input({ code: 'week-4', fromDay: '2026-12-02', toDay: '2026-12-03' }),
  );
  await announceCampaign(world.as('anita'), 'week-4');
  await countCampaigns(world.runtime);
  const { office } = await leagueView(world.system, await readCampaign(world.system, 'week-4'));
  assert.deepEqual([office.completions, office.minutes, office.met], [0, 0, 0]);
  assert.ok((office.people ?? 0) > 24);
  assert.throws(() => input({ code: 'new' }), /campaign_code_reserved/);
});

test('states and days left follow India’s days, sizes their bounds', () => {
  const week = { announcedAt: new Date(), cancelledAt: null, fromDay: '2026-12-01', toDay: '2026-12-09' };
  const at = (day: string) => [stateOf(week, day), daysLeft(week, day)];
  assert.deepEqual(at('2026-11-30'), ['announced', 1]);
  assert.deepEqual(at('2026-12-01'), ['running', 9]);
  assert.deepEqual(at('2026-12-09'), ['running', 1]);
  assert.deepEqual(at('2026-12-10'), ['ended', 0]);
  assert.equal(stateOf({ ...week, announcedAt: null }, '2026-12-01'), 'draft');
  assert.deepEqual([19, 20, 99, 100, 499, 500, 4999, 5000].map(sizeClassOf), [
    null,
    'small',
    'small',
    'medium',
    'medium',
    'large',
    'large',
    'largest',
  ]);
});
