import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { usesOfACourse, usesOfAVersion } from '../../src/catalogue/import/course-uses-store.ts';
import { type Use, undoImport, usesOf } from '../../src/kernel/imports/index.ts';
import { commitMandate } from '../../src/mandates/import-mandate.ts';
import { readOrder } from '../../src/mandates/rules/order-file.ts';
import { usesOfAnOffice } from '../../src/organisations/import/office-uses-store.ts';
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
  'area.node_id': 'an area, no office',
  'audit_event.office_id': 'the trail keeps what was',
  'import.office_id': 'what an import brought is looked at itself',
  'import.scope_office_ids': 'the offices of who imported; what it brought is looked at itself',
  'import_unmatched.scope_office_ids': 'the same',
  'office_counter.office_id': 'counter',
  'counter_delta.offices': 'counter',
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
};

const uses: readonly Use[] = [...usesOfAnOffice, ...usesOfACourse, ...usesOfAVersion];

/** Columns that name an office or a course by their name, and those that a foreign key says do. */
async function columnsThatName(): Promise<string[]> {
  const found = await sql<{ place: string }>`
    select distinct c.relname || '.' || a.attname as place
    from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_constraint f on f.conrelid = c.oid and f.contype = 'f' and a.attnum = any (f.conkey)
        and f.confrelid in ('office'::regclass, 'course'::regclass, 'course_version'::regclass)
    where c.relkind = 'r' and (f.oid is not null or a.atttypid in ('uuid'::regtype, 'uuid[]'::regtype)
      and a.attname ~ '(^|_)(office|offices|course|course_version|node|nodes|institute)(_ids?)?$|^(path|entered_at|current_version_id)$')
    order by 1`.execute(world.runtime.db.read);
  return found.rows.map((row) => row.place);
}

test('every column of the schema that names an office or a course is looked at by an undo, or has its reason', async () => {
  const known = new Set([
    ...uses.map(({ table, column }) => `${table}.${column}`),
    ...Object.keys(restsOnNothing),
  ]);
  const columns = await columnsThatName();
  assert.ok(columns.length > 80);
  assert.deepEqual(
    columns.filter((place) => !known.has(place)),
    [],
    'say in office-uses-store.ts or course-uses-store.ts that it rests on the import, or here why not',
  );
  const gone = Object.keys(restsOnNothing).filter((place) => !columns.includes(place));
  assert.deepEqual(gone, []);
});

// What stands in a column that names the thing by other than its key.
const written: Record<string, (code: string, id: string) => unknown> = {
  'usesOfAnOffice mandate.rules': (code) => ({ scope: { offices: ['SW', code] } }),
  'usesOfAnOffice report.definition': (code) => ({ office: code }),
  'usesOfACourse mandate.rules': (code) => ({
    condition: { allOf: [{ courses: { atLeast: 1, of: [code] } }, { passed: { assessment: code } }] },
  }),
};

const lists = { usesOfAnOffice, usesOfACourse, usesOfAVersion };
for (const [list, ofList] of Object.entries(lists)) {
  test(`each of ${list} is seen where a row of its table names the thing`, async () => {
    const [id, importId] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002'];
    for (const use of ofList) {
      await world.runtime.db.transaction(async (tx) => {
        // Shadows the table for this transaction, without what its columns demand.
        await sql`create temp table ${sql.table(use.table)} on commit drop as table ${sql.table(use.table)} with no data`.execute(
          tx,
        );
        const given = written[`${list} ${use.table}.${use.column}`]?.('X1', id);
        const isMany = ['course_ids'].includes(use.column);
        const value = given
          ? sql`${JSON.stringify(given)}::jsonb`
          : isMany
            ? sql`array[${id}::uuid]`
            : sql`${id}::uuid`;
        const byImport = use.where?.includes('import_id is not null') ? sql`${importId}::uuid` : sql`null`;
        const hasImport = /import_id/.test(`${use.where}${use.name}`);
        await sql`insert into ${sql.table(use.table)} (${sql.ref(use.column)} ${hasImport ? sql`, import_id` : sql``})
          values (${value} ${hasImport ? sql`, ${byImport}` : sql``})`.execute(tx);
        const made = sql`select ${id}::uuid as id, 'X1' as code, ${importId}::uuid as import_id`;
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
