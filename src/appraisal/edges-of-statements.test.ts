import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { signedIn } from '../../test/signed-in.ts';
import { openWorld } from '../../test/world.ts';
import type { Ctx } from '../kernel/context.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { draftMandate } from '../mandates/draft-mandate.ts';
import { commitMandate } from '../mandates/import-mandate.ts';
import { isRecounting, settleMandates } from '../mandates/index.ts';
import { askPublication, publishDraft } from '../mandates/publish-mandate.ts';
import { readOrder } from '../mandates/rules/order-file.ts';
import { recountAll } from '../mandates/settle.ts';
import { insertBuild, nextBuild } from '../mandates/stores/builds.ts';
import { orderByNumber } from '../mandates/stores/orders.ts';
import { trainingYear } from '../mandates/year.ts';
import { mergePersons } from '../people/desk/merge-persons.ts';
import { grantRole } from '../people/index.ts';
import { defaultCalendar } from './calendars/calendar.ts';
import { knownCalendars, stepsIn } from './calendars/reference.ts';
import { saveCalendar } from './calendars/save-calendar.ts';
import { readFeed } from './feed/read-feed.ts';
import { decideObjection } from './objections/decide-objection.ts';
import { raiseObjection, withdrawObjection } from './objections/raise-objection.ts';
import { noteText, sourceText } from './pages/calendar-words.ts';
import { buildContent } from './statements/build-content.ts';
import type { StatementContent } from './statements/content.ts';
import { gatherDrafts, gatherSettled, headerOf, statementMaker } from './statements/make-statements.ts';
import { previewStatement } from './statements/preview.ts';
import { checkStatement, readStatement } from './statements/read-statement.ts';
import { recomputeStatement } from './statements/recompute.ts';
import {
  askStatements,
  previewWork,
  runStatements,
  serveStatements,
  stopStatements,
} from './statements/run-job.ts';
import { statementJob } from './statements/statement-job.ts';
import { verifyStatements } from './statements/verify.ts';
import { jobsOf } from './stores/jobs.ts';
import { keepWords } from './stores/material.ts';
import { listObjections, objectionById } from './stores/objections.ts';
import { lockFreezes } from './stores/statements.ts';
import { officerIn } from './test-officer.ts';

const world = await openWorld();
const officer = officerIn(world);
const db = world.runtime.db.read;
after(() => world.close());

/** A role's token, behind which stands nobody. */
function token(office = 'SW'): Ctx {
  const grants = [{ role: 'appraisal', scopeId: world.officeId(office) }];
  return { ...officer(), actor: { kind: 'token', tokenId: newId(), grants } };
}

async function course(code: string): Promise<string> {
  const id = newId();
  await sql`insert into course (course_id, code, title_hi, state) values (${id}, ${code}, ${`कोर्स ${code}`}, 'published')`.execute(
    db,
  );
  return id;
}

function change(
  key: string,
  run: (personId: string, tx: Parameters<typeof changeFacts>[0]) => Promise<unknown>,
) {
  const personId = world.personId(key);
  return world.runtime.db.transaction((tx) =>
    changeFacts(tx, { ids: [personId] }, async () => void (await run(personId, tx))),
  );
}

function complete(key: string, courseId: string, day: string) {
  return change(key, (personId, tx) =>
    sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
      values (${personId}, ${newId()}, ${courseId}, ${day}, 'igot', 90)`.execute(tx),
  );
}

function claim(key: string, courseId: string, day: string) {
  return change(key, (personId, tx) =>
    sql`insert into claim (person_id, claim_id, course_title, provider, course_id, minutes, completed_on, state, decided_at)
      values (${personId}, ${newId()}, 'बाहर का कोर्स', 'iGOT', ${courseId}, 100, ${day}, 'accepted', now())`.execute(
      tx,
    ),
  );
}

async function attend(key: string, days: [string, number][], courseId: string | null = null) {
  for (const [day, minutes] of days)
    await change(key, async (personId, tx) => {
      const session = newId();
      await sql`insert into training_session (session_id, code, programme_code, title_hi, day, minutes, mode, course_id)
        values (${session}, ${session}, 'P', 'सत्र', ${day}, 360, 'classroom', ${courseId})`.execute(tx);
      await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
        values (${personId}, ${newId()}, ${session}, ${minutes}, 'present')`.execute(tx);
    });
}

