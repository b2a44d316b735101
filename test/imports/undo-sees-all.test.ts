import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { usesOfACourse, usesOfAVersion } from '../../src/catalogue/import/course-uses-store.ts';
import { type Use, undoImport, usesOf } from '../../src/kernel/imports/index.ts';
import { grantExemption } from '../../src/mandates/exemptions/grant-exemption.ts';
import { commitMandate } from '../../src/mandates/import-mandate.ts';
import { readOrder } from '../../src/mandates/rules/order-file.ts';
import { usesOfAnOffice } from '../../src/organisations/import/office-uses-store.ts';
import { usesOfAPerson } from '../../src/people/import/stores/person-uses.ts';
import { openWorld, type World } from '../world.ts';
import { commit, csv } from './files.ts';

let world: World;
before(async () => {
  world = await openWorld();
});
after(() => world.close());

// What the thing itself is made of, what Daksh derives from other rows, and what only keeps that something was.
const restsOnNothing: Record<string, string> = {
  'office.office_id': 'the office itself',
  'office.parent_id': 'offices below are looked at by a query of their own',
  'office.path': 'derived from the parents',
  'office.nodes': 'derived',
  'office.class_nodes': 'derived',
  'office_name.office_id': 'goes with the office',
  'office_gate.office_id': 'goes with the office',
  'area.node_id': 'an area, no office',
  'audit_event.office_id': 'the trail keeps what was',
  'import.office_id': 'what an import brought is looked at itself',
  'import.scope_office_ids': 'the offices of who imported; what it brought is looked at itself',
  'import_unmatched.scope_office_ids': 'the same',
  'office_counter.office_id': 'counter',
  'counter_delta.offices': 'counter',
  'learning_digest.office_id': 'derived from completions',
  'person_digest.office_id': 'derived from postings',
  'person_digest.office_ids': 'the same',
  'campaign_counter.node_id': 'counter',
  'campaign_delta.nodes': 'counter',
  'campaign_progress.met_office_id': 'derived',
  'campaign_result.office_id': 'derived; the campaign is looked at',
  'mandate_sheet_counter.office_id': 'counter',
  'mandate_sheet_standing.office_ids': 'derived',
  'promotion_tally.office_id': 'counter',
  'review_field_cadre.node_id': 'counter',
  'review_roster_reach.office_id': 'derived from imports; what they brought is looked at',
  'reminder_item.office_id': 'notices are derived',

  'course.course_id': 'the course itself',
  'course.current_version_id': 'the course itself',
  'course_version.course_version_id': 'the version itself',
  'course_tag_history.course_id': 'goes with the course',
  'course_rating_total.course_id': 'counter',

  'person.person_id': 'the person himself',
  'person.merged_into': 'merges are looked at by a query of their own',
  'person_name.person_id': 'of the person himself',
  'person_code.person_id': 'of the person himself',
  'person_contact.person_id': 'of the person himself',
  'person_notice.person_id': 'notices are derived',
  'audit_event.person_id': 'the trail keeps what was',
  'audit_event.actor_person_id': 'the trail keeps what was',
  'import_change.person_id': 'later imports are looked at by a query of their own',
  'import_unmatched.candidate_ids': 'proposals, found anew when somebody decides',
  'mandate_build_touched.person_id': 'queue',
  'mandate_touched.person_id': 'queue',
  'digest_touched.person_id': 'queue',
  'learning_digest.person_id': 'derived',
  'person_digest.person_id': 'derived',
  'mandate_sheet_standing.person_id': 'derived',
  'campaign_progress.person_id': 'derived',
  'reminder_item.person_id': 'notices are derived',
  'reminder_digest.person_id': 'notices are derived',
  'reminder_sending.person_id': 'notices are derived',
  'certificate_batch.after_person_id': 'how far a work has come',
  'promotion_tally.after_person_id': 'how far a work has come',
  'reminder_run.after_person_id': 'how far a work has come',
  'statement_job.after_person_id': 'how far a work has come',
  'certificate_number.person_id': 'the certificate is looked at',
  'statement_number.person_id': 'the statement is looked at',
  'statement_event.person_id': 'the statement is looked at',
  'engagement.person_id': 'the enrolment is looked at',
  'engagement_day.person_id': 'the enrolment is looked at',
  'engagement_slot.after_person_id': 'how far a work has come',
  'learner_clock.person_id': 'the enrolment is looked at',
  'lesson_presence.person_id': 'the enrolment is looked at',
  'lesson_progress.person_id': 'the enrolment is looked at',
  'quiz_attempt.person_id': 'the enrolment is looked at',
  'paper.person_id': 'the enrolment is looked at',
  'paper_answer.person_id': 'the enrolment is looked at',
  'help_message.person_id': 'the request is looked at',
  'help_message.author_person_id': 'whoever writes has signed in',
  'review_case_event.person_id': 'the case is looked at',
  'review_case_event.actor_person_id': 'whoever acts has signed in',
  'course_writer.writer_id': 'whoever writes has signed in',
  'session.person_id': 'the sign-in is looked at on the person',
  'order_feed.person_id': 'whoever makes one has signed in',
  'known_device.person_id': 'whoever has one has signed in',
  'recovery_code.person_id': 'whoever has some has signed in',
  'sign_in_secret.person_id': 'a key to an account that goes with it; once used, the sign-in is looked at',
  'sign_in_slip.person_id': 'the same',
  'sign_in_flow.person_id': 'the same',
  'sign_in_flow.candidate_ids': 'the same',
};

