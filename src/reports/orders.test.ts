import assert from 'node:assert/strict';
import { text } from 'node:stream/consumers';
import { after, test } from 'node:test';
import { sql } from 'kysely';
import { castOffices } from '../../demo/cast.ts';
import { openWorld } from '../../test/world.ts';
import { officeSummary } from '../insight/index.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { mandateSummary } from '../mandates/mandate-summary.ts';
import { publishedOrder } from '../mandates/service/test-orders.ts';
import { recountAll, settleMandates } from '../mandates/settle.ts';
import type { Definition } from './definition.ts';
import { type Preview, previewReport } from './preview-report.ts';
import { prefaceOf } from './read-list.ts';
import { resolveReport } from './resolve-report.ts';
import { streamReport } from './stream-report.ts';
import { randomPeople } from './test-world.ts';

const world = await openWorld();
after(() => world.close());
const { db } = world.runtime;
await randomPeople(world, Number(process.env['SEED'] ?? 11));
await publishedOrder(world, 'R-1', 'UP');
await recountAll(world.system);
await settleMandates(world.system);

const preview = (definition: Partial<Definition> & Pick<Definition, 'subject'>) =>
  previewReport(world.system, { office: 'UP', ...definition });
const statuses = ['met', 'metLate', 'open', 'overdue', 'exempt'] as const;
const statusesTold = ['पूर्ण', 'विलंब से पूर्ण', 'शेष', 'समय-सीमा बीती', 'छूट'];
const figures = (found: Preview) =>
  new Map(found.rows.map((row) => [row[0], row.slice(-1 - statuses.length)] as const));

test('standings are the order’s figures at every office, whole and office by office', async () => {
  for (const { code: office } of castOffices)
    for (const asOf of ['2026-07-15', '2026-11-22']) {
      const summary = await mandateSummary(world.system, { number: 'R-1', office, asOf });
      const measures = ['bound', ...statuses];
      const found = await preview({
        subject: 'orders',
        order: 'R-1',
        office,
        asOf,
        groups: ['below'],
        measures,
      });
      const expected = [summary.bound, ...statuses.map((status) => summary[status])];
      assert.deepEqual(found.total?.slice(-1 - statuses.length), expected, `${office} ${asOf}`);
      const rows = figures(found);
      for (const child of summary.children)
        assert.deepEqual(rows.get(child.office.code) ?? measures.map(() => 0), [
          child.bound,
          ...statuses.map((status) => child[status]),
        ]);
      const byClass = await preview({
        subject: 'orders',
        order: 'R-1',
        office,
        asOf,
        groups: ['group', 'status'],
        measures: ['bound'],
      });
      // In the order of their words within each group, whichever is the largest.
      for (const family of Map.groupBy(byClass.rows, ([group]) => group).values()) {
        const order = family.map(([, status]) => statusesTold.indexOf(String(status)));
        assert.deepEqual(order, order.toSorted(), `${office} ${asOf}`);
      }
      assert.equal(
        byClass.rows.reduce((sum, row) => sum + Number(row.at(-1)), 0),
        summary.bound,
      );
    }
});

test('a list of an order has everybody bound, with the status in words', async () => {
  const summary = await mandateSummary(world.system, { number: 'R-1', office: 'SW' });
  const definition: Definition = {
    subject: 'orders',
    order: 'R-1',
    office: 'SW',
    columns: ['code', 'office', 'group', 'designation', 'status', 'dueOn'],
  };
  const csv = await text(
    await streamReport(
      world.system,
      await resolveReport(world.system, definition),
      new AbortController().signal,
    ),
  );
  assert.equal(csv.split('\r\n').length - 2, summary.bound);
  const { report } = await preview({ subject: 'orders', order: 'R-1', office: 'SW', columns: ['code'] });
  assert.match(prefaceOf(report, { language: 'hi' })[1] ?? '', /^R-1 · /, 'a file says of which order it is');
  assert.match(csv, /,(पूर्ण|शेष|समय-सीमा बीती),2027-03-31/);
});

test('attendance counts sessions of the day’s roster, and classroom time is the summary’s', async () => {
  const [present, absent] = [world.personId('sunita'), world.personId('ramesh')];
  const sessionId = newId();
  await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, mode)
    values (${sessionId}, 'S-1', 'P-1', 'Session', '2026-08-04', 180, 'classroom')`.execute(db.read);
  await db.transaction((tx) =>
    changeFacts(tx, { ids: [present, absent] }, async () => {
      for (const [person, status, minutes] of [
        [present, 'present', 170],
        [absent, 'absent', 0],
      ] as const)
        await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
          values (${person}, ${newId()}, ${sessionId}, ${minutes}, ${status})`.execute(tx);
    }),
  );
  const measures = ['sessions_attended', 'sessions_missed', 'attended_minutes'];
  for (const groups of [['programme', 'month'], ['below', 'mode'], ['district'], ['presence']]) {
    const found = await preview({ subject: 'attendance', office: 'SW', groups, measures });
    assert.deepEqual(found.total?.slice(-3), [1, 1, 170], String(groups));
  }
  const before = await preview({
    subject: 'attendance',
    office: 'SW',
    groups: ['mode'],
    measures,
    asOf: '2026-08-03',
  });
  assert.equal(before.rows.length, 0);
  const list = await preview({
    subject: 'attendance',
    office: 'SW',
    columns: ['code', 'session', 'heldOn', 'presence', 'minutes'],
  });
  assert.equal(list.rows.length, 2);
  const summary = await officeSummary(world.system, { code: 'SW' });
  const minutes = await preview({
    subject: 'people',
    office: 'SW',
    groups: ['group'],
    measures: ['classroom_minutes'],
  });
  assert.equal(minutes.total?.at(-1), summary.classroomMinutes);
});

test('courses are those published by the day, with what the office completed of them', async () => {
  const activity = await officeSummary(world.system, { code: 'UP', view: 'activity' });
  const found = await preview({
    subject: 'courses',
    groups: ['provider'],
    measures: ['courses_available', 'completions'],
  });
  assert.equal(found.total?.at(-1), activity.completions);
  const list = await preview({
    subject: 'courses',
    columns: ['code', 'titleHi', 'tag', 'language', 'completions', 'renewals'],
  });
  const sum = (back: number) => list.rows.reduce((total, row) => total + Number(row.at(-back)), 0);
  assert.deepEqual([sum(2), sum(1)], [activity.completions, activity.renewals]);
  const early = await preview({
    subject: 'courses',
    groups: ['tag'],
    measures: ['courses'],
    asOf: '2024-12-31',
  });
  assert.equal(early.rows.length, 0);
});
