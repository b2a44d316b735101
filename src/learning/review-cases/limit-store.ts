import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

/** From `startsOn` on: how much beyond the clock opens a case, and after how many days one lapses. */
export type EngagementLimit = {
  startsOn: string;
  excessSeconds: number;
  times: number;
  lapseDays: number;
};
export type ShownLimit = EngagementLimit & { setAt: Date; nameHi: string | null; nameEn: string | null };

export async function limitsSet(db: Reads): Promise<ShownLimit[]> {
  const found =
    await sql<ShownLimit>`select l.starts_on as "startsOn", l.excess_seconds as "excessSeconds", l.times,
      l.lapse_days as "lapseDays", l.set_at as "setAt", p.name_hi as "nameHi", p.name_en as "nameEn"
    from engagement_limit l left join person p on p.person_id = l.set_by order by l.starts_on desc`.execute(
      db,
    );
  return found.rows;
}

/** False where the day has its line already. */
export async function insertLimit(
  tx: Tx,
  row: EngagementLimit & { setBy: string | null; now: Date },
): Promise<boolean> {
  const done =
    await sql`insert into engagement_limit (starts_on, excess_seconds, times, lapse_days, set_by, set_at)
    values (${row.startsOn}, ${row.excessSeconds}, ${row.times}, ${row.lapseDays}, ${row.setBy}, ${row.now})
    on conflict do nothing`.execute(tx);
  return (done.numAffectedRows ?? 0n) > 0n;
}
