import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import {
  type ClassWanted,
  type Facts,
  figuresByRule,
  type Reference,
  readFacts,
} from '../../test/golden/reference.ts';
import { openWorld } from '../../test/world.ts';
import { addDays } from '../kernel/dates.ts';
import { changeFacts } from '../kernel/facts.ts';
import { newId } from '../kernel/ids.ts';
import { foldCounters } from './fold-counters.ts';
import { reconcileCounters } from './reconcile-counters.ts';
import { settleMarks } from './settle-marks.ts';
import { countedAsOf } from './stores/counters.ts';
import { countedColumns, nothingCounted } from './vector.ts';

const world = await openWorld();
after(() => world.close());
const db = world.runtime.db;
const day0 = '2026-01-01';
const persons = Array.from({ length: 6 }, () => newId());
const courses = Array.from({ length: 5 }, () => newId());
const sessions = Array.from({ length: 6 }, () => newId());
const cadreId = newId();
// Two districts of one division, one of another, a block, and an area of another state.
const areas = ['district:129', 'district:640', 'district:162', 'block:803', 'district:58', null];

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
    'area of office',
    'parent of area',
    'attend',
    'attend',
    'tag',
    'field cadre',
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
      const found = await reconcileCounters(world.system, 2);
      assert.deepEqual(found.differences, []);
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 60) },
  );
});

