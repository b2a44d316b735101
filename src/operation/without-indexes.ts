/** Runs one statement in the caller's transaction. */
type Run = (statement: string) => Promise<{ rows: unknown[] }>;

/** An index or a key, how it is made again, and whether its pages can be packed. */
type Kept = { drop: string; make: string; name: string; isPacked: boolean };

/** Tables into which little comes between what is there: their indexes are made without room. */
const packedTables = ['person', 'person_code', 'person_contact', 'posting'];

/**
 * Does some work on tables without their indexes and keys and makes these anew afterwards, from all rows at once:
 * a third of the time, and as small as they can be. All of it is in the caller's transaction, so that whoever is
 * cut off leaves every index where it was; until then nobody else can read these tables. Partial indexes that none of
 * the new rows comes into may stay: making them anew reads the whole table for nothing.
 */
export async function withoutIndexes<T>(
  run: Run,
  tables: readonly string[],
  work: () => Promise<T>,
  staying: readonly string[] = [],
): Promise<T> {
  await run(`lock table ${tables.join(', ')} in access exclusive mode`);
  const kept = (await indexesOf(run, tables)).filter(({ name }) => !staying.includes(name));
  for (const { drop } of kept) await run(drop);
  const result = await work();
  await run(`set local maintenance_work_mem = '512MB'`);
  for (const one of kept) await makeAgain(run, one);
  return result;
}

/**
 * Truncates those of these tables that are empty and tells which, so that the caller's transaction may COPY into them
 * with FREEZE. He has locked them, `person` among them: whoever sees one instant waits for that lock before
 * (`afterFilling`), or his snapshot would show frozen rows and nothing else of their transaction.
 */
export async function truncateEmpty(run: Run, tables: readonly string[]): Promise<string[]> {
  const empty: string[] = [];
  for (const table of tables) {
    const { rows } = await run(`select 1 from ${table} limit 1`);
    if (rows.length > 0) continue;
    await run(`truncate ${table}`);
    empty.push(table);
  }
  return empty;
}

/** The setting is for the making alone: afterwards the index is what the schema says. */
async function makeAgain(run: Run, { make, name, isPacked }: Kept): Promise<void> {
  if (!isPacked) return void (await run(make));
  await run(make.replace(/(?= WHERE )|$/, ' WITH (fillfactor = 100)'));
  await run(`alter index ${name} reset (fillfactor)`);
}

/** Keys to which other tables refer stay: offices' have such, those of people have none, by the rule for Citus. */
async function indexesOf(run: Run, tables: readonly string[]): Promise<Kept[]> {
  const among = (names: readonly string[]) => `any('{${names.join(',')}}'::regclass[])`;
  const found = await run(`
    select case when c.oid is null then format('drop index %s', i.indexrelid::regclass)
        else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as drop,
      case when c.oid is null then pg_get_indexdef(i.indexrelid)
        else format('alter table %s add constraint %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) end as make,
      i.indexrelid::regclass::text as name,
      am.amname = 'btree' and i.indrelid = ${among(packedTables)} as "isPacked"
    from pg_index i join pg_class x on x.oid = i.indexrelid join pg_am am on am.oid = x.relam left join pg_constraint c on c.conindid = i.indexrelid and c.contype in ('p', 'u', 'x')
    where i.indrelid = ${among(tables)} and (c.oid is null or not exists (
      select from pg_constraint f where f.contype = 'f' and f.confrelid = i.indrelid)) order by i.indrelid::regclass::text, i.indexrelid`);
  return found.rows as Kept[];
}
