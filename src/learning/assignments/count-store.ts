import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import type { Portion, Reach, Reaching } from './store.ts';

/** Above this, what an assignment reaches is counted by a job and not while somebody waits for the page. */
export const mostCountedAtOnce = 20_000;

/** Whether so many are posted in an office and below it that a page does not wait for their count. */
export async function isLarge(db: Reads | Tx, officeId: string): Promise<boolean> {
  const found = await sql<{ n: number }>`select count(*)::int as n from (
    select 1 from office o join posting p on p.office_id = o.office_id and p.voided_at is null
    where o.path @> array[${officeId}::uuid] limit ${mostCountedAtOnce + 1}) few`.execute(db);
  return (found.rows[0]?.n ?? 0) > mostCountedAtOnce;
}

export type Counted = Reach & { countedAt: Date | null };

/** The last whole count; while the first one runs, what it has found so far. */
export async function lastCount(db: Reads, assignmentId: string): Promise<Counted> {
  const found =
    await sql<Counted>`select coalesce(asked, running_asked) as asked, coalesce(done, running_done) as done,
      coalesce(begun, running_begun) as begun, counted_at as "countedAt"
    from course_assignment_count where course_assignment_id = ${assignmentId}`.execute(db);
  return found.rows[0] ?? { asked: 0, done: 0, begun: 0, countedAt: null };
}

/** Live assignments of posts, the longest uncounted first. */
export async function assignmentsToCount(db: Reads, before: Date): Promise<Reaching[]> {
  const found = await sql<Reaching>`select ${reaching} from course_assignment a
      left join course_assignment_count c using (course_assignment_id)
    where a.withdrawn_at is null and a.target = 'posts' and (c.counted_at is null or c.counted_at < ${before})
    order by c.counted_at nulls first limit 1000`.execute(db);
  return found.rows;
}

const reaching = sql`a.course_assignment_id as "assignmentId", a.course_id as "courseId", a.office_id as "officeId",
  a.target, a.designation_id as "designationId", a.cadre_id as "cadreId", a.service_group as "serviceGroup"`;

export async function reachingById(db: Reads, id: string): Promise<Reaching | undefined> {
  const found = await sql<Reaching>`select ${reaching} from course_assignment a
    where a.course_assignment_id = ${id} and a.withdrawn_at is null`.execute(db);
  return found.rows[0];
}

/** Where the count stands, held until the transaction ends: two jobs count no portion twice. */
export async function lockedPlace(tx: Tx, assignmentId: string): Promise<string> {
  await sql`insert into course_assignment_count (course_assignment_id) values (${assignmentId})
    on conflict do nothing`.execute(tx);
  const found = await sql<{ after: string | null }>`select running_after as after from course_assignment_count
    where course_assignment_id = ${assignmentId} for update`.execute(tx);
  return found.rows[0]?.after ?? '00000000-0000-0000-0000-000000000000';
}

/** The next so many postings by person; undefined at the end. */
export async function nextPortion(tx: Tx, after: string, most: number): Promise<Portion | undefined> {
  const found = await sql<{ id: string }>`select person_id as id from (select person_id from posting
      where person_id > ${after}::uuid order by person_id limit ${most}) portion
    order by person_id desc limit 1`.execute(tx);
  return found.rows[0] && { after, upTo: found.rows[0].id };
}

export async function addPortion(
  tx: Tx,
  assignmentId: string,
  { asked, done, begun, upTo }: Reach & { upTo: string },
): Promise<void> {
  await sql`update course_assignment_count set running_after = ${upTo}::uuid, running_asked = running_asked + ${asked},
      running_done = running_done + ${done}, running_begun = running_begun + ${begun}
    where course_assignment_id = ${assignmentId}`.execute(tx);
}

/** The running count becomes the one that is shown. */
export async function finishCount(tx: Tx, assignmentId: string, now: Date): Promise<void> {
  await sql`update course_assignment_count set asked = running_asked, done = running_done, begun = running_begun,
      counted_at = ${now}, running_after = null, running_asked = 0, running_done = 0, running_begun = 0
    where course_assignment_id = ${assignmentId}`.execute(tx);
}

export type SubOffice = { code: string; nameHi: string; nameEn: string | null };

/** The offices right below one that stand today. */
export async function officesBelow(
  db: Db['read'],
  at: { officeId: string; today: string },
): Promise<SubOffice[]> {
  const found = await sql<SubOffice>`select code, name_hi as "nameHi", name_en as "nameEn" from office
    where parent_id = ${at.officeId} and (valid_until is null or valid_until >= ${at.today}::date)
    order by name_hi, code limit 500`.execute(db);
  return found.rows;
}