async function move(key: string, from: string, office: string) {
  await change(key, async (personId, tx) => {
    await sql`update posting set ends_on = ${from}::date - 1 where person_id = ${personId} and ends_on is null`.execute(
      tx,
    );
    await sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, is_primary)
      values (${personId}, ${newId()}, ${world.officeId(office)}, 'regular', ${from}, true)`.execute(tx);
  });
}

async function order(
  number: string,
  window: Record<string, unknown>,
  condition: Record<string, unknown> = { courses: { atLeast: 1 } },
) {
  const head = { number, date: '2026-04-01', issuer: 'समाज कल्याण विभाग' };
  const rest = { title: { hi: number }, scope: { offices: ['SW'] }, condition };
  await commitMandate(world.system, readOrder({ order: head, ...rest, window }));
  await settleMandates(world.system);
}

async function freeze(year: string, officeCode: string, ctx = officer()) {
  const job = await askStatements(ctx, { kind: 'freeze', year, officeCode });
  await runStatements(ctx, job.jobId);
}

async function correct(year: string, officeCode: string, ctx = officer()): Promise<number> {
  const reason = 'अभिलेख बाद में मिले';
  const job = await askStatements(ctx, { kind: 'correct', year, officeCode, orderNumber: 'सु-1', reason });
  let made = 0;
  await runStatements(ctx, job.jobId, {
    told: (step) => {
      made = step.made;
    },
  });
  return made;
}

type Row = { no: string; officeId: string | null; content: string };

async function standing(key: string, year: string): Promise<Row[]> {
  const found = await sql<Row>`select statement_no as no, office_id as "officeId", content from statement
    where person_id = ${world.personId(key)} and year = ${year} and replaced_by_no is null`.execute(db);
  return found.rows;
}

async function statementOf(key: string, year: string) {
  const [row] = await standing(key, year);
  assert.ok(row);
  return { ...row, content: JSON.parse(row.content) as StatementContent };
}

test('a step that was put off in one year is not so in the years after; notes of known calendars are in words', () => {
  const known = knownCalendars();
  const up = known.find((one) => one.code === 'up_acr_2024_25');
  assert.ok(up);
  const noteOf = (year: string) =>
    stepsIn(up, year).find((one) => one.step === 'workflow_generated')?.note ?? null;
  assert.match(noteOf('2024-25') ?? '', /extended_2025/);
  assert.equal(noteOf('2026-27'), null);
  for (const { code, steps } of known)
    for (const { note } of steps)
      if (note) assert.doesNotMatch(noteText(note, 'hi'), /[a-z]/, `${code}: ${note}`);
  for (const { code, steps, sources } of known) {
    for (const { by } of steps) if (by) assert.doesNotMatch(noteText(by, 'hi'), /[a-z]/, `${code}: ${by}`);
    for (const source of sources)
      assert.doesNotMatch(sourceText(source, 'hi'), /\b(reported|rows|visible|extension)\b(?!-)/, source);
  }
});

test('a year speaks of the orders whose window had begun by its cut-off and was not over before it', async () => {
  await order('F/next', { from: '2026-04-01', to: '2026-09-30' });
  await order('F/this', { from: '2025-05-01', to: '2026-03-31' });
  await order('F/past', { from: '2020-04-01', to: '2020-09-30' });
  await order('F/join', { days: 30, after: 'assignment' });
  await freeze('2025-26', 'SW');
  const { content } = await statementOf('sunita', '2025-26');
  assert.deepEqual(
    content.mandates.map(({ number, status }) => [number, status]),
    [['F/this', 'open']],
  );
});

test('an order, an extension or a new title after the freeze is no reason to correct anybody in bulk', async () => {
  await order('F/later', { from: '2025-04-01', to: '2025-09-30' });
  const head = { number: 'F/more', date: '2026-04-01', issuer: 'समाज कल्याण विभाग' };
  const extension = { title: { hi: 'समय' }, extends: { number: 'F/this', until: '2026-06-30' } };
  await commitMandate(world.system, readOrder({ order: head, ...extension }));
  await sql`update mandate set known_at = clock_timestamp() + interval '1 minute'
    where number in ('F/later', 'F/more')`.execute(db);
  await sql`update office set name_hi = name_hi || ' (नया)'`.execute(db);
  assert.equal(await correct('2025-26', 'SW'), 0);
  await complete('sunita', await course('M-1'), '2025-06-01');
  assert.equal(await correct('2025-26', 'SW'), 1);
  const { content } = await statementOf('sunita', '2025-26');
  assert.deepEqual(
    content.mandates.map(({ number, status, dueOn }) => [number, status, dueOn]),
    [['F/this', 'met', '2026-03-31']],
  );
  assert.equal(await correct('2025-26', 'SW'), 0);
});

test('a correction by order stays with the statements of its offices', async () => {
  await move('imran', '2025-11-01', 'SW-JHS');
  await freeze('2024-25', 'SW-BBK-SCH');
  await correct('2025-26', 'SW');
  assert.equal((await statementOf('imran', '2025-26')).officeId, world.officeId('SW-JHS'));
  await complete('imran', await course('M-2'), '2025-05-01');
  assert.equal(await correct('2025-26', 'SW-BBK', officer('anita', 'SW-BBK')), 0);
  assert.equal(await correct('2025-26', 'SW-JHS', officer('anita', 'SW-JHS')), 1);
});

test('no token of a role freezes, corrects, objects or decides', async () => {
  const { no } = await statementOf('pushpa', '2025-26');
  const refused = { code: 'forbidden' };
  await assert.rejects(freeze('2025-26', 'SW', token()), refused);
  await assert.rejects(correct('2025-26', 'SW', token()), refused);
  await assert.rejects(raiseObjection(token(), { number: no, body: 'किसी के कहने पर दर्ज' }), refused);
  const objectionId = await raiseObjection(officer(), { number: no, body: 'कार्मिक के कहने पर दर्ज' });
  const decision = { objectionId, verdict: 'rejected', reason: 'अभिलेख सही हैं' } as const;
  await assert.rejects(decideObjection(token(), decision), refused);
  assert.equal((await readStatement(token(), no)).statementNo, no);
  await decideObjection(officer('secretary'), decision);
});

test('whoever was given a reasoned decision does not ask again, and a withdrawal is told as one', async () => {
  const { no } = await statementOf('pushpa', '2025-26');
  const again = { number: no, body: 'वही बात फिर से लिखी है' };
  await assert.rejects(raiseObjection(officer(), again), { reason: 'objection_rejected' });
  await raiseObjection(world.as('pushpa'), again);
  await withdrawObjection(world.as('pushpa'), no);
  const { items } = await readFeed(officer(), { limit: 1000 });
  assert.equal(items.findLast((item) => item.statementNo === no)?.event, 'withdrawn');
});

test('deciding and withdrawing at once end one of them, and neither waits for the other', async () => {
  const { no } = await statementOf('pushpa', '2025-26');
  for (let round = 0; round < 4; round += 1) {
    const objectionId = await raiseObjection(world.as('ramesh'), {
      number: (await statementOf('ramesh', '2025-26')).no,
      body: 'एक कोर्स नहीं दिखता',
    });
    const own = (await statementOf('ramesh', '2025-26')).no;
    const ends = await Promise.allSettled([
      decideObjection(officer('secretary'), { objectionId, verdict: 'partly', reason: 'अभिलेख देखे गए हैं' }),
      withdrawObjection(world.as('ramesh'), own),
    ]);
    for (const end of ends)
      if (end.status === 'rejected')
        assert.match(
          String(end.reason.reason ?? end.reason.code),
          /nothing_changed|not_found|objection_decided/,
        );
  }
  assert.ok(no);
});

test('a second correction by another order is refused, and a work can be stopped', async () => {
  const asked = {
    kind: 'correct',
    year: '2025-26',
    officeCode: 'SW',
    orderNumber: 'क',
    reason: 'पहला आदेश',
  } as const;
  const job = await askStatements(officer(), asked);
  assert.equal((await askStatements(officer(), asked)).jobId, job.jobId);
  await assert.rejects(askStatements(officer(), { ...asked, orderNumber: 'ख' }), {
    reason: 'other_correction',
  });
  await assert.rejects(stopStatements(officer('anita', 'HF-BBK'), job.jobId), { code: 'not_found' });
  assert.equal((await stopStatements(officer(), job.jobId)).state, 'stopped');
  await runStatements(officer(), job.jobId);
  const next = await askStatements(officer(), { ...asked, orderNumber: 'ख' });
  assert.notEqual(next.jobId, job.jobId);
  await stopStatements(officer(), next.jobId);
});

test('a course counts once in a year, by what is recorded before what is claimed; its classroom hours count where it does not', async () => {
  const [twice, old] = [await course('M-3'), await course('M-4')];
  await claim('author', twice, '2026-06-01');
  await claim('author', twice, '2026-07-01');
  await complete('author', twice, '2026-08-01');
  await complete('author', old, '2024-06-01');
  await attend('author', [['2026-05-01', 600]], old);
  const { content } = await previewStatement(world.as('author'), world.personId('author'), '2026-27');
  const { courses, renewals, minutes, classroomMinutes } = content.totals;
  // What is recorded counts, whatever was claimed of it; the second claim is one of the same course again.
  assert.deepEqual([courses, renewals, minutes, classroomMinutes], [1, 1, 690, 600]);
});

test('a day of training is one thing for the statement, the year’s page and an order’s condition', async () => {
  const asks = (atLeast: number) => ({ days: { atLeast } });
  await order('D/2', { from: '2026-04-01', to: '2027-03-31' }, asks(2));
  await order('D/3', { from: '2026-04-01', to: '2027-03-31' }, asks(3));
  const sessions = [360, 269, 180, 180].map((minutes, at) => [`2026-06-${10 + Math.min(at, 2)}`, minutes]);
  await attend('secretary', sessions as [string, number][]);
  const who = world.as('secretary');
  const { content } = await previewStatement(who, world.personId('secretary'), '2026-27');
  const year = await trainingYear(who, '2026-27');
  // Till the day has come nobody has missed it, wherever the cut-off lies.
  await order('P/4', { from: '2026-04-01', to: '2027-01-31' }, asks(30));
  const told = await previewStatement(who, world.personId('secretary'), '2026-27');
  assert.equal(told.content.mandates.find(({ number }) => number === 'P/4')?.status, 'open');
  assert.deepEqual([content.totals.days, year.totals.days], [2, 2]);
  assert.deepEqual(
    content.mandates
      .map(({ number, reachedOn }) => [number, reachedOn])
      .filter(([no]) => no?.startsWith('D/')),
    [
      ['D/2', '2026-06-12'],
      ['D/3', null],
    ],
  );
});

test('what was done elsewhere stands apart; statements of the first form are added up as they were', async () => {
  const personId = world.personId('author');
  const { content } = await previewStatement(world.as('author'), personId, '2026-27');
  assert.deepEqual([content.totals.onlineMinutes, content.totals.elsewhereMinutes], [90, 0]);
  const calendar = defaultCalendar('2026-27');
  const [draft] = await gatherDrafts(db, { personIds: [personId], calendar });
  assert.ok(draft);
  const header = headerOf(calendar, { form: 1, number: null, frozenAt: null, replaces: null });
  const { totals } = buildContent(header, { ...draft, words: () => undefined });
  assert.deepEqual(totals, {
    ...{ courses: 1, renewals: 1, onlineMinutes: 90, classroomMinutes: 600, minutes: 690, days: 1 },
  });
});

test('facts that change while statements are made are in their orders too', async () => {
  const personId = world.personId('ramesh');
  await settleMandates(world.system);
  await complete('ramesh', await course('M-5'), '2025-06-01');
  const calendar = defaultCalendar('2025-26');
  const [draft] = await world.runtime.db.longTransaction((tx) =>
    gatherSettled(tx, { personIds: [personId], calendar }),
  );
  assert.equal(draft?.inputs.mandates.find(({ number }) => number === 'F/this')?.reachedOn, '2025-06-01');
});

const fileOf = (number: string, office: string, window: Record<string, unknown>) =>
  readOrder({
    order: { number, date: '2026-04-01', issuer: 'विभाग' },
    ...{
      title: { hi: number },
      scope: { offices: [office] },
      condition: { courses: { atLeast: 1 } },
      window,
    },
  });

test('an order that comes into force while a year is frozen is in its statements, and no correction comes of it', async () => {
  await draftMandate(world.system, fileOf('Q/1', 'SW', { from: '2022-04-01', to: '2023-03-31' }));
  const draft = await orderByNumber(db, 'Q/1');
  assert.ok(draft);
  const counted = Promise.withResolvers<void>();
  const publication = world.runtime.db.longTransaction(async (tx) => {
    await publishDraft(tx, world.system, { draft });
    counted.resolve();
    await setTimeout(200);
  });
  await counted.promise;
  await Promise.all([publication, freeze('2022-23', 'SW')]);
  const told = await sql`select from statement where year = '2022-23' and content like '%"Q/1"%'`.execute(db);
  assert.ok(told.rows.length > 0);
  assert.equal(await correct('2022-23', 'SW'), 0);
});

test('an act of appraisal leaves another’s publication alone, and knows the facts while orders are counted anew', async () => {
  await draftMandate(world.system, fileOf('B/1', 'HF', { from: '2026-04-01', to: '2027-03-31' }));
  const { buildId } = await askPublication(world.system, 'B/1', { few: 0 });
  const asked = { kind: 'correct', year: '2025-26', officeCode: 'SW-JHS', orderNumber: 'ग' } as const;
  await previewWork(officer(), { ...asked, reason: 'देर से आए अभिलेख' });
  const { no } = await statementOf('sunita', '2025-26');
  const objectionId = await raiseObjection(officer('ramesh'), { number: no, body: 'एक कोर्स छूट गया है' });
  await decideObjection(officer(), { objectionId, verdict: 'rejected', reason: 'अभिलेख पूरे हैं' });
  assert.equal((await nextBuild(db))?.buildId, buildId);

  await world.runtime.db.transaction((tx) =>
    insertBuild(tx, { buildId: newId(), mandateId: null, now: world.clock.now(), by: null }),
  );
  await complete('anita', await course('M-7'), '2025-05-01');
  await sql`delete from mandate_touched`.execute(db);
  const [draft] = await world.runtime.db.longTransaction((tx) =>
    gatherSettled(tx, { personIds: [world.personId('anita')], calendar: defaultCalendar('2025-26') }),
  );
  assert.equal(draft?.inputs.mandates.find(({ number }) => number === 'F/this')?.reachedOn, '2025-05-01');
  await settleMandates(world.system);
});

test('a recount that is asked for before a freeze ends before it or after it, not in the midst', async () => {
  await sql`insert into mandate_recount (reason) values ('rules')`.execute(db);
  const recount: Promise<void>[] = [];
  await world.runtime.db.longTransaction(async (tx) => {
    await lockFreezes(tx);
    recount.push(recountAll(world.system));
    await setTimeout(300);
    assert.ok(await isRecounting(tx));
  });
  await Promise.all(recount);
  assert.equal(await isRecounting(db), false);
});

test('a merged record’s statement belongs to who stays, and one takes the place of both', async () => {
  const { no } = await statementOf('pushpa', '2025-26');
  const own = (await statementOf('author', '2025-26')).no;
  const before = await raiseObjection(world.as('author'), { number: own, body: 'मेरा नाम अधूरा है' });
  await mergePersons(world.system, {
    survivorId: world.personId('author'),
    mergedId: world.personId('pushpa'),
  });
  assert.equal((await readStatement(world.as('author'), no)).statementNo, no);
  const objectionId = await raiseObjection(world.as('author'), { number: no, body: 'दोनों अभिलेख मेरे ही हैं' });
  const decision = { objectionId, verdict: 'upheld', reason: 'अभिलेख जुड़ चुके हैं' } as const;
  const { correctedNo } = await decideObjection(officer('secretary'), decision);
  const other = await objectionById(db, before);
  assert.deepEqual([other?.state, other?.correctedNo], ['upheld', correctedNo]);
  const now = [...(await standing('author', '2025-26')), ...(await standing('pushpa', '2025-26'))];
  assert.deepEqual(
    now.map((one) => one.no),
    [correctedNo],
  );
  for (const one of [no, own, correctedNo ?? ''])
    assert.equal((await recomputeStatement(world.system, one)).isEqual, true);
});

test('one office’s calendar neither stops nor hurries others, and below another it needs an order', async () => {
  await saveCalendar(officer('cmo', 'HF-BBK'), {
    code: 'x',
    year: '2023-24',
    officeCode: 'HF-BBK',
    cutOff: '2023-04-02',
    freezeOn: '2023-04-03',
    serviceOn: '2023-04-03',
  });
  await freeze('2023-24', 'SW-BBK');
  assert.ok(await statementOf('sunita', '2023-24'));
  await saveCalendar(officer(), { code: 'x', year: '2022-23', officeCode: 'SW' });
  const below = { code: 'x', year: '2022-23', officeCode: 'SW-BBK', cutOff: '2022-04-02' };
  const district = officer('anita', 'SW-BBK');
  await assert.rejects(saveCalendar(district, below), { code: 'invalid' });
  await saveCalendar(district, { ...below, orderNumber: 'जि-1' });
});

test('where the cut-off is earlier, the office of that day freezes; who came later has none', async () => {
  await saveCalendar(officer(), { code: 'x', year: '2021-22', officeCode: 'SW', cutOff: '2021-12-31' });
  await change('sunita', (personId, tx) =>
    sql`update posting set starts_on = '2020-01-01' where person_id = ${personId}`.execute(tx),
  );
  await sql`update posting set ends_on = '2022-01-31' where person_id = ${world.personId('sunita')} and ends_on is null`.execute(
    db,
  );
  await move('sunita', '2022-02-01', 'SW-JHS');
  await sql`update posting set ends_on = '2022-01-31' where person_id = ${world.personId('sunita')} and ends_on < '2022-02-01'`.execute(
    db,
  );
  await change('secretary', (personId, tx) =>
    sql`update posting set starts_on = '2022-02-10' where person_id = ${personId}`.execute(tx),
  );
  await freeze('2021-22', 'SW-JHS');
  assert.deepEqual(await standing('sunita', '2021-22'), []);
  await freeze('2021-22', 'SW');
  assert.equal((await statementOf('sunita', '2021-22')).officeId, world.officeId('SW-BBK'));
  assert.deepEqual(await standing('secretary', '2021-22'), []);
});

test('service is told by the feed and kept in the audit', async () => {
  await sql`update statement set served_on = null, objection_until = null, service_on = '2026-11-22'
    where year = '2023-24'`.execute(db);
  const served = await serveStatements(world.system);
  assert.ok(served > 0);
  const { items } = await readFeed(officer(), { limit: 1000 });
  assert.equal(items.filter((item) => item.event === 'served').length, served);
  const kept = await sql<{ count: number }>`select (detail ->> 'count')::int as count from audit_event
    where action = 'statement.served' and subject_id = '2023-24'`.execute(db);
  assert.deepEqual(kept.rows, [{ count: served }]);
});

test('another’s content in a row is found out, and the public check reads number and year from what was signed', async () => {
  const [a, b] = [await statementOf('sunita', '2023-24'), await statementOf('sunita', '2025-26')];
  await sql`update statement s set content = o.content, digest = o.digest, signature = o.signature,
      minutes = o.minutes, training_days = o.training_days
    from statement o where s.statement_no = ${a.no} and o.statement_no = ${b.no}`.execute(db);
  const { faults } = await verifyStatements(world.system, { officeIds: ['*'] });
  assert.deepEqual(faults, [{ statementNo: a.no, fault: 'row' }]);
  assert.equal((await checkStatement(world.system, a.no))?.isGenuine, false);
});

test('the public check page takes the number of a statement too', async () => {
  const app = await world.app();
  const { no } = await statementOf('ramesh', '2025-26');
  for (const typed of [no, no.toLowerCase().replaceAll('-', ' '), `https://x.example/statements/${no}`]) {
    const answer = await app.inject({ url: `/verify?no=${encodeURIComponent(typed)}` });
    assert.deepEqual([answer.statusCode, answer.headers.location], [303, `/statements/${no}`]);
  }
  const wrong = `${no.slice(0, -1)}${no.endsWith('7') ? '8' : '7'}`;
  const sent = await app.inject({ url: `/verify?no=${wrong}` });
  assert.equal(sent.statusCode, 303);
  const told = await app.inject({ url: String(sent.headers.location) });
  assert.equal(told.statusCode, 404);
  assert.match(told.body, /कोई विवरण जारी नहीं हुआ/);
  assert.doesNotMatch(told.body, /कोई प्रमाणपत्र जारी नहीं/);
});

