import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Calendar } from '../calendars/calendar.ts';

type Reader = Reads | Tx;

const columns = sql`calendar_id as "calendarId", code, year, office_id as "officeId", service_groups as "groups",
  from_on as "from", until_on as "to", cut_off_on as "cutOff", freeze_on as "freezeOn", service_on as "serviceOn",
  objection_days as "objectionDays", steps, order_number as "orderNumber", order_date as "orderDate",
  extends_calendar_id as "extendsCalendarId", sources, doubts`;

/** In the order in which they were entered, for `calendarFor`. */
export async function calendarsOfYear(db: Reader, year: string): Promise<Calendar[]> {
  const found = await sql<Calendar>`select ${columns} from appraisal_calendar where year = ${year}
    order by recorded_at, calendar_id`.execute(db);
  return found.rows;
}

/** Those of offices below one. */
export async function calendarsBelow(db: Reader, year: string, officeId: string): Promise<Calendar[]> {
  const found = await sql<Calendar>`select ${columns} from appraisal_calendar
    where year = ${year} and office_id in (
      select office_id from office where path && array[${officeId}::uuid] and office_id <> ${officeId})`.execute(
    db,
  );
  return found.rows;
}

export async function calendarById(db: Reader, calendarId: string): Promise<Calendar | undefined> {
  const found = await sql<Calendar>`select ${columns} from appraisal_calendar
    where calendar_id = ${calendarId}`.execute(db);
  return found.rows[0];
}

export type ListedCalendar = Calendar & {
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  /** Of how many statements that stood already it moved the days. */
  movedCount: number;
};

export async function listCalendars(db: Reader): Promise<ListedCalendar[]> {
  const found = await sql<ListedCalendar>`select c.*, o.code as "officeCode", o.name_hi as "officeHi",
      o.name_en as "officeEn"
    from (select ${columns}, moved_count as "movedCount", recorded_at from appraisal_calendar) c join office o on o.office_id = c."officeId"
    order by c.year desc, c.recorded_at`.execute(db);
  return found.rows;
}

export async function insertCalendar(
  tx: Tx,
  calendar: Calendar & { calendarId: string; officeId: string; recordedBy: string | undefined },
): Promise<void> {
  await sql`insert into appraisal_calendar (calendar_id, code, year, office_id, service_groups, from_on, until_on,
      cut_off_on, freeze_on, service_on, objection_days, steps, order_number, order_date, extends_calendar_id, sources,
      doubts, recorded_by)
    values (${calendar.calendarId}, ${calendar.code}, ${calendar.year}, ${calendar.officeId}, ${calendar.groups}::text[],
      ${calendar.from}, ${calendar.to}, ${calendar.cutOff}, ${calendar.freezeOn}, ${calendar.serviceOn},
      ${calendar.objectionDays}, ${JSON.stringify(calendar.steps)}::jsonb, ${calendar.orderNumber}, ${calendar.orderDate},
      ${calendar.extendsCalendarId}, ${JSON.stringify(calendar.sources)}::jsonb,
      ${JSON.stringify(calendar.doubts)}::jsonb, ${calendar.recordedBy ?? null})`.execute(tx);
}

/** The order entered first whose days have not been carried to the statements that stand. */
export async function nextToApply(
  db: Reader,
): Promise<(Calendar & { calendarId: string; officeId: string }) | undefined> {
  const found = await sql<Calendar & { calendarId: string; officeId: string }>`select ${columns}
    from appraisal_calendar where applied_at is null and order_number is not null
    order by recorded_at, calendar_id limit 1`.execute(db);
  return found.rows[0];
}

export async function addCounted(tx: Tx, calendarId: string, moved: number): Promise<void> {
  if (moved === 0) return;
  await sql`update appraisal_calendar set moved_count = moved_count + ${moved}
    where calendar_id = ${calendarId}`.execute(tx);
}

/** Of how many statements it moved the days; undefined where another has ended the work. */
export async function markApplied(tx: Tx, calendarId: string): Promise<number | undefined> {
  const done = await sql<{ moved: number }>`update appraisal_calendar set applied_at = clock_timestamp()
    where calendar_id = ${calendarId} and applied_at is null returning moved_count as moved`.execute(tx);
  return done.rows[0]?.moved;
}
