import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type ImportRun, journal, rowsOf } from '../../../kernel/imports/index.ts';
import { knownWithNewPostings, states } from './write.ts';

/** Accounts, older than this file, whose first counting day moves with the first posting (METRICS: as of). */
export async function gatherAccounts(tx: Tx): Promise<void> {
  await sql`create temp table rr_account on commit drop as
    select p.person_id, first.day as account_day
    from (${knownWithNewPostings}) x join person p using (person_id)
      join lateral (select min(t.starts_on) as day from posting t
        where t.person_id = p.person_id and t.voided_at is null) first on true
    where p.account_source = 'import' and p.registered_on is null and p.account_day is distinct from first.day
      and first.day is not null`.execute(tx);
}

/** The people who will change, as they are now. */
export async function rememberPersons(tx: Tx): Promise<void> {
  await sql`insert into rr_before (thing, thing_id, person_id, what, before)
    select 'person', p.person_id, p.person_id, 'changed', ${states.person}
    from person p where p.person_id in (select person_id from rr_personal union select person_id from rr_account)`.execute(
    tx,
  );
}

export async function changePersons(tx: Tx, run: ImportRun): Promise<void> {
  await keepNames(tx, run);
  await moveContacts(tx, run);
  await sql`update person p set name_hi = coalesce(s.name_hi, p.name_hi), name_en = coalesce(s.name_en, p.name_en),
      mobile = coalesce(s.mobile, p.mobile), email = coalesce(s.email, p.email),
      language = coalesce(s.language, p.language), joined_on = coalesce(s.joined_on, p.joined_on),
      retires_on = coalesce(s.retires_on, p.retires_on),
      controlling_officer_code = coalesce(s.controlling_officer, p.controlling_officer_code),
      registered_on = coalesce(s.registered_on, p.registered_on),
      account_source = case when p.account_day is null then 'import' else p.account_source end,
      account_day = case
        when coalesce(p.account_source, 'import') <> 'import' and p.account_day is not null then p.account_day
        else coalesce(s.registered_on, p.registered_on,
          (select min(t.starts_on) from posting t where t.person_id = p.person_id and t.voided_at is null)) end,
      changed_at = clock_timestamp()
    from rr_personal x join ${rowsOf(run)} s on s.line = x.line where x.person_id = p.person_id`.execute(tx);
  await sql`update person p set account_day = a.account_day, changed_at = clock_timestamp()
    from rr_account a where a.person_id = p.person_id and p.registered_on is null
      and p.account_day is distinct from a.account_day`.execute(tx);
}

/** A changed name is a new row beside the old one, each with the day from which it holds. */
async function keepNames(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into person_name (person_id, person_name_id, name_hi, name_en, starts_on, reason)
    select p.person_id, new_id(), p.name_hi, p.name_en,
      least(coalesce(p.account_day, ${run.today}::date - 1), ${run.today}::date - 1), 'as first recorded'
    from rr_personal x join person p using (person_id)
    where x.is_renamed and not exists (select 1 from person_name n where n.person_id = p.person_id)`.execute(
    tx,
  );
  await sql`insert into person_name (person_id, person_name_id, name_hi, name_en, starts_on, reason)
    select p.person_id, new_id(), coalesce(s.name_hi, p.name_hi), coalesce(s.name_en, p.name_en),
      ${run.today}::date, 'roster import'
    from rr_personal x join person p using (person_id) join ${rowsOf(run)} s on s.line = x.line
    where x.is_renamed`.execute(tx);
}

async function moveContacts(tx: Tx, run: ImportRun): Promise<void> {
  for (const kind of ['mobile', 'email'] as const) {
    const column = sql.raw(kind);
    await sql`delete from person_contact c using rr_personal x, person p, ${rowsOf(run)} s
      where p.person_id = x.person_id and s.line = x.line and c.person_id = p.person_id and c.kind = ${kind}
        and s.${column} is not null and c.value = p.${column} and s.${column} <> p.${column}`.execute(tx);
    await sql`insert into person_contact (value, kind, person_id)
      select s.${column}, ${kind}, x.person_id from rr_personal x join ${rowsOf(run)} s on s.line = x.line
      where s.${column} is not null on conflict do nothing`.execute(tx);
  }
}

/** Everything remembered, beside what it has become. */
export async function writeJournal(tx: Tx, run: ImportRun): Promise<void> {
  await journal(tx, run, {
    thing: 'posting',
    found: sql`select b.thing_id, b.person_id, b.what, b.before, ${states.posting}
      from rr_before b join posting t on t.person_id = b.person_id and t.posting_id = b.thing_id
      where b.thing = 'posting'`,
  });
  await journal(tx, run, {
    thing: 'person',
    found: sql`select b.thing_id, b.person_id, b.what, b.before, ${states.person}
      from rr_before b join person p on p.person_id = b.person_id where b.thing = 'person'`,
  });
}