const uses: readonly Use[] = [...usesOfAnOffice, ...usesOfACourse, ...usesOfAVersion, ...usesOfAPerson];

/**
 * Columns that name an office, a course or a person by their name, and those that a foreign key says do. Those who
 * did something to others (`…_by`) have signed in or used a token, which is looked at.
 */
async function columnsThatName(): Promise<string[]> {
  const found = await sql<{ place: string }>`
    select distinct c.relname || '.' || a.attname as place
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey)
        and f.confrelid in ('office'::regclass, 'course'::regclass, 'course_version'::regclass, 'person'::regclass)
    where c.relkind in ('r', 'p') and not c.relispartition and (f.oid is not null or a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
      and a.attname ~ '(^|_)(office|offices|course|course_version|node|nodes|institute)(_ids?)?$|^(path|entered_at|current_version_id)$'
      or a.attname ~ '(^|_)(person_ids?|owner_id|holder_id|writer_id|candidate_ids|merged_into)$')
    order by 1`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.place);
}

test('every column of the schema that names an office, a course or a person is looked at by an undo, or has its reason', async () => {
  const known = new Set([
    ...uses.map(({ table, column }) => `${table}.${column}`),
    ...Object.keys(restsOnNothing),
  ]);
  const columns = await columnsThatName();
  assert.ok(columns.length > 80);
  assert.deepEqual(
    columns.filter((place) => !known.has(place)),
    [],
    'say in office-uses-store.ts, course-uses-store.ts or person-uses.ts that it rests on the import, or here why not',
  );
  const gone = Object.keys(restsOnNothing).filter((place) => !columns.includes(place));
  assert.deepEqual(gone, []);
});

// What stands in a column that names the thing by other than its key.
const written: Record<string, (code: string) => unknown> = {
  'usesOfAnOffice mandate.rules': (code) => ({ scope: { offices: ['SW', code] } }),
  'usesOfAnOffice report.definition': (code) => ({ office: code }),
  'usesOfACourse mandate.rules': (code) => ({
    condition: { allOf: [{ courses: { atLeast: 1, of: [code] } }, { passed: { assessment: code } }] },
  }),
};

const conditions = (use: Use) => `${use.where} ${use.name}`;
const hasImport = (use: Use) => /import_id/.test(conditions(use));
const isLater = (use: Use) => /import_id is not null|<> m.import_id/.test(conditions(use));
const isMatched = (use: Use) => /'matched'/.test(conditions(use));

function namedIn(use: Use, given: ((code: string) => unknown) | undefined, id: string) {
  if (given) return sql`${JSON.stringify(given('X1'))}::jsonb`;
  return use.column === 'course_ids' ? sql`array[${id}::uuid]` : sql`${id}::uuid`;
}