test('what a correction would do is told before, and nothing is done', async () => {
  await complete('ramesh', await course('M-6'), '2025-05-02');
  const asked = { kind: 'correct', year: '2025-26', officeCode: 'SW-BBK', orderNumber: 'ग' } as const;
  const told = await previewWork(officer(), { ...asked, reason: 'देर से आए अभिलेख' });
  assert.ok(told.changed);
  assert.equal(told.total, told.standing);
  assert.equal(await correct('2025-26', 'SW-BBK'), told.changed);
});

test('a page tells what it would do before it is begun, and the work can be stopped from there', async () => {
  await grantRole(world.system, {
    employeeCode: 'SW1003',
    role: 'appraisal',
    officeCode: 'SW',
    kind: 'charge',
  });
  const { headers, csrf } = await signedIn(world, 'anita');
  const app = await world.app();
  const post = (url: string, payload: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: `/office/appraisal/${url}`,
      headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ _csrf: csrf, ...payload }).toString(),
    });
  const asked = { year: '2020-21', officeCode: 'SW' };
  const shown = await post('freezes', asked);
  assert.equal(shown.statusCode, 200);
  assert.match(shown.body, /name="sure" value="yes"/);
  const corrected = { year: '2025-26', officeCode: 'SW-JHS', orderNumber: 'ग', reason: 'अभिलेख' };
  const idle = await post('corrections', corrected);
  assert.match(idle.body, /किसी का विवरण नहीं बदलेगा/);
  assert.doesNotMatch(idle.body, /हाँ, सुधार आरंभ करें/);
  const [none] = await jobsOf(db, { officeIds: [world.officeId('SW')] });
  assert.notEqual(none?.year, '2020-21');
  assert.equal((await post('freezes', { ...asked, sure: 'yes' })).statusCode, 303);
  const [job] = await jobsOf(db, { officeIds: [world.officeId('SW')] });
  assert.equal(job?.state, 'waiting');
  assert.equal((await post(`jobs/${job?.jobId}/stop`, {})).statusCode, 303);
  assert.equal((await jobsOf(db, { officeIds: [world.officeId('SW')] }))[0]?.state, 'stopped');
});

