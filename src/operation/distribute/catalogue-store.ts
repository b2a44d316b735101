import { sql } from 'kysely';
import type { Reads } from '../../kernel/db.ts';

/** A table as the catalogue of the database knows it. */
export type TableFacts = {
  table: string;
  /** Columns of the primary key in its order; empty without one. */
  key: string[];
  /** Unique indexes and exclusion constraints with the plain columns that they compare by equality. */
  unique: { name: string; columns: string[] }[];
  references: { table: string; columns: string[] }[];
  triggers: string[];
};

/** The tables of schema `public` but for those that a counting under way keeps aside. */
export async function tableFacts(db: Reads): Promise<TableFacts[]> {
  const found = await sql<TableFacts>`select c.relname as table,
      coalesce((select array_agg(a.attname::text order by part.place)
        from pg_index i cross join unnest(i.indkey::int2[]) with ordinality as part (column_number, place)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = part.column_number
        where i.indrelid = c.oid and i.indisprimary), '{}') as key,
      coalesce((select json_agg(json_build_object('name', one.name, 'columns', one.columns) order by one.name)
        from (select i.indexrelid::regclass::text as name, array(select a.attname::text
              from unnest(i.indkey::int2[]) with ordinality as part (column_number, place)
                join pg_attribute a on a.attrelid = c.oid and a.attnum = part.column_number
                left join pg_constraint x on x.conindid = i.indexrelid and x.contype = 'x'
                left join pg_operator o on o.oid = x.conexclop[part.place]
              where part.place <= i.indnkeyatts and (x.oid is null or o.oprname = '=')
              order by part.place) as columns
          from pg_index i where i.indrelid = c.oid and (i.indisunique or i.indisexclusion) and not i.indisprimary
          ) as one), '[]') as unique,
      coalesce((select json_agg(json_build_object('table', k.confrelid::regclass::text,
            'columns', array(select a.attname::text from pg_attribute a
              where a.attrelid = c.oid and a.attnum = any(k.conkey))) order by k.conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as references,
      array(select t.tgname::text from pg_trigger t
        where t.tgrelid = c.oid and not t.tgisinternal order by t.tgname) as triggers
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
      and c.relname <> 'counting_in_common' and c.relname !~ '^sheet_steps_'
    order by c.relname`.execute(db);
  return found.rows;
}

export type CitusState = { isInstalled: boolean; workers: number; hasCoordinator: boolean };

/** Whether this database can spread its tables now. */
export async function citusState(db: Reads): Promise<CitusState> {
  const found = await sql<{
    here: boolean;
  }>`select exists (select from pg_extension where extname = 'citus') as here`.execute(db);
  if (!found.rows[0]?.here) return { isInstalled: false, workers: 0, hasCoordinator: false };
  const nodes = await sql<{ workers: number; coordinator: boolean }>`select
      count(*) filter (where groupid <> 0 and isactive and noderole = 'primary') as workers,
      coalesce(bool_or(groupid = 0), false) as coordinator from pg_dist_node`.execute(db);
  const [row] = nodes.rows;
  return { isInstalled: true, workers: row?.workers ?? 0, hasCoordinator: row?.coordinator ?? false };
}

/** Those that an earlier run has spread already. */
export async function spreadTables(db: Reads): Promise<Set<string>> {
  const found = await sql<{
    table: string;
  }>`select logicalrelid::regclass::text as table from pg_dist_partition
    where partmethod = 'h' or (partmethod = 'n' and repmodel = 't')`.execute(db);
  return new Set(found.rows.map((row) => row.table));
}