const lists = { usesOfAnOffice, usesOfACourse, usesOfAVersion, usesOfAPerson };
for (const [list, ofList] of Object.entries(lists)) {
  test(`each of ${list} is seen where a row of its table names the thing`, async () => {
    const [id, importId] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
    for (const use of ofList) {
      await world.runtime.db.transaction(async (tx) => {
        // Shadows the table for this transaction, without what its columns demand.
        await sql`create temp table ${sql.table(use.table)} on commit drop as table ${sql.table(use.table)} with no data`.execute(
          tx,
        );
        const columns = [
          use.column,
          ...(hasImport(use) ? ['import_id'] : []),
          ...(isMatched(use) ? ['state'] : []),
        ];
        const values = [
          namedIn(use, written[`${list} ${use.table}.${use.column}`], id),
          ...(hasImport(use) ? [isLater(use) ? sql`${importId}::uuid` : sql`null`] : []),
          ...(isMatched(use) ? [sql`'matched'`] : []),
        ];
        await sql`insert into ${sql.table(use.table)} (${sql.join(columns.map((name) => sql.ref(name)))})
          values (${sql.join(values)})`.execute(tx);
        const made = sql`select ${id}::uuid as id, 'X1' as code, ${id}::uuid as import_id`;
        const [seen] = await usesOf(tx, made, [use]);
        assert.equal(seen?.kind, use.kind, `${use.table}.${use.column}`);
        assert.ok(seen.name, `${use.table}.${use.column}`);
      });
    }
  });
}

const order = (number: string, more: object) =>
  readOrder({
    ...{ order: { number, date: '2026-04-01', issuer: 'CS' }, title: { hi: 'आदेश' } },
    ...{ scope: { offices: ['SW'] }, window: { from: '2026-04-01', to: '2027-03-31' } },
    ...{ condition: { courses: { atLeast: 1 } }, ...more },
  });

test('offices and courses of an order are not taken back, and the order is named', async () => {
  const offices = await commit(
    world.system,
    'offices',
    csv('office_code,name_hi,parent_code', 'N1,क,SW', 'N2,ख,SW'),
  );
  const courses = await commit(
    world.system,
    'courses',
    csv('course_code,title_hi,duration_minutes', 'K1,क,60', 'K2,ख,60'),
  );
  await commitMandate(world.system, order('U/1', { scope: { offices: ['N1', 'N2'] } }));
  await commitMandate(world.system, order('U/2', { scope: { offices: ['SW', 'N2'] } }));
  await commitMandate(
    world.system,
    order('U/3', { condition: { courses: { atLeast: 2, of: ['K1', 'K2'] } } }),
  );
  await assert.rejects(undoImport(world.system, offices.result.id), {
    reason: 'has_dependents',
    message: /order U\/1.*order U\/2/,
  });
  await assert.rejects(undoImport(world.system, courses.result.id), {
    reason: 'has_dependents',
    message: /order U\/3/,
  });
});

test('people of a roster whom somebody exempted, recorded at a session or on leave are not taken back', async () => {
  const roster = await commit(
    world.system,
    'roster',
    csv('employee_code,name_hi,office_code', 'NEW1,क,SW-BBK'),
  );
  const later = [
    csv('session_code,title,day,minutes,employee_code', 'S-1,प्रशिक्षण,2026-06-01,360,NEW1'),
    csv('employee_code,service_kind,starts_on,ends_on', 'NEW1,long_leave,2026-05-01,2026-09-30'),
  ];
  for (const [at, kind] of ['attendance', 'service'].entries()) {
    const { result } = await commit(world.system, kind, later[at] ?? csv(''));
    await assert.rejects(undoImport(world.system, roster.result.id), { message: new RegExp(result.id) });
    await undoImport(world.system, result.id);
  }
  const personId = await sql<{ id: string }>`select person_id as id from person_code where code = 'NEW1'`
    .execute(world.runtime.db.read)
    .then((found) => found.rows[0]?.id ?? '');
  const exemption = {
    mandate: 'U/3',
    reasonClass: 'medical',
    orderNumber: 'EX/1',
    startsOn: '2026-05-01',
  } as const;
  await grantExemption(world.as('ramesh'), personId, exemption);
  await assert.rejects(undoImport(world.system, roster.result.id), { message: /exemption NEW1/ });
});
