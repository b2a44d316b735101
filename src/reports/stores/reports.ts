import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import type { Language } from '../../kernel/i18n.ts';
import type { Definition, Format, Schedule } from '../definition.ts';

type Reader = Reads | Tx;

/** What somebody chose to have reported, under a name. */
export type SavedReport = {
  reportId: string;
  ownerId: string;
  officeId: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  officePath: string[];
  name: string;
  definition: Definition;
  isShared: boolean;
  schedule: Schedule;
  nextOn: Day | null;
  format: Format;
  language: Language;
  isMailed: boolean;
  pauseReason: string | null;
  changedAt: Date;
};

// An office may have another code by now than when the report was kept.
const selected = sql`select r.report_id as "reportId", r.owner_id as "ownerId",
    r.office_id as "officeId", o.code as "officeCode", o.name_hi as "officeHi", o.name_en as "officeEn",
    o.path as "officePath", r.name,
    r.definition || jsonb_build_object('office', o.code) as definition, r.is_shared as "isShared", r.schedule, r.next_on as "nextOn", r.format,
    r.language, r.is_mailed as "isMailed", r.pause_reason as "pauseReason", r.changed_at as "changedAt"
  from report r join office o using (office_id)`;

export type NewReport = Pick<
  SavedReport,
  'reportId' | 'ownerId' | 'officeId' | 'name' | 'definition' | 'language'
> & {
  at: Date;
};

export async function insertReport(tx: Tx, report: NewReport): Promise<void> {
  const { reportId, ownerId, officeId, name, definition, language, at } = report;
  await sql`insert into report (report_id, owner_id, office_id, name, definition, language, created_at, changed_at)
    values (${reportId}, ${ownerId}, ${officeId}, ${name}, ${JSON.stringify(definition)}::jsonb, ${language}, ${at}, ${at})`.execute(
    tx,
  );
}

/** The names of a person's reports, but for one; whoever keeps another of his waits until this transaction is over. */
export async function holdNames(tx: Tx, ownerId: string, except: string | null = null): Promise<string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`saved reports of ${ownerId}`}, 0))`.execute(tx);
  const found = await sql<{ name: string }>`select name from report where owner_id = ${ownerId}
    and removed_at is null and report_id is distinct from ${except}::uuid`.execute(tx);
  return found.rows.map((row) => row.name);
}

export async function reportById(db: Reader, reportId: string): Promise<SavedReport | undefined> {
  const found =
    await sql<SavedReport>`${selected} where r.report_id = ${reportId} and r.removed_at is null`.execute(db);
  return found.rows[0];
}

/** One's own, and those shared at offices in one's charge, the latest first. */
export async function reportsFor(
  db: Reader,
  { ownerId, scopes }: { ownerId: string | null; scopes: readonly string[] },
): Promise<SavedReport[]> {
  const offices = scopes.includes('*')
    ? sql`true`
    : sql`o.path && ${scopes.filter((scope) => scope !== '*')}::uuid[]`;
  const found = await sql<SavedReport>`${selected}
    where r.removed_at is null and (r.owner_id = ${ownerId}::uuid or r.is_shared and ${offices})
    order by (r.owner_id = ${ownerId}::uuid) is true desc, r.changed_at desc, r.report_id limit 500`.execute(
    db,
  );
  return found.rows;
}

export type ReportChange = {
  name?: string | undefined;
  definition?: Definition | undefined;
  officeId?: string | undefined;
  isShared?: boolean | undefined;
};

export async function changeReport(
  tx: Tx,
  reportId: string,
  { name, definition, officeId, isShared, at }: ReportChange & { at: Date },
): Promise<void> {
  await sql`update report set name = coalesce(${name ?? null}, name),
      definition = coalesce(${definition ? JSON.stringify(definition) : null}::jsonb, definition),
      office_id = coalesce(${officeId ?? null}::uuid, office_id),
      is_shared = coalesce(${isShared ?? null}::boolean, is_shared), changed_at = ${at}
    where report_id = ${reportId}`.execute(tx);
}

export type Scheduling = Pick<SavedReport, 'schedule' | 'nextOn' | 'format' | 'language' | 'isMailed'>;

export async function scheduleReport(tx: Tx, reportId: string, wish: Scheduling): Promise<void> {
  const { schedule, nextOn, format, language, isMailed } = wish;
  await sql`update report set schedule = ${schedule}, next_on = ${nextOn}, format = ${format}, language = ${language},
    is_mailed = ${isMailed}, pause_reason = null where report_id = ${reportId}`.execute(tx);
}

export async function removeReport(tx: Tx, reportId: string, at: Date): Promise<void> {
  await sql`update report set removed_at = ${at}, schedule = 'none', next_on = null where report_id = ${reportId}`.execute(
    tx,
  );
}

/** One whose day has come and that was not passed over. */
export async function dueReport(
  db: Reader,
  today: Day,
  passed: readonly string[],
): Promise<SavedReport | undefined> {
  const found = await sql<SavedReport>`${selected} where r.removed_at is null and r.next_on <= ${today}::date
    and r.report_id <> all(${[...passed]}::uuid[]) order by r.next_on, r.report_id limit 1`.execute(db);
  return found.rows[0];
}

/** False where another worker has made it meanwhile. */
export async function lockDue(tx: Tx, reportId: string, today: Day): Promise<boolean> {
  const found = await sql`select 1 from report where report_id = ${reportId} and removed_at is null
    and next_on <= ${today}::date for update`.execute(tx);
  return found.rows.length > 0;
}

export async function setNextDay(tx: Tx, reportId: string, nextOn: Day | null): Promise<void> {
  await sql`update report set next_on = ${nextOn} where report_id = ${reportId}`.execute(tx);
}

/** The schedule stops by itself: whoever asked has no right to it any more, or it cannot be made. */
export async function pauseReport(tx: Tx, reportId: string, reason: string): Promise<void> {
  await sql`update report set schedule = 'none', next_on = null, pause_reason = ${reason} where report_id = ${reportId}`.execute(
    tx,
  );
}

export async function emailOf(db: Reader, personId: string): Promise<string | null> {
  const found = await sql<{
    email: string | null;
  }>`select email from person where person_id = ${personId}`.execute(db);
  return found.rows[0]?.email ?? null;
}

/** Whom a code names, for the demonstration. */
export async function personOfCode(db: Reader, code: string): Promise<string | undefined> {
  const found = await sql<{
    id: string;
  }>`select person_id as id from person_code where code = ${code} limit 1`.execute(db);
  return found.rows[0]?.id;
}

export async function hasReports(db: Reader): Promise<boolean> {
  const found = await sql<{ any: boolean }>`select exists (select from report) as any`.execute(db);
  return found.rows[0]?.any ?? false;
}
