import { type RawBuilder, sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { MandateStatus } from '../standing.ts';
import { postedAt } from './posted-at.ts';
import type { PersonSource } from './standing-sql.ts';
import { statusOn } from './status-sql.ts';

export type BoundPerson = {
  personId: string;
  employeeCode: string | null;
  nameHi: string | null;
  nameEn: string | null;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  status: MandateStatus;
  reachedOn: Day | null;
  dueOn: Day | null;
  overdueFrom: Day | null;
};

export type PersonsWish = {
  mandateId: string;
  officeId: string;
  asOf: Day;
  status?: MandateStatus;
  after?: string;
  limit: number;
  /** From more on the order's people are walked through. */
  few?: number;
};

/**
 * Those bound at or below an office on a day, by key. Where few are posted there they are looked up; else the
 * order's people are walked through until there are enough.
 */
export async function boundPersons(db: Reads, wish: PersonsWish): Promise<BoundPerson[]> {
  const { asOf, officeId, limit } = wish;
  const after = wish.after ? sql`and standing.person_id > ${wish.after}` : sql``;
  const status = wish.status ? sql`and ${statusOn(asOf)} = ${wish.status}` : sql``;
  const found =
    await sql<BoundPerson>`select one.*, person.employee_code as "employeeCode", person.name_hi as "nameHi",
      person.name_en as "nameEn"
    from (
      select standing.person_id as "personId", at.code as "officeCode", at.name_hi as "officeHi", at.name_en as "officeEn",
        ${statusOn(asOf)} as status, reached_on as "reachedOn", due_on as "dueOn", overdue_from as "overdueFrom"
      from mandate_sheet_standing standing cross join lateral (
        select office.* from unnest(office_ids, bound_days) as one (at_id, days) join office on office.office_id = at_id
        where days @> ${asOf}::date and office.path @> array[${officeId}::uuid] limit 1) at
      where standing.sheet_id = (select sheet_id from mandate where mandate_id = ${wish.mandateId})
        and ${await postedAt(db, officeId, wish.few)} ${after} ${status}
      order by standing.person_id limit ${limit}
    ) one join person on person.person_id = one."personId" order by one."personId"`.execute(db);
  return found.rows;
}

export type StandingRow = {
  mandateId: string;
  officeIds: string[];
  firstDay: Day;
  lastDay: Day;
  /** How many of the window's days he serves, where the order asks in proportion. */
  inDays: number | null;
  reachedOn: Day | null;
  dueOn: Day | null;
  overdueFrom: Day | null;
  status: MandateStatus;
  /** Where he is bound on the day. */
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  serviceGroup: string | null;
  engagement: string | null;
  designation: string | null;
  exemptUntil: Day | null;
  exemptOrder: string | null;
  exemptClass: string | null;
};

type StandingSource = { personId: string; asOf: Day; rows: RawBuilder<unknown> };

/** Where one person stands on a day, with the posting that binds; `rows` are computed or written standings. */
export async function standingsOn(
  db: Reads | Tx,
  { personId, asOf, rows }: StandingSource,
): Promise<StandingRow[]> {
  const found = await sql<StandingRow>`select standing.mandate_id as "mandateId", office_ids as "officeIds",
      first_day as "firstDay", last_day as "lastDay", in_days as "inDays", reached_on as "reachedOn", due_on as "dueOn",
      overdue_from as "overdueFrom", ${statusOn(asOf)} as status, at.code as "officeCode", at.name_hi as "officeHi",
      at.name_en as "officeEn", at.service_group as "serviceGroup", at.engagement, at.designation,
      given.ends_on as "exemptUntil", given.order_number as "exemptOrder", given.reason_class as "exemptClass"
    from (${rows}) standing join mandate using (mandate_id)
      cross join lateral (
        select office.code, office.name_hi, office.name_en, posting.service_group, posting.engagement,
          designation.name as designation
        from unnest(office_ids, bound_days) as one (at_id, days) join office on office.office_id = at_id
          left join lateral (
            select * from posting where posting.person_id = ${personId} and posting.office_id = at_id
              and posting.voided_at is null
            order by daterange(starts_on, ends_on, '[]') @> ${asOf}::date desc, starts_on desc limit 1) posting on true
          left join designation using (designation_id)
        where days @> ${asOf}::date limit 1) at
      left join lateral (
        select ends_on, order_number, reason_class from exemption
        where exemption.person_id = ${personId} and exemption.mandate_id = any(array_append(mandate.lineage, mandate.mandate_id)) and voided_at is null
          and daterange(starts_on, ends_on, '[]') @> ${asOf}::date
        order by ends_on desc nulls first limit 1) given on true`.execute(db);
  return found.rows;
}

export function ofPerson(personId: string): PersonSource {
  return sql`select ${personId}::uuid as person_id`;
}

/** Whether what is written of the person is all that is known. */
export async function isPersonSettled(db: Reads | Tx, personId: string): Promise<boolean> {
  const found = await sql<{ settled: boolean }>`select ${isSettled(personId)} as settled`.execute(db);
  return found.rows[0]?.settled ?? false;
}

function isSettled(personId: string): RawBuilder<unknown> {
  return sql`not exists (select from mandate_touched where person_id = ${personId})
    and not exists (select from mandate_recount)`;
}

/** What is written of a person under the orders in force; nothing while it is not all that is known. */
export function writtenRows(personId: string): RawBuilder<unknown> {
  return sql`select * from mandate_standing where person_id = ${personId} and ${isSettled(personId)}`;
}

/** One thing that a person did: a course, an accepted claim, a session, a paper. */
export type DoneItem = {
  kind: 'course' | 'claim' | 'session' | 'paper';
  itemId: string;
  code: string | null;
  titleHi: string | null;
  titleEn: string | null;
  tags: string[];
  day: Day;
  minutes: number;
};

/** What may count for orders, of one person, by day; until an instant of recording where one is given. */
export async function itemsOfPerson(db: Reads | Tx, personId: string, until?: Date): Promise<DoneItem[]> {
  const live = (table: string) =>
    until
      ? sql`${sql.id(table)}.recorded_at <= ${until} and (${sql.id(table)}.voided_at is null or ${sql.id(table)}.voided_at > ${until})`
      : sql`${sql.id(table)}.voided_at is null`;
  const decided = until ? sql`and decided_at <= ${until}` : sql``;
  const submitted = until ? sql`and submitted_at <= ${until}` : sql``;
  const found = await sql<DoneItem>`
    select 'course' as kind, course_id as "itemId", code, title_hi as "titleHi", title_en as "titleEn", tags, completed_day as day, minutes
      from completion join course using (course_id) where person_id = ${personId} and ${live('completion')}
    union all
    select 'claim', coalesce(claim.course_id, claim_id), code, course_title, null, coalesce(tags, topics, '{}'), completed_on, minutes
      from claim left join course using (course_id)
      where person_id = ${personId} and claim.state = 'accepted' and ${live('claim')} ${decided}
    union all
    select 'session', coalesce(training_session.course_id, session_id), course.code,
        training_session.title_hi, training_session.title_en, coalesce(tags, '{}'), day,
        attendance.minutes
      from attendance join training_session using (session_id) left join course on course.course_id = training_session.course_id
      where person_id = ${personId} and status = 'present' and ${live('attendance')}
    union all
    select 'paper', blueprint_id, blueprint.code, blueprint.title_hi, blueprint.title_en, '{}', (submitted_at at time zone 'Asia/Kolkata')::date, 0
      from paper join blueprint using (blueprint_id) where person_id = ${personId} and is_passed ${submitted}
    order by day, kind`.execute(db);
  return found.rows;
}

/** Courses that would still count: published ones with a tag or in a list, at most twenty. */
export async function coursesToDo(
  db: Reads,
  wish: { tag?: string; of?: string[]; except: string[] },
): Promise<{ code: string; titleHi: string | null; titleEn: string | null }[]> {
  const which = wish.of
    ? sql`code = any(${wish.of}::text[])`
    : wish.tag
      ? sql`tags @> array[${wish.tag}::text]`
      : sql`false`;
  const found = await sql<{ code: string; titleHi: string | null; titleEn: string | null }>`
    select code, title_hi as "titleHi", title_en as "titleEn" from course
    where state = 'published' and ${which} and code <> all(${wish.except}::text[]) order by code limit 20`.execute(
    db,
  );
  return found.rows;
}
