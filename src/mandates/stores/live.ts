import { type RawBuilder, sql } from 'kysely';

/** People by key: after one, up to and with another; open where null. */
export type PersonRange = { afterId: string | null; untilId: string | null };

/** Which rows count: those not voided, now or as it was recorded by an instant; of all people, or of a range. */
export type Live = {
  /** For tables with `recorded_at` and `voided_at`. */
  rows(table: string): RawBuilder<unknown>;
  /** For what somebody decided: by `decided_at`. */
  decided(table: string): RawBuilder<unknown>;
  /** For what happened at an instant of its own. */
  happened(table: string, column: string): RawBuilder<unknown>;
  /** For tables whose every row counts. */
  within(table: string): RawBuilder<unknown>;
};

type Wish = { recordedUntil?: Date; range?: PersonRange };

export function liveSql({ recordedUntil: until, range }: Wish): Live {
  const within = (table: string) => withinSql(table, range);
  if (!until)
    return {
      rows: (table) => sql`${sql.id(table)}.voided_at is null and ${within(table)}`,
      decided: within,
      happened: within,
      within,
    };
  return {
    rows: (table) => sql`${sql.id(table)}.recorded_at <= ${until}
      and (${sql.id(table)}.voided_at is null or ${sql.id(table)}.voided_at > ${until}) and ${within(table)}`,
    decided: (table) => sql`${sql.id(table)}.decided_at <= ${until} and ${within(table)}`,
    happened: (table, column) => sql`${sql.id(table, column)} <= ${until} and ${within(table)}`,
    within,
  };
}

/** Said of each table, so that each is read by its key and none as a whole. */
function withinSql(table: string, range: PersonRange | undefined): RawBuilder<unknown> {
  const after = range?.afterId ? sql`${sql.id(table)}.person_id > ${range.afterId}::uuid` : sql`true`;
  return range?.untilId ? sql`${after} and ${sql.id(table)}.person_id <= ${range.untilId}::uuid` : after;
}
