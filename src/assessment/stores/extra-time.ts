import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type ExtraTime = { percent: number; untilDay: string | null; setAt: Date; reason: string | null };

/** The extra time in force on a day, if any. */
export async function extraTimeOf(
  read: Reads | Tx,
  personId: string,
  day: string,
): Promise<ExtraTime | undefined> {
  const found =
    await sql<ExtraTime>`select percent, until_day as "untilDay", set_at as "setAt", reason from extra_time
    where person_id = ${personId} and ended_at is null and (until_day is null or until_day >= ${day}::date)`.execute(
      read,
    );
  return found.rows[0];
}

type Ending = { now: Date; by: string | null; reason: string };

export async function endExtraTime(tx: Tx, personId: string, { now, by, reason }: Ending): Promise<number> {
  const ended = await sql`update extra_time set ended_at = ${now}, ended_by = ${by}, end_reason = ${reason}
    where person_id = ${personId} and ended_at is null`.execute(tx);
  return Number(ended.numAffectedRows ?? 0);
}

type NewExtraTime = Ending & { id: string; percent: number; untilDay: string | null };

export async function insertExtraTime(tx: Tx, personId: string, row: NewExtraTime): Promise<void> {
  await sql`insert into extra_time (person_id, extra_time_id, percent, until_day, set_at, set_by, reason)
    values (${personId}, ${row.id}, ${row.percent}, ${row.untilDay}::date, ${row.now}, ${row.by},
      ${row.reason})`.execute(tx);
}

/** Whose extra time a page is about. */
export async function nameOfPerson(
  read: Reads,
  personId: string,
): Promise<{ hi: string | null; en: string | null } | undefined> {
  const found = await sql<{
    hi: string | null;
    en: string | null;
  }>`select name_hi as hi, name_en as en from person
    where person_id = ${personId}`.execute(read);
  return found.rows[0];
}
