import { type RawBuilder, sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type Target = 'posts' | 'persons';
export type ServiceGroup = 'A' | 'B' | 'C' | 'D';

export type NewAssignment = {
  assignmentId: string;
  courseId: string;
  officeId: string;
  target: Target;
  designationId: string | null;
  cadreId: string | null;
  serviceGroup: ServiceGroup | null;
  wishDay: string | null;
  reason: string | null;
  madeAt: Date;
  madeBy: string | null;
};

export async function insertAssignment(tx: Tx, row: NewAssignment, personIds: string[]): Promise<void> {
  await sql`insert into course_assignment (course_assignment_id, course_id, office_id, target, designation_id, cadre_id,
      service_group, wish_day, reason, made_at, made_by)
    values (${row.assignmentId}, ${row.courseId}, ${row.officeId}, ${row.target}, ${row.designationId}, ${row.cadreId},
      ${row.serviceGroup}, ${row.wishDay}, ${row.reason}, ${row.madeAt}, ${row.madeBy})`.execute(tx);
  await sql`insert into course_assignment_person (person_id, course_assignment_id)
    select person_id, ${row.assignmentId}::uuid from unnest(${personIds}::uuid[]) as p (person_id)`.execute(
    tx,
  );
}

export async function markAssignmentWithdrawn(
  tx: Tx,
  row: { assignmentId: string; now: Date; by: string | null },
): Promise<void> {
  await sql`update course_assignment set withdrawn_at = ${row.now}, withdrawn_by = ${row.by}
    where course_assignment_id = ${row.assignmentId} and withdrawn_at is null`.execute(tx);
}

export type AssignmentRow = {
  assignmentId: string;
  courseId: string;
  courseCode: string;
  titleHi: string | null;
  titleEn: string | null;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  target: Target;
  designationId: string | null;
  designation: string | null;
  designationEn: string | null;
  cadreId: string | null;
  cadre: string | null;
  cadreEn: string | null;
  serviceGroup: ServiceGroup | null;
  wishDay: string | null;
  reason: string | null;
  madeAt: Date;
  madeByHi: string | null;
  madeByEn: string | null;
  withdrawnAt: Date | null;
};

const assignments = sql`select a.course_assignment_id as "assignmentId", a.course_id as "courseId", c.code as "courseCode",
    c.title_hi as "titleHi", c.title_en as "titleEn", o.office_id as "officeId", o.code as "officeCode",
    o.name_hi as "officeHi", o.name_en as "officeEn", o.path as "officePath", a.target,
    a.designation_id as "designationId", d.name as designation, d.name_en as "designationEn", a.cadre_id as "cadreId",
    k.name as cadre, k.name_en as "cadreEn", a.service_group as "serviceGroup", a.wish_day as "wishDay", a.reason, a.made_at as "madeAt",
    by.name_hi as "madeByHi", by.name_en as "madeByEn", a.withdrawn_at as "withdrawnAt"
  from course_assignment a join course c on c.course_id = a.course_id join office o on o.office_id = a.office_id
    left join designation d on d.designation_id = a.designation_id left join cadre k on k.cadre_id = a.cadre_id
    left join person by on by.person_id = a.made_by`;

export async function assignmentById(db: Reads | Tx, id: string): Promise<AssignmentRow | undefined> {
  const found = await sql<AssignmentRow>`${assignments} where a.course_assignment_id = ${id}`.execute(db);
  return found.rows[0];
}

/** How many assignments of a course are in force in these offices. */
export async function countOfCourse(db: Reads, courseId: string, scopes: readonly string[]): Promise<number> {
  const found = await sql<{
    n: number;
  }>`select count(*)::int as n from course_assignment a join office o using (office_id)
    where a.course_id = ${courseId} and a.withdrawn_at is null and ${inScope(sql`o.path`, scopes)}`.execute(
    db,
  );
  return found.rows[0]?.n ?? 0;
}

/** Assignments of the offices in scope, those in force first, by their ids, which are ordered by time. */
export async function assignmentPage(
  db: Reads,
  page: { scopes: readonly string[]; state: 'live' | 'withdrawn'; limit: number; after?: string },
): Promise<AssignmentRow[]> {
  const after = page.after ?? null;
  const found = await sql<AssignmentRow>`${assignments}
    where ${inScope(sql`o.path`, page.scopes)} and (a.withdrawn_at is null) = ${page.state === 'live'}
      and (${after}::uuid is null or a.course_assignment_id < ${after}::uuid)
    order by a.course_assignment_id desc limit ${page.limit}`.execute(db);
  return found.rows;
}

/** What decides whom an assignment reaches. */
export type Reaching = Pick<
  AssignmentRow,
  'assignmentId' | 'courseId' | 'officeId' | 'target' | 'designationId' | 'cadreId' | 'serviceGroup'
>;
/** Persons by their ids: after the one, up to the other. */
export type Portion = { after: string; upTo: string };

/**
 * Whom an assignment reaches on a day: whoever then holds such a post in the office or below it; of the persons
 * named those who are posted there.
 */
function reachedSql(row: Reaching, today: string, among?: Portion): RawBuilder<unknown> {
  const named =
    row.target === 'persons'
      ? sql`course_assignment_person n join posting p on n.course_assignment_id = ${row.assignmentId}
          and p.person_id = n.person_id`
      : sql`posting p`;
  return sql`select distinct p.person_id from ${named} join office o on o.office_id = p.office_id
    where o.path @> array[${row.officeId}::uuid] and p.voided_at is null and p.starts_on <= ${today}::date
      and (p.ends_on is null or p.ends_on >= ${today}::date)
      and (${row.designationId}::uuid is null or p.designation_id = ${row.designationId}::uuid)
      and (${row.cadreId}::uuid is null or p.cadre_id = ${row.cadreId}::uuid)
      and (${row.serviceGroup}::text is null or p.service_group = ${row.serviceGroup}::text)
      and ${among ? sql`p.person_id > ${among.after}::uuid and p.person_id <= ${among.upTo}::uuid` : sql`true`}`;
}

const standing = (row: Pick<Reaching, 'courseId'>): RawBuilder<unknown> => sql`
  left join lateral (select min(co.completed_day) as completed_day from completion co
    where co.person_id = r.person_id and co.course_id = ${row.courseId}::uuid and co.voided_at is null) done on true
  left join lateral (select e.enrolled_day from enrolment e where e.person_id = r.person_id
    and e.course_id = ${row.courseId}::uuid and e.withdrawn_at is null limit 1) begun on true`;

export type Reach = { asked: number; done: number; begun: number };

export async function reachOf(
  db: Reads | Tx,
  row: Reaching,
  { today, among }: { today: string; among?: Portion },
): Promise<Reach> {
  const found = await sql<Reach>`select count(*)::int as asked, count(done.completed_day)::int as done,
      (count(*) filter (where done.completed_day is null and begun.enrolled_day is not null))::int as begun
    from (${reachedSql(row, today, among)}) r ${standing(row)}`.execute(db);
  return found.rows[0] ?? { asked: 0, done: 0, begun: 0 };
}

export type ReachedPerson = {
  personId: string;
  code: string | null;
  nameHi: string | null;
  nameEn: string | null;
  completedDay: string | null;
  enrolledDay: string | null;
};
export type PersonState = 'all' | 'done' | 'open';

/** Those whom an assignment reaches, who has not done it first, by name. */
export async function reachedPersons(
  db: Reads,
  row: Reaching,
  page: { today: string; state: PersonState; limit: number; offset: number },
): Promise<ReachedPerson[]> {
  const states = {
    all: sql`true`,
    done: sql`done.completed_day is not null`,
    open: sql`done.completed_day is null`,
  };
  const found = await sql<ReachedPerson>`select r.person_id as "personId", pe.employee_code as code,
      pe.name_hi as "nameHi", pe.name_en as "nameEn", done.completed_day as "completedDay",
      begun.enrolled_day as "enrolledDay"
    from (${reachedSql(row, page.today)}) r join person pe using (person_id) ${standing(row)}
    where ${states[page.state]}
    order by done.completed_day is not null, coalesce(pe.name_hi, pe.name_en), r.person_id
    limit ${page.limit} offset ${page.offset}`.execute(db);
  return found.rows;
}

export type PostedPerson = {
  personId: string;
  code: string;
  nameHi: string | null;
  nameEn: string | null;
  designation: string | null;
  designationEn: string | null;
  officeHi: string;
  officeEn: string | null;
};
type PostedWish = { officeId: string; today: string };

const posted = (wish: PostedWish) => sql`select distinct on (pc.code) pc.code, pc.person_id as "personId",
    pe.name_hi as "nameHi", pe.name_en as "nameEn", d.name as designation, d.name_en as "designationEn",
    o.name_hi as "officeHi", o.name_en as "officeEn"
  from person pe join person_code pc using (person_id) join posting p using (person_id)
    join office o on o.office_id = p.office_id left join designation d on d.designation_id = p.designation_id
  where ${standsIn(wish)}`;

/** Persons by employee code who are posted in the office or below it on the day. */
export async function postedByCode(
  db: Reads,
  wish: PostedWish & { codes: string[] },
): Promise<PostedPerson[]> {
  const found = await sql<PostedPerson>`${posted(wish)} and upper(pc.code) = any(${wish.codes}::text[])
    order by pc.code, p.is_primary desc`.execute(db);
  return found.rows;
}

/** The same by the sound of their names; `patterns` are those of the desk's search. */
export async function postedByName(
  db: Reads,
  wish: PostedWish & { patterns: string[]; limit: number },
): Promise<PostedPerson[]> {
  const found = await sql<PostedPerson>`select * from (${posted(wish)} and pe.person_id in (
      select person_id from person where merged_into is null and search_text like all(${wish.patterns}::text[]))
    order by pc.code, p.is_primary desc) found
    order by coalesce("nameHi", "nameEn"), code limit ${wish.limit}`.execute(db);
  return found.rows;
}

export type PostChoice = { id: string; name: string; nameEn: string | null; count: number };

/** The designations, or the cadres, of those posted in an office and below it, the most frequent first. */
export async function postChoices(
  db: Reads,
  kind: 'designation' | 'cadre',
  wish: { officeId: string; today: string },
): Promise<PostChoice[]> {
  const column = sql.ref(kind === 'designation' ? 'p.designation_id' : 'p.cadre_id');
  const named =
    kind === 'designation'
      ? sql`designation d on d.designation_id = x.id`
      : sql`cadre d on d.cadre_id = x.id`;
  // Counted by id first, so that the two million postings of a state take less than half a second.
  const found = await sql<PostChoice>`select x.id, d.name, d.name_en as "nameEn", x.count
    from (select ${column} as id, count(*)::int as count from posting p join office o on o.office_id = p.office_id
      where ${standsIn(wish)} and ${column} is not null group by 1) x join ${named}
    order by x.count desc, d.name limit 300`.execute(db);
  return found.rows;
}

/** True where somebody holds this designation, or cadre, in the office or below it today. */
export async function isHeld(
  db: Reads,
  kind: 'designation' | 'cadre',
  wish: { id: string; officeId: string; today: string },
): Promise<boolean> {
  const column = sql.ref(kind === 'designation' ? 'p.designation_id' : 'p.cadre_id');
  const found = await sql`select 1 from posting p join office o on o.office_id = p.office_id
    where ${column} = ${wish.id}::uuid and ${standsIn(wish)} limit 1`.execute(db);
  return found.rows.length > 0;
}

const standsIn = ({ officeId, today }: { officeId: string; today: string }) =>
  sql`o.path @> array[${officeId}::uuid] and p.voided_at is null and p.starts_on <= ${today}::date
    and (p.ends_on is null or p.ends_on >= ${today}::date)`;

export async function countNamed(db: Pick<Db, 'read'>['read'], personId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from course_assignment_person
    where person_id = ${personId}`.execute(db);
  return found.rows[0]?.n ?? 0;
}

export async function moveNamed(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  await sql`insert into course_assignment_person (person_id, course_assignment_id)
    select ${pair.survivorId}::uuid, course_assignment_id from course_assignment_person
    where person_id = ${pair.mergedId} on conflict do nothing`.execute(tx);
  await sql`delete from course_assignment_person where person_id = ${pair.mergedId}`.execute(tx);
}