test('an objection is withdrawn after a question; its page leads to the record; the desk tells of the year and office chosen', async () => {
  const { no } = await statementOf('ramesh', '2025-26');
  const objectionId = await raiseObjection(world.as('ramesh'), { number: no, body: 'एक कोर्स छूट गया है' });
  const app = await world.app();
  const decider = await signedIn(world, 'anita');
  const open = await app.inject({
    url: `/office/appraisal/objections/${objectionId}`,
    headers: decider.headers,
  });
  assert.match(open.body, new RegExp(`/office/persons/${world.personId('ramesh')}"`));
  const looks =
    await sql`select from audit_event where action = 'objection.viewed' and subject_id = ${objectionId}`;
  assert.equal((await looks.execute(db)).rows.length, 1, 'a look at somebody’s own words is kept');
  assert.match(open.body, new RegExp(`/office/persons/${world.personId('ramesh')}/claims/new"`));
  const record = await app.inject({
    url: `/office/persons/${world.personId('ramesh')}`,
    headers: decider.headers,
  });
  assert.match(record.body, new RegExp(`/statement/${no}"`));
  const waits = /निर्णय की प्रतीक्षा में आपत्तियाँ/;
  const desk = async (query: string) =>
    (await app.inject({ url: `/office/appraisal?${query}`, headers: decider.headers })).body;
  assert.match(await desk('year=2025-26&office=SW'), waits);
  assert.doesNotMatch(await desk('year=2021-22&office=SW'), waits);
  const { headers, csrf } = await signedIn(world, 'ramesh');
  const url = `/statement/${no}/objection-withdrawal`;
  const asked = await app.inject({ url, headers });
  assert.match(asked.body, /आपत्ति वापस लें\?/);
  const done = await app.inject({
    ...{ method: 'POST', url, payload: new URLSearchParams({ _csrf: csrf }).toString() },
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(done.statusCode, 303);
  assert.equal((await app.inject({ url, headers })).statusCode, 404);
});

test('objections are listed page by page', async () => {
  const asked = { officeIds: [world.officeId('SW')], isOpen: false };
  const { items } = await listObjections(db, { ...asked, limit: 50 });
  assert.ok(items.length > 1);
  const ids: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await listObjections(db, { ...asked, after, limit: 1 });
    ids.push(...page.items.map((one) => one.objectionId));
    after = page.next ?? undefined;
    more = page.next !== null;
  }
  assert.deepEqual(
    ids,
    items.map((one) => one.objectionId),
  );
});

test('a word that changes between two groups of one freeze stays as it was kept', async () => {
  const key = world.officeId('SW-JHS');
  await world.runtime.db.longTransaction(async (tx) => {
    const at = await lockFreezes(tx);
    const kept = async () =>
      (await keepWords(tx, [{ kind: 'office', key }], at)).find((word) => word.key === key)?.words.hi;
    const first = await kept();
    await sql`update office set name_hi = name_hi || ' (और)' where office_id = ${key}`.execute(db);
    assert.equal(await kept(), first);
  });
});

test('a long name is cut between its signs, and a freeze that fails says so on the desk', async () => {
  const personId = world.personId('sunita');
  const [draft] = await gatherDrafts(db, { personIds: [personId], calendar: defaultCalendar('2025-26') });
  assert.ok(draft);
  const inputs = { ...draft.inputs, person: { ...draft.inputs.person, nameHi: `${'क'.repeat(99)}😀ख` } };
  const make = await statementMaker(world.system);
  const by = { calendar: defaultCalendar('2025-26'), at: new Date(), words: () => undefined };
  assert.equal(make({ ...draft, inputs }, by).listedName, `${'क'.repeat(99)}😀`);

  const job = await askStatements(officer(), { kind: 'freeze', year: '2019-20', officeCode: 'SW' });
  await sql`alter table statement add constraint broken check (year <> '2019-20') not valid`.execute(db);
  const stateNow = async () => {
    const [now] = await jobsOf(db, { officeIds: [world.officeId('SW')], jobId: job.jobId });
    return [now?.state, now?.failure];
  };
  const attempt = (isLast: boolean) => statementJob(world.system, { jobId: job.jobId }, { isLast });
  await assert.rejects(attempt(false), { code: '23514' });
  assert.deepEqual(await stateNow(), ['waiting', '23514']);
  await assert.rejects(attempt(true), { code: '23514' });
  await sql`alter table statement drop constraint broken`.execute(db);
  assert.deepEqual(await stateNow(), ['failed', '23514']);
  const app = await world.app();
  const { headers } = await signedIn(world, 'anita');
  const desk = await app.inject({ url: '/office/appraisal?year=2019-20&office=SW', headers });
  assert.match(desk.body, /तकनीकी दोष \(23514\)/);
});

test('what somebody raised under a record that was merged into his is not his to decide', async () => {
  const { no } = await statementOf('sunita', '2025-26');
  const raised = raiseObjection(officer('ramesh'), { number: no, body: 'एक कोर्स छूट गया है' });
  const objectionId = await raised;
  const merge = (into: string | null) =>
    sql`update person set merged_into = ${into} where person_id = ${world.personId('ramesh')}`.execute(db);
  await merge(world.personId('anita'));
  const verdict = { objectionId, verdict: 'rejected', reason: 'अभिलेख पूरे हैं' } as const;
  await assert.rejects(decideObjection(officer(), verdict), { reason: 'own_objection' });
  await merge(null);
  await decideObjection(officer(), verdict);
});

test('a correction in bulk makes one statement of the two of a merged record', async () => {
  await correct('2025-26', 'SW');
  const twice = await course('M-8');
  for (const key of ['author', 'secretary']) await claim(key, twice, '2026-09-01');
  await mergePersons(world.system, {
    survivorId: world.personId('author'),
    mergedId: world.personId('secretary'),
  });
  const claims = await sql`select from claim where course_id = ${twice} and voided_at is null`.execute(db);
  assert.equal(claims.rows.length, 1, 'accepted under both records, it counts once');
  assert.equal(await correct('2025-26', 'SW'), 1);
  const now = [...(await standing('author', '2025-26')), ...(await standing('secretary', '2025-26'))];
  assert.equal(now.length, 1);
});

test('objections of a merged record end together though two departments have charge of them', async () => {
  await freeze('2025-26', 'SW');
  await freeze('2025-26', 'HF-BBK', officer('cmo', 'HF-BBK'));
  const kept = { number: (await statementOf('imran', '2025-26')).no, body: 'एक कोर्स छूट गया है' };
  const objectionId = await raiseObjection(world.as('imran'), kept);
  const other = { number: (await statementOf('kamla', '2025-26')).no, body: 'एक कोर्स छूट गया है' };
  const besideId = await raiseObjection(world.as('kamla'), other);
  const pair = { survivorId: world.personId('imran'), mergedId: world.personId('kamla') };
  await mergePersons(world.system, pair);
  await complete('imran', await course('M-9'), '2025-09-01');
  const decision = { objectionId, verdict: 'upheld', reason: 'कोर्स अब दर्ज है' } as const;
  const { correctedNo } = await decideObjection(officer('anita', 'SW'), decision);
  const beside = await objectionById(db, besideId);
  assert.deepEqual([beside?.state, beside?.correctedNo], ['upheld', correctedNo]);
  const now = [...(await standing('imran', '2025-26')), ...(await standing('kamla', '2025-26'))];
  assert.deepEqual(
    now.map((one) => one.no),
    [correctedNo],
  );
});
