import { sql } from 'kysely';
import type { GoldenDepartment } from '../../demo/department.ts';
import { changeFacts } from '../../src/kernel/facts.ts';
import type { Runtime } from '../../src/kernel/feature.ts';
import { newId } from '../../src/kernel/ids.ts';

type Tx = Parameters<Parameters<Runtime['db']['transaction']>[0]>[0];

/**
 * The department straight into the tables, in one change of facts: what the imports' own commands do with the
 * files, without them. For tests of figures that must not need the imports.
 */
export async function loadDepartment(
  runtime: Pick<Runtime, 'db'>,
  department: GoldenDepartment,
): Promise<void> {
  await runtime.db.transaction(async (tx) => {
    const offices = await insertOffices(tx, department);
    const courses = await insertCourses(tx, department);
    await insertPeople(tx, department, { offices, courses });
  });
}

async function insertOffices(tx: Tx, { made }: GoldenDepartment): Promise<Map<string, string>> {
  const known = await sql<{ code: string; id: string; path: string[] }>`
    select code, office_id as id, path from office`.execute(tx);
  const paths = new Map(known.rows.map((row) => [row.code, row.path]));
  for (const office of made.offices) {
    if (paths.has(office.code)) continue;
    const id = newId();
    const path = [...(paths.get(office.parent) ?? []), id];
    paths.set(office.code, path);
    await sql`insert into office (office_id, code, name_hi, name_en, parent_id, kind, area_code, path)
      values (${id}, ${office.code}, ${office.nameHi}, ${office.nameEn}, ${path.at(-2) ?? null}, ${office.kind},
        ${office.area || null}, ${path}::uuid[])`.execute(tx);
  }
  return new Map([...paths].map(([code, path]) => [code, path.at(-1) ?? '']));
}

async function insertCourses(tx: Tx, { made }: GoldenDepartment): Promise<Map<string, string>> {
  const ids = new Map(made.courses.map((course) => [course.code, newId()]));
  for (const course of made.courses)
    await sql`insert into course (course_id, code, title_hi, title_en, state)
      values (${ids.get(course.code)}, ${course.code}, ${course.titleHi}, ${course.titleEn}, 'published')`.execute(
      tx,
    );
  return ids;
}

type Ids = { offices: Map<string, string>; courses: Map<string, string> };

async function insertPeople(tx: Tx, department: GoldenDepartment, ids: Ids): Promise<void> {
  const known = await sql<{
    code: string;
    id: string;
  }>`select code, person_id as id from person_code`.execute(tx);
  const people = new Map(known.rows.map((row) => [row.code, row.id]));
  const { made } = department;
  const isNew = new Set(
    made.people.filter((person) => !people.has(person.code)).map((person) => person.code),
  );
  for (const code of isNew) people.set(code, newId());
  await sql`create temporary table touched_people on commit drop as
    select unnest(${[...people.values()]}::uuid[]) as person_id`.execute(tx);
  await changeFacts(tx, { table: 'touched_people' }, async () => {
    const rows = made.people.filter((person) => isNew.has(person.code));
    const personId = (code: string) => people.get(code) ?? '';
    await insertRows(
      tx,
      'person',
      rows.map((person) => ({
        person_id: personId(person.code),
        employee_code: person.code,
        name_hi: person.nameHi,
        name_en: person.nameEn,
        mobile: person.mobile,
        joined_on: person.joinedOn,
        account_day: person.postings.map((posting) => posting.postedOn).toSorted()[0],
        account_source: 'import',
      })),
    );
    await insertRows(
      tx,
      'person_code',
      rows.map((person) => ({ code: person.code, issuer: 'EHRMS', person_id: personId(person.code) })),
    );
    await insertRows(
      tx,
      'posting',
      rows.flatMap((person) =>
        person.postings.map((posting, index) => ({
          person_id: personId(person.code),
          posting_id: newId(),
          office_id: ids.offices.get(posting.office),
          kind: posting.kind,
          service_group: posting.group || null,
          engagement: posting.engagement,
          is_primary: index === person.postings.length - 1,
          starts_on: posting.postedOn,
          ends_on: posting.postedUntil ?? null,
          end_reason: posting.endReason ?? null,
        })),
      ),
    );
    await insertCompletions(tx, department, { ...ids, personId });
  });
}

async function insertCompletions(
  tx: Tx,
  { made }: GoldenDepartment,
  ids: Ids & { personId(code: string): string },
): Promise<void> {
  const rows = made.learnt.map(({ person, course, day }) => {
    const posting = person.postings.find(
      (one) => one.postedOn <= day && (!one.postedUntil || one.postedUntil >= day),
    );
    return {
      person_id: ids.personId(person.code),
      completion_id: newId(),
      course_id: ids.courses.get(course.code),
      completed_day: day,
      source: 'iGOT Karmayogi',
      minutes: course.minutes,
      office_id: posting ? ids.offices.get(posting.office) : null,
    };
  });
  await insertRows(tx, 'completion', rows);
}

async function insertRows(tx: Tx, table: string, rows: Record<string, unknown>[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const names = sql.join(columns.map((name) => sql.id(name)));
  await sql`insert into ${sql.id(table)} (${names})
    select ${names} from jsonb_populate_recordset(null::${sql.id(table)}, ${JSON.stringify(rows)}::jsonb)
    on conflict do nothing`.execute(tx);
}
