import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type Dependent, type ImportRun, usesOf } from '../../../kernel/imports/index.ts';
import { choosePrimaries } from '../../stores/choose-primaries.ts';
import { usesOfAPerson } from './person-uses.ts';
import { states } from './write.ts';

// ru_made: people whom the import made. ru_touched: all whose facts its undo changes.

export async function gatherMade(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table ru_made on commit drop as
    select person_id, employee_code as code from person where import_id = ${run.importId} and voided_at is null`.execute(
    tx,
  );
  await sql`alter table ru_made add primary key (person_id)`.execute(tx);
  await sql`analyze ru_made`.execute(tx);
}

export function touchedThings(run: ImportRun): RawBuilder<unknown> {
  return sql`select person_id from ru_made
    union all select posting_id from posting where import_id = ${run.importId}
    union all select thing_id from import_change where import_id = ${run.importId}`;
}

/** What rests on people whom the import made: later imports, what they did themselves or what was given to them. */
export async function actsOfMade(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const made = sql`select person_id as id, code, ${run.importId}::uuid as import_id from ru_made`;
  return [...(await usesOf(tx, made, usesOfAPerson)), ...(await otherActs(tx, run))];
}

/** What no column of another table says: sign-ins, merges, and roles that hang on a posting the import brought. */
async function otherActs(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const found = await sql<Dependent>`select kind, code as name, count(*) as count from (
      select 'signIn' as kind, m.code from person p join ru_made m using (person_id)
        where p.signed_in_day is not null or p.last_signed_in_at is not null
      union all select 'merge', m.code from person p join ru_made m on m.person_id in (p.person_id, p.merged_into)
        where p.merged_into is not null
      union all select 'role', p.employee_code from posting t join role_grant g using (person_id, posting_id)
        join person p using (person_id) where t.import_id = ${run.importId} and p.import_id is distinct from ${run.importId}) x
    group by kind, code order by kind, code limit 100`.execute(tx);
  return found.rows;
}

/** People and postings that are no longer as the import left them, where no later import did it. */
export async function editsSince(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  const laterChanged = sql`select c.thing_id from import_change c join import i using (import_id)
    where c.import_id <> ${run.importId} and i.state = 'committed'
      and i.committed_at > (select committed_at from import where import_id = ${run.importId})`;
  const found =
    await sql<Dependent>`select 'edit' as kind, coalesce(p.employee_code, x.person_id::text) as name, count(*) as count from (
      select t.person_id from posting t where t.import_id = ${run.importId} and t.posting_id not in (${laterChanged})
        and (t.voided_at is not null or t.changed_at > ${whenCommitted(run)})
      union all select p.person_id from person p join ru_made using (person_id)
        where p.person_id not in (${laterChanged}) and p.changed_at > ${whenCommitted(run)}
      union all select c.person_id from import_change c join posting t on t.person_id = c.person_id and t.posting_id = c.thing_id
        where c.import_id = ${run.importId} and c.thing = 'posting' and c.thing_id not in (${laterChanged})
          and c.after <> ${states.posting}
      union all select c.person_id from import_change c join person p on p.person_id = c.person_id
        where c.import_id = ${run.importId} and c.thing = 'person' and c.thing_id not in (${laterChanged})
          and c.after <> ${states.person}) x
    join person p using (person_id)
    group by 2 order by 2 limit 100`.execute(tx);
  return found.rows;
}

function whenCommitted(run: ImportRun): RawBuilder<unknown> {
  return sql`(select committed_at from import where import_id = ${run.importId})`;
}

export async function gatherReturning(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table ru_touched on commit drop as
    select person_id from ru_made
    union select person_id from posting where import_id = ${run.importId}
    union select person_id from import_change where import_id = ${run.importId} and person_id is not null`.execute(
    tx,
  );
  await sql`alter table ru_touched add primary key (person_id)`.execute(tx);
  await sql`analyze ru_touched`.execute(tx);
}

export async function voidPostings(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update posting set voided_at = now(), void_reason = 'import undone', changed_at = clock_timestamp()
    where import_id = ${run.importId} and voided_at is null`.execute(tx);
}

export async function restorePostings(tx: Tx, run: ImportRun): Promise<void> {
  await sql`update posting t set starts_on = b.starts_on, ends_on = b.ends_on, end_reason = b.end_reason,
      designation_id = b.designation_id, cadre_id = b.cadre_id, service_group = b.service_group,
      engagement = b.engagement, kind = b.kind, voided_at = b.voided_at,
      void_reason = case when b.voided_at is null then null else t.void_reason end, changed_at = b.changed_at
    from import_change c, jsonb_populate_record(null::posting, c.before) b
    where c.import_id = ${run.importId} and c.thing = 'posting' and t.person_id = c.person_id and t.posting_id = c.thing_id`.execute(
    tx,
  );
}

export async function restorePersons(tx: Tx, run: ImportRun): Promise<void> {
  const changes = sql`import_change c, jsonb_populate_record(null::person, c.before) b`;
  const isOurs = sql`c.import_id = ${run.importId} and c.thing = 'person'`;
  await sql`insert into person_name (person_id, person_name_id, name_hi, name_en, starts_on, reason)
    select p.person_id, new_id(), b.name_hi, b.name_en, ${run.today}::date, 'import undone'
    from person p, ${changes} where ${isOurs} and p.person_id = c.person_id
      and (p.name_hi is distinct from b.name_hi or p.name_en is distinct from b.name_en)`.execute(tx);
  for (const kind of ['mobile', 'email'] as const) {
    const column = sql.raw(kind);
    await sql`delete from person_contact k using person p, ${changes}
      where ${isOurs} and p.person_id = c.person_id and k.person_id = p.person_id and k.kind = ${kind}
        and k.value = p.${column} and p.${column} is distinct from b.${column}`.execute(tx);
    await sql`insert into person_contact (value, kind, person_id) select b.${column}, ${kind}, c.person_id
      from ${changes} where ${isOurs} and b.${column} is not null on conflict do nothing`.execute(tx);
  }
  await sql`update person p set name_hi = b.name_hi, name_en = b.name_en, mobile = b.mobile, email = b.email,
      language = b.language, joined_on = b.joined_on, retires_on = b.retires_on,
      controlling_officer_code = b.controlling_officer_code, account_day = b.account_day,
      account_source = b.account_source, registered_on = b.registered_on, changed_at = b.changed_at
    from ${changes} where ${isOurs} and p.person_id = c.person_id`.execute(tx);
}

/** The rows stay; the lookups by code and contact go, so that nobody finds or signs in to them. */
export async function voidPersons(tx: Tx): Promise<void> {
  await sql`update person p set voided_at = now(), account_day = null, changed_at = clock_timestamp()
    from ru_made m where m.person_id = p.person_id`.execute(tx);
  await sql`delete from person_code c using ru_made m where m.person_id = c.person_id`.execute(tx);
  await sql`delete from person_contact c using ru_made m where m.person_id = c.person_id`.execute(tx);
}

export async function choosePrimariesAgain(tx: Tx): Promise<void> {
  await choosePrimaries(
    tx,
    sql`select person_id from ru_touched where person_id not in (select person_id from ru_made)`,
  );
}
