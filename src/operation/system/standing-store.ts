import { sql } from 'kysely';
import type { Db } from '../../kernel/db.ts';
import { type SlowStatement, shortened } from '../../kernel/metrics/slow-statements.ts';

/** One count of orders that is not finished. */
export type Build = {
  id: string;
  /** Of the order; null where all are counted again. */
  number: string | null;
  askedAt: Date;
  done: number;
  parts: number;
  /** Hindi and English, a line each; null while it goes on. */
  failure: string | null;
};

export async function unfinishedBuilds({ read }: Db): Promise<Build[]> {
  const found = await sql<Build>`select build.build_id as id, mandate.number, build.asked_at as "askedAt",
      (count(part.part) filter (where part.done_at is not null))::int as done, count(part.part)::int as parts,
      case when build.failed_at is not null then coalesce(build.failure, '') end as failure
    from mandate_build build left join mandate on mandate.mandate_id = build.mandate_id
      left join mandate_build_sheet sheet on sheet.build_id = build.build_id
      left join mandate_build_part part on part.sheet_id = sheet.sheet_id
    where build.finished_at is null group by build.build_id, mandate.number
    order by build.failed_at is null, build.asked_at limit 20`.execute(read);
  return found.rows;
}

export async function serverVersion({ read }: Db): Promise<{ version: string; steps: number }> {
  const found = await sql<{
    version: string;
    steps: number;
  }>`select current_setting('server_version') as version,
    (select count(*) from migration)::int as steps`.execute(read);
  return found.rows[0] ?? { version: '', steps: 0 };
}

const most = 8;

/** What PostgreSQL itself has measured (pg_stat_statements), most time first; undefined where it does not. */
export async function measuredByPostgres({ pool }: Db): Promise<SlowStatement[] | undefined> {
  try {
    // Not on the shared connections: where the extension is half set up, asking is an error.
    const { rows } = await pool.query<SlowStatement>(`select query as text, sum(calls)::float8 as calls,
        (sum(total_exec_time) / 1000)::float8 as seconds
      from pg_stat_statements where dbid = (select oid from pg_database where datname = current_database())
        and query <> '<insufficient privilege>'
      group by queryid, query order by sum(total_exec_time) desc limit ${most}`);
    return rows.map((row) => ({ ...row, text: shortened(row.text) }));
  } catch {
    return undefined;
  }
}