async function startAgain(): Promise<void> {
  await sql`truncate person, posting, completion, enrolment, attendance, training_session, counter_delta, office_counter`.execute(
    db.read,
  );
  await sql`update course set tags = '{}'`.execute(db.read);
  await sql`truncate counted_mark`.execute(db.read);
  await sql`update cadre set is_field = false`.execute(db.read);
  await sql`update area set parent_id = 'division:AYD' where area_id = 'district:129'`.execute(db.read);
  await sql`insert into course (course_id, code, title_en, state)
    select id, id, 'X', 'published' from unnest(${courses}::uuid[]) as id on conflict do nothing`.execute(
    db.read,
  );
  await sql`insert into cadre (cadre_id, name, name_key) values (${cadreId}, 'ANM', 'anm') on conflict do nothing`.execute(
    db.read,
  );
  for (const [index, id] of sessions.entries())
    await sql`insert into training_session (session_id, code, programme_code, title_en, day, minutes, mode, course_id)
      values (${id}, ${id}, 'P', 'X', ${addDays(day0, 30 + index * 25)}, 300,
        ${index === 5 ? 'online' : index === 4 ? 'residential' : 'classroom'}, ${index % 3 === 0 ? null : courses[index % 2]})`.execute(
      db.read,
    );
  const offices = await officeIds();
  for (const [index, code] of offices.entries()) {
    const path = offices
      .slice(0, index + 1)
      .filter((_, at) => at === 0 || at === index || (index > 3 && at === (index % 3) + 1));
    await sql`update office set path = ${path}::uuid[], parent_id = ${path.at(-2) ?? null},
      area_id = ${areas[index % 4 === 1 ? index % 3 : 5]} where office_id = ${code}`.execute(db.read);
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
      sql`insert into posting (person_id, posting_id, office_id, kind, starts_on, ends_on, end_reason, is_primary,
          service_group, engagement, cadre_id)
        values (${personId}, ${newId()}, ${officeId}, ${kind}, ${day}, ${until}, ${one.length % 2 ? 'retired' : 'transferred'}, ${one.course % 2 === 0},
          ${one.other % 2 ? 'B' : null}, ${one.length % 4 ? 'permanent' : 'contract'}, ${one.day % 3 ? null : cadreId})`.execute(
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
    'area of office': () => giveArea(officeId, areas[one.other % areas.length] ?? null),
    'parent of area': () =>
      everybody(async (tx) => {
        await sql`update area set parent_id = ${one.other % 2 ? 'division:AYD' : 'division:LKO'} where area_id = 'district:129'`.execute(
          tx,
        );
      }),
    attend: () =>
      change(personId, undefined, async (tx) => {
        const sessionId = sessions[one.other % sessions.length];
        await sql`update attendance set voided_at = now() where person_id = ${personId} and session_id = ${sessionId}`.execute(
          tx,
        );
        if (one.length % 4 > 0)
          await sql`insert into attendance (person_id, attendance_id, session_id, minutes, status)
            values (${personId}, ${newId()}, ${sessionId}, ${60 + one.length}, ${one.length % 5 ? 'present' : 'absent'})`.execute(
            tx,
          );
      }),
    tag: async () => {
      const tags = [[], ['ai'], ['cyber', 'x'], ['ai', 'cyber']][one.other % 4];
      await sql`update course set tags = ${tags}::text[] where course_id = ${courseId}`.execute(db.read);
      await settleMarks(world.runtime);
    },
    'field cadre': async () => {
      await sql`update cadre set is_field = ${one.other % 2 === 0} where cadre_id = ${cadreId}`.execute(
        db.read,
      );
      await settleMarks(world.runtime);
    },
    fold: () => foldCounters(world.runtime),
    bulk: () => inBulk(one),
  };
  await acts[one.kind]?.();

  function addCompletion(tx: Parameters<Work>[0], completionId: string) {
    return sql`insert into completion (person_id, completion_id, course_id, completed_day, completed_at, source, minutes, office_id,
        service_group, engagement)
      values (${personId}, ${completionId}, ${courseId}, ${day}, ${instant}, 'daksh', ${30 + one.course * 15}, ${one.length % 5 === 0 ? null : officeId},
        ${one.other % 2 ? 'B' : null}, ${one.length % 4 ? 'permanent' : null})
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

async function everybody(work: Work): Promise<void> {
  await db.transaction(async (tx) => {
    await sql`create temporary table touched on commit drop as select person_id from person`.execute(tx);
    await changeFacts(tx, { table: 'touched' }, () => work(tx));
  });
}

async function giveArea(officeId: string, areaId: string | null): Promise<void> {
  await everybody((tx) =>
    sql`update office set area_id = ${areaId} where office_id = ${officeId}`.execute(tx),
  );
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

const classes: ClassWanted[] = [
  { group: 'B', engagement: 'permanent', isField: false },
  { group: 'B', engagement: 'permanent', isField: true },
  { group: null, engagement: 'contract', isField: false },
];

async function compareAll(): Promise<void> {
  const facts = await readFacts(db.pool);
  const days = [10, 25, 60, 100, 180, 250, 301, 420].map((step) => addDays(day0, step));
  const nodes = await nodesToCompare(facts);
  const counted = await countedAsOf(
    db.read,
    nodes.map((node) => node.id),
    days,
  );
  for (const node of nodes)
    for (const day of days) {
      const row = counted.find((one) => one.officeId === node.id && one.day === day) ?? nothingCounted;
      assert.deepEqual(
        asReference(row),
        figuresByRule(facts, node.of, day, node.ofClass),
        `${nodeName(facts, node.of)} ${JSON.stringify(node.ofClass ?? '')} on ${day}`,
      );
    }
  const ofCourses = await countedAsOf(db.read, courses, days);
  for (const course of courses)
    for (const day of days) {
      const row = ofCourses.find((one) => one.officeId === course && one.day === day) ?? nothingCounted;
      const { activity_completions, activity_renewals, activity_minutes, ...others } = row;
      assert.deepEqual(
        { activity_completions, activity_renewals, activity_minutes },
        courseByRule(facts, course, day),
        `course ${courses.indexOf(course)} on ${day}`,
      );
      for (const name of countedColumns) assert.ok(!(others as Partial<typeof nothingCounted>)[name], name);
    }
}

/** A course is a node too: what was completed of it, wherever, counted by going through the rows. */
function courseByRule(facts: Facts, courseId: string, asOf: string) {
  const known = new Set(
    facts.persons.filter((one) => one.accountDay && !one.mergedInto).map((one) => one.id),
  );
  const done = facts.completions.filter((one) => one.courseId === courseId && known.has(one.personId));
  const firsts = [...Map.groupBy(done, (one) => one.personId).values()]
    .map((own) => own.toSorted((a, b) => (a.day < b.day ? -1 : 1))[0])
    .filter((one) => one && one.day <= asOf);
  return {
    activity_completions: firsts.length,
    activity_renewals: done.filter((one) => one.day <= asOf).length - firsts.length,
    activity_minutes: firsts.reduce((sum, one) => sum + (one?.minutes ?? 0), 0),
  };
}

type Compared = { id: string; of: string; ofClass?: ClassWanted };

/** Offices and areas; of the upper ones and of districts and above their classes too. */
async function nodesToCompare(facts: Facts): Promise<Compared[]> {
  const seen = ['state:9', 'division:AYD', 'division:LKO', ...areas];
  const places = facts.areas.filter((area) => seen.includes(area.id));
  const whole = [...facts.offices.map((office) => office.id), ...places.map((area) => area.nodeId)];
  const upper = [
    ...facts.offices.filter((office) => office.path.length <= 3).map((office) => office.id),
    ...places.filter((area) => area.kind !== 'block').map((area) => area.nodeId),
  ];
  const wanted = upper.flatMap((of) => classes.map((ofClass) => ({ of, ofClass })));
  const found = await sql<{
    id: string;
  }>`select class_node(node, class_of(service_group, engagement, is_field)) as id
    from unnest(${wanted.map((one) => one.of)}::uuid[], ${wanted.map((one) => one.ofClass.group)}::text[],
      ${wanted.map((one) => one.ofClass.engagement)}::text[], ${wanted.map((one) => one.ofClass.isField)}::boolean[])
      with ordinality as i (node, service_group, engagement, is_field, place) order by place`.execute(
    db.read,
  );
  return [
    ...whole.map((of) => ({ id: of, of })),
    ...wanted.map((one, index) => ({ ...one, id: found.rows[index]?.id ?? '' })),
  ];
}

function nodeName(facts: Facts, nodeId: string): string {
  return (
    facts.offices.find((office) => office.id === nodeId)?.code ??
    facts.areas.find((area) => area.nodeId === nodeId)?.id ??
    ''
  );
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
    classroomMinutes: row.classroom_minutes,
    aiReach: row.ai_reach,
    cyberReach: row.cyber_reach,
    atLeastOne: row.at_least_one,
    threeOrMore: row.three_or_more,
    begun: row.begun,
    activityCompletions: row.activity_completions,
    activityRenewals: row.activity_renewals,
    activityMinutes: row.activity_minutes,
  };
}
