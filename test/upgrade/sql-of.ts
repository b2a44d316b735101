import type pg from 'pg';
import { tablesInOrder } from '../../src/operation/backup/tables.ts';

/** All rows of a database as SQL, a statement a table; of the areas only those that offices lie in. */
export async function sqlOf({ bulk }: { bulk: pg.Pool }): Promise<string> {
  const client = await bulk.connect();
  try {
    const statements: string[] = [];
    for (const { name, columns } of await tablesInOrder(client)) {
      const row = columns.map((column) => `quote_nullable(${column}::text)`).join(` || ', ' || `);
      const { rows } = await client.query<{ row: string }>(
        `select '(' || ${row} || ')' as row from ${name} ${wanted[name] ?? ''} order by 1`,
      );
      if (rows.length === 0) continue;
      const values = rows.map((one) => one.row).join(',\n');
      statements.push(
        `insert into ${name} (${columns.join(', ')}) overriding system value values\n${values};\n`,
      );
    }
    return statements.join('\n');
  } finally {
    client.release();
  }
}

/** The reference files bring the other areas at the first start. */
const wanted: Record<string, string> = {
  area: `where area_id in (with recursive way as (
    select area_id from office union select parent_id from area join way using (area_id))
    select area_id from way)`,
  installation_fact: `where name not like 'areas%'`,
};
