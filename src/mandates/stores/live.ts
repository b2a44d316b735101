import { type RawBuilder, sql } from 'kysely';

/** Which rows count: those not voided, now or as it was recorded by an instant. */
export type Live = {
  /** For tables with `recorded_at` and `voided_at`. */
  rows(table: string): RawBuilder<unknown>;
  /** For what somebody decided: by `decided_at`. */
  decided(table: string): RawBuilder<unknown>;
  /** For what happened at an instant of its own. */
  happened(column: string): RawBuilder<unknown>;
};

export function liveSql(until: Date | undefined): Live {
  if (!until)
    return {
      rows: (table) => sql`${sql.id(table)}.voided_at is null`,
      decided: () => sql`true`,
      happened: () => sql`true`,
    };
  return {
    rows: (table) => sql`${sql.id(table)}.recorded_at <= ${until}
      and (${sql.id(table)}.voided_at is null or ${sql.id(table)}.voided_at > ${until})`,
    decided: (table) => sql`${sql.id(table)}.decided_at <= ${until}`,
    happened: (column) => sql`${sql.ref(column)} <= ${until}`,
  };
}
