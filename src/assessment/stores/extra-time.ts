import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type ExtraTime = { percent: number; untilDay: string | null; setAt: Date };

/** The extra time in force on a day, if any. */
export async function extraTimeOf(
  read: Reads | Tx,
  personId: string,
  day: string,
): Promise<ExtraTime | undefined> {
  const found =
    await sql<ExtraTime>`select percent, until_day as "untilDay", set_at as "setAt" from extra_time
    where person_id = ${personId} and ended_at is null and (until_day is null or until_day >= ${day}::date)`.execute(
      read,
    );
  return found.rows[0];
}

export async function endExtraTime(tx: Tx, personId: string, now: Date): Promise<number> {
  const ended = await sql`update extra_time set ended_at = ${now}
    where person_id = ${personId} and ended_at is null`.execute(tx);
  return Number(ended.numAffectedRows ?? 0);
}

type NewExtraTime = { id: string; percent: number; untilDay: string | null; now: Date; by: string | null };

export async function insertExtraTime(tx: Tx, personId: string, row: NewExtraTime): Promise<void> {
  await sql`insert into extra_time (person_id, extra_time_id, percent, until_day, set_at, set_by)
    values (${personId}, ${row.id}, ${row.percent}, ${row.untilDay}::date, ${row.now}, ${row.by})`.execute(
    tx,
  );
}
