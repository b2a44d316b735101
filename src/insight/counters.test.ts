import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { type Facts, figuresByRule, type Reference, readFacts } from '../../test/golden/reference.ts';
import { openWorld } from '../../test/world.ts';
import { addDays } from '../kernel/dates.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { foldCounters } from './fold-counters.ts';
import { reconcileCounters } from './reconcile-counters.ts';
import { countedAsOf } from './stores/counters.ts';
import { nothingCounted } from './vector.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const day0 = '2026-01-01';
const persons = Array.from({ length: 6 }, () => newId());
const courses = Array.from({ length: 5 }, () => newId());

type Act = {
  kind: string;
  person: number;
  office: number;
  other: number;
  day: number;
  length: number;
  course: number;
};

const act = fc.record({
  kind: fc.constantFrom(
    'post',
    'post',
    'lend',
    'charge',
    'end',
    'void posting',
    'enrol',
    'enrol',
    'withdraw',
    'complete',
    'complete',
    'complete',
    'import completion',
    'void completion',
    'sign in',
    'merge',
    'account',
    'move office',
    'fold',
    'bulk',
  ),
  person: fc.oneof(fc.nat(5), fc.constant(1)),
  office: fc.nat(8),
  other: fc.nat(8),
  // Few days, so that things fall on the same one.
  day: fc.oneof(fc.nat(300), fc.constantFrom(40, 60, 61, 62)),
  length: fc.nat(120),
  course: fc.nat(4),
});

test('for any history the counters give what METRICS says, for every office and day, folded or not', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 25 }), async (acts) => {
      await startAgain();
      for (const one of acts) await perform(one);
      await compareAll();
      await foldCounters(world.runtime);
      await compareAll();
      const found = await reconcileCounters(world.system);
      assert.deepEqual(found.differences, []);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) },
  );
});

async function startAgain(): Promise<void> {
  await sql`truncate person, posting, completion, enrolment, counter_delta, office_counter`.execute(db.read);
  const offices = await officeIds();
  for (const [index, code] of offices.entries()) {
    const path = offices
      .slice(0, index + 1)
      .filter((_, at) => at === 0 || at === index || (index > 3 && at === (index % 3) + 1));
    await sql`update office set path = ${path}::uuid[], parent_id = ${path.at(-2) ?? null} where office_id = ${code}`.execute(
      db.read,
    );
  }
  for (const personId of persons)
    await change(personId, undefined, async (tx) => {
      await sql`insert into person (person_id, name_en, account_day) values (${personId}, 'X', ${addDays(day0, 20)})`.execute(
        tx,
      );
    });
}

async function officeIds(): Promise<string[]> {
  const found = await sql<{
    id: string;
  }>`select office_id as id from office order by created_at, code`.execute(db.read);
  return found.rows.map((row) => row.id);
}

type Work = Parameters<typeof db.transaction>[0];

async function change(personId: string, hint: { kind: string } | undefined, work: Work): Promise<void> {
  await db.transaction((tx) => changeFacts(tx, { ids: [personId], hint }, () => work(tx)));
}

