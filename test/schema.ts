import type pg from 'pg';

type ColumnRow = { table: string; column: string; type: string; nullable: boolean; hasDefault: boolean };

const typescriptOf: Record<string, string> = {
  uuid: 'string',
  text: 'string',
  bpchar: 'string',
  inet: 'string',
  xid8: 'string',
  date: 'string',
  int2: 'number',
  int4: 'number',
  int8: 'number',
  numeric: 'number',
  int4multirange: 'string',
  int8multirange: 'string',
  datemultirange: 'string',
  _datemultirange: 'string[]',
  float8: 'number',
  bool: 'boolean',
  timestamptz: 'Date',
  jsonb: 'unknown',
  json: 'unknown',
  bytea: 'Buffer',
  interval: 'string',
  _text: 'string[]',
  _uuid: 'string[]',
  _int4: 'number[]',
  _date: 'string[]',
};

/** The tables of schema `public` as Kysely sees them: the text of `src/tables.ts`. */
export async function tablesModule(client: pg.Pool | pg.PoolClient): Promise<string> {
  const { rows } = await client.query<ColumnRow>(`
    select c.relname as table, a.attname as column, t.typname as type, not a.attnotnull as nullable,
      (a.atthasdef or a.attidentity <> '') as "hasDefault"
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_type t on t.oid = a.atttypid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`);
  const tables = Map.groupBy(rows, (row) => row.table);
  const body = [...tables].map(([table, columns]) => {
    const lines = columns.map((column) => `    ${column.column}: ${typeOf(column)};`);
    return `  ${table}: {\n${lines.join('\n')}\n  };`;
  });
  return `// Made from the migrated schema by \`npm run schema\`; do not edit.
import type { Generated } from 'kysely';

declare module './kernel/db.ts' {
  interface Tables extends SchemaTables {}
}

export interface SchemaTables {
${body.map((text) => text.replaceAll(/^ {2}/gm, '  ')).join('\n')}
}
`;
}

function typeOf(column: ColumnRow): string {
  const known = typescriptOf[column.type];
  if (!known)
    throw new Error(`no TypeScript type known for ${column.type} (${column.table}.${column.column})`);
  const type = column.nullable ? `${known} | null` : known;
  return column.hasDefault ? `Generated<${type}>` : type;
}

/** The schema as text, from the catalogue, in an order that does not depend on when a thing was made. */
export async function schemaDump(client: pg.Pool | pg.PoolClient): Promise<string> {
  const columns = await client.query<{ line: string }>(`
    select format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
      case when a.attnotnull then ' not null' else '' end,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) as line
    from pg_attribute a join pg_class c on c.oid = a.attrelid
      left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
    order by c.relname, a.attnum`);
  const constraints = await client.query<{ line: string }>(`
    select format('%s: %s', conrelid::regclass, pg_get_constraintdef(oid)) as line from pg_constraint
    where connamespace = 'public'::regnamespace and contype <> 'n' and conparentid = 0
      and not (select c.relispartition from pg_class c where c.oid = conrelid) order by 1`);
  const indexes = await client.query<{ line: string }>(`
    select indexdef as line from pg_indexes where schemaname = 'public' order by 1`);
  const views = await client.query<{ line: string }>(`
    select format('%s as%s%s', viewname, chr(10), definition) as line from pg_views
    where schemaname = 'public' order by 1`);
  const functions = await client.query<{ line: string }>(`
    select pg_get_functiondef(p.oid) as line from pg_proc p
    where pronamespace = 'public'::regnamespace
      and not exists (select from pg_depend where objid = p.oid and deptype = 'e') order by 1`);
  const part = (title: string, rows: { line: string }[]) =>
    `-- ${title}\n${rows.map((row) => row.line).join('\n')}\n`;
  return [
    '-- Made from the migrated database by `npm run schema`; do not edit.',
    part('columns', columns.rows),
    part('constraints', constraints.rows),
    part('indexes', indexes.rows),
    part('views', views.rows),
    part('functions', functions.rows),
  ].join('\n');
}