async function perform(one: Act): Promise<void> {
  const personId = persons[one.person] ?? '';
  const offices = await officeIds();
  const officeId = offices[one.office % offices.length] ?? '';
  const day = addDays(day0, one.day);
  const until = one.length % 3 === 0 ? null : addDays(day, one.length);
  const courseId = courses[one.course] ?? '';
  const instant = new Date(Date.now() + Math.random() * 1e6);
  const post = (kind: string) =>
    change(personId, undefined, (tx) =>
      sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, ends_on, end_reason, is_primary)
        values (${personId}, ${newId()}, ${officeId}, ${kind}, ${day}, ${until}, ${one.length % 2 ? 'retired' : 'transferred'}, ${one.course % 2 === 0})`.execute(
        tx,
      ),
    );
  const posting = sql`(select posting_id from posting where person_id = ${personId} and voided_at is null order by starts_on, posting_id offset ${one.course} limit 1)`;
  const acts: Record<string, () => Promise<unknown>> = {
    post: () => post('regular'),
    lend: () => post(one.other % 2 ? 'deputation' : 'attached'),
    charge: () => post('additional_charge'),
    end: () =>
      change(personId, undefined, (tx) =>
        sql`update posting set ends_on = greatest(starts_on, ${day}::date), end_reason = 'died'
      where person_id = ${personId} and posting_id = ${posting}`.execute(tx),
      ),
    'void posting': () =>
      change(personId, undefined, (tx) =>
        sql`update posting set voided_at = now() where person_id = ${personId} and posting_id = ${posting}`.execute(
          tx,
        ),
      ),
    enrol: async () => {
      const enrolmentId = newId();
      const hint = { kind: 'enrolled', enrolmentIds: [enrolmentId] };
      await change(personId, hint, (tx) =>
        sql`insert into enrolment (person_id, enrolment_id, course_id, course_version_id, enrolled_at, enrolled_day, last_active_at)
        values (${personId}, ${enrolmentId}, ${courseId}, ${newId()}, now(), ${day}, now()) on conflict do nothing`.execute(
          tx,
        ),
      );
    },
    withdraw: () =>
      change(personId, undefined, (tx) =>
        sql`update enrolment set withdrawn_at = now(), withdrawn_day = greatest(enrolled_day, ${day}::date)
      where person_id = ${personId} and course_id = ${courseId} and withdrawn_at is null`.execute(tx),
      ),
    complete: () => {
      const completionId = newId();
      return change(
        personId,
        { kind: 'completed', completionIds: [completionId] } as { kind: string },
        async (tx) => {
          if (one.length % 2 === 0)
            await sql`update completion set voided_at = ${instant} where person_id = ${personId}
            and course_id = ${courseId} and completed_day = ${day} and voided_at is null`.execute(tx);
          await addCompletion(tx, completionId);
        },
      );
    },
    'import completion': () => change(personId, undefined, (tx) => addCompletion(tx, newId())),
    'void completion': () =>
      change(personId, undefined, (tx) =>
        sql`update completion set voided_at = now()
      where person_id = ${personId} and course_id = ${courseId}`.execute(tx),
      ),
    'sign in': async () => {
      const found =
        await sql`select 1 from person where person_id = ${personId} and signed_in_day is null`.execute(
          db.read,
        );
      if (found.rows.length === 0) return;
      await change(personId, { kind: 'signed-in' }, (tx) =>
        sql`update person set signed_in_day = ${day} where person_id = ${personId}`.execute(tx),
      );
    },
    merge: () =>
      change(personId, undefined, (tx) =>
        sql`update person set merged_into = ${one.length % 4 === 0 ? persons[0] : null} where person_id = ${personId}`.execute(
          tx,
        ),
      ),
    account: () =>
      change(personId, undefined, (tx) =>
        sql`update person set account_day = ${day} where person_id = ${personId}`.execute(tx),
      ),
    'move office': () => moveOffice(officeId, offices[one.other % offices.length] ?? ''),
    fold: () => foldCounters(world.runtime),
    bulk: () => inBulk(one),
  };
  await acts[one.kind]?.();

  function addCompletion(tx: Parameters<Work>[0], completionId: string) {
    return sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id)
      values (${personId}, ${completionId}, ${courseId}, ${day}, ${instant}, 'daksh', ${30 + one.course * 15}, ${one.length % 5 === 0 ? null : officeId})
      on conflict do nothing`.execute(tx);
  }
}

/** All persons at once, by a temporary table: as an import does it. */
async function inBulk(one: Act): Promise<void> {
  await db.transaction(async (tx) => {
    await sql`create temporary table touched on commit drop as select person_id from person`.execute(tx);
    await changeFacts(tx, { table: 'touched' }, async () => {
      await sql`insert into completion (person_id, completion_id, course_id, completed_day, source, minutes)
        select person_id, gen_random_uuid(), ${courses[one.course]}, ${addDays(day0, one.day)}, 'import', 45 from touched
        on conflict do nothing`.execute(tx);
    });
  });
}

/** Hangs an office under another that is not below it, with all that is below. */
async function moveOffice(officeId: string, parentId: string): Promise<void> {
  await db.transaction(async (tx) => {
    const found = await sql<{
      path: string[];
    }>`select path from office where office_id = ${parentId}`.execute(tx);
    const parentPath = found.rows[0]?.path ?? [];
    if (parentPath.includes(officeId)) return;
    const root = await sql<{ path: string[] }>`select path from office where office_id = ${officeId}`.execute(
      tx,
    );
    if (root.rows[0]?.path.length === 1) return;
    await sql`create temporary table touched on commit drop as select person_id from person`.execute(tx);
    await changeFacts(tx, { table: 'touched' }, async () => {
      await sql`update office set parent_id = ${parentId} where office_id = ${officeId}`.execute(tx);
      await sql`update office set path = ${parentPath}::uuid[] || path[array_position(path, ${officeId}::uuid):]
        where ${officeId} = any(path)`.execute(tx);
    });
  });
}

async function compareAll(): Promise<void> {
  const facts = await readFacts(db.pool);
  const days = [10, 25, 60, 100, 180, 250, 301, 420].map((step) => addDays(day0, step));
  const ids = facts.offices.map((office) => office.id);
  const counted = await countedAsOf(db.read, ids, days);
  for (const officeId of ids)
    for (const day of days) {
      const row = counted.find((one) => one.officeId === officeId && one.day === day) ?? nothingCounted;
      assert.deepEqual(
        asReference(row),
        figuresByRule(facts, officeId, day),
        `office ${officeIndex(facts, officeId)} on ${day}`,
      );
    }
}

function officeIndex(facts: Facts, officeId: string): string {
  return facts.offices.find((office) => office.id === officeId)?.code ?? '';
}

function asReference(row: typeof nothingCounted): Reference {
  return {
    registered: row.registered,
    onboarded: row.onboarded,
    notOnRoster: row.not_on_roster,
    former: row.former,
    signedIn: row.signed_in,
    completions: row.completions,
    renewals: row.renewals,
    digitalMinutes: row.digital_minutes,
    atLeastOne: row.at_least_one,
    threeOrMore: row.three_or_more,
    begun: row.begun,
    activityCompletions: row.activity_completions,
    activityRenewals: row.activity_renewals,
    activityMinutes: row.activity_minutes,
  };
}
