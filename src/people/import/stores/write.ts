import { sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type ImportRun, rowsOf } from '../../../kernel/imports/index.ts';

// rr_touched: everybody whose facts change. rr_before: rows as they were, for the journal.

const personState = `jsonb_build_object('name_hi', p.name_hi, 'name_en', p.name_en, 'mobile', p.mobile, 'email', p.email,
  'language', p.language, 'joined_on', p.joined_on, 'retires_on', p.retires_on,
  'controlling_officer_code', p.controlling_officer_code, 'account_day', p.account_day,
  'account_source', p.account_source, 'registered_on', p.registered_on, 'changed_at', p.changed_at)`;
const postingState = `jsonb_build_object('starts_on', t.starts_on, 'ends_on', t.ends_on, 'end_reason', t.end_reason,
  'designation_id', t.designation_id, 'cadre_id', t.cadre_id, 'service_group', t.service_group,
  'engagement', t.engagement, 'kind', t.kind, 'voided_at', t.voided_at, 'changed_at', t.changed_at)`;

/**
 * A person and a posting as SQL values that can be compared and put back; with the time of their last change,
 * so that an import before looks untouched again once a later one is taken back.
 */
export const states = { person: sql.raw(personState), posting: sql.raw(postingState) };

/** Where somebody is posted anew; a posting that goes on under another designation was there before. */
export const officesEntered = sql`select office_id from rr_new`;

export async function gatherTouched(tx: Tx): Promise<void> {
  await sql`create temp table rr_touched on commit drop as
    select person_id from rr_person where is_new
    union all (select person_id from rr_personal union select person_id from rr_change
      union select person_id from rr_end union select person_id from rr_new where person_id is not null)`.execute(
    tx,
  );
  await sql`analyze rr_touched`.execute(tx);
}

/** Names that nobody has used before; of several spellings of one, the first by code point. */
export async function addDesignations(tx: Tx, run: ImportRun): Promise<void> {
  for (const thing of ['designation', 'cadre'] as const) {
    const [table, id] = [sql.raw(thing), sql.raw(`${thing}_id`)];
    await sql`insert into ${table} (${id}, name, name_key)
      select new_id(), s.name, s.name_key
      from (select s.${sql.raw(`${thing}_key`)} as name_key, min(s.${table}) as name from ${rowsOf(run)} s
        where s.fault is null and s.${table} is not null group by 1) s
      where not exists (select 1 from ${table} known where known.name_key = s.name_key)
      on conflict (name_key) do nothing`.execute(tx);
  }
}

/** The rows that will change, as they are now. */
export async function rememberPostings(tx: Tx): Promise<void> {
  await sql`create temp table rr_before on commit drop as
    select 'posting' as thing, t.posting_id as thing_id, t.person_id, x.what, ${states.posting} as before
    from (select person_id, posting_id, 'changed' as what from rr_change
      union select person_id, before_id, 'changed' from rr_change where before_id is not null
      union select person_id, posting_id, why from rr_end) x
    join posting t using (person_id, posting_id)`.execute(tx);
}

export async function changePostings(tx: Tx): Promise<void> {
  await sql`update posting t set starts_on = c.new_start,
      ends_on = case when c.cut is null then c.new_end else c.cut - 1 end,
      end_reason = case when c.cut is null then c.new_reason end,
      designation_id = case when c.cut is null then coalesce(d.designation_id, t.designation_id) else t.designation_id end,
      cadre_id = case when c.cut is null then coalesce(k.cadre_id, t.cadre_id) else t.cadre_id end,
      service_group = case when c.cut is null then coalesce(r.service_group, t.service_group) else t.service_group end,
      engagement = case when c.cut is null then coalesce(r.engagement, t.engagement) else t.engagement end,
      kind = case when c.cut is null then coalesce(r.posting_kind, t.kind) else t.kind end,
      changed_at = clock_timestamp()
    from rr_change c join rr_row r using (line) left join designation d on d.name_key = r.designation_key
      left join cadre k on k.name_key = r.cadre_key
    where t.person_id = c.person_id and t.posting_id = c.posting_id
      -- Whoever edited the posting by hand in the meantime has the last word.
      and t.voided_at is null and t.starts_on = c.starts_on and t.ends_on is not distinct from c.ends_on`.execute(
    tx,
  );
  await sql`update posting t set ends_on = c.new_start - 1, changed_at = clock_timestamp() from rr_change c
    where t.person_id = c.person_id and t.posting_id = c.before_id`.execute(tx);
  await sql`update posting t set ends_on = coalesce(e.ends_on, t.ends_on), changed_at = clock_timestamp(),
      end_reason = case when e.ends_on is not null and e.why = 'transferred' then 'transferred' else t.end_reason end,
      voided_at = case when e.ends_on is null then now() end,
      void_reason = case when e.ends_on is null then e.why end
    from rr_end e where t.person_id = e.person_id and t.posting_id = e.posting_id`.execute(tx);
}

/** Postings that begin by a change of designation, group, engagement or kind: the rest is carried over. */
export async function addSuccessors(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, cadre_id, service_group, engagement,
      kind, starts_on, ends_on, end_reason, import_id)
    select t.person_id, new_id(), t.office_id, coalesce(d.designation_id, t.designation_id),
      coalesce(k.cadre_id, t.cadre_id), coalesce(r.service_group, t.service_group),
      coalesce(r.engagement, t.engagement), coalesce(r.posting_kind, t.kind), c.cut, c.new_end,
      case when c.new_end is not null then c.new_reason end, ${run.importId}::uuid
    from rr_change c join rr_row r using (line)
      join posting t on t.person_id = c.person_id and t.posting_id = c.posting_id
      left join designation d on d.name_key = r.designation_key left join cadre k on k.name_key = r.cadre_key
    where c.cut is not null`.execute(tx);
}

/** Rows go into each table in the order of its key: an index that grows at its end is written once. */
export async function addPersons(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into person (person_id, issuer, employee_code, name_hi, name_en, mobile, email, language, joined_on,
      retires_on, controlling_officer_code, account_day, account_source, registered_on, import_id)
    select x.person_id, x.issuer, x.code, s.name_hi, s.name_en, s.mobile, s.email, coalesce(s.language, 'hi'),
      s.joined_on, s.retires_on, s.controlling_officer, coalesce(s.registered_on, f.starts_on, n.starts_on), 'import',
      s.registered_on, ${run.importId}::uuid
    from rr_person x join ${rowsOf(run)} s on s.line = x.line join rr_new n on n.line = x.line
      left join (${firstOfSeveral}) f on f.person_id = x.person_id
    where x.is_new order by x.line`.execute(tx);
  await sql`insert into person_code (code, issuer, person_id)
    select code, issuer, person_id from rr_person where is_new order by code, issuer`.execute(tx);
  for (const kind of ['mobile', 'email'] as const) {
    await sql`insert into person_contact (value, kind, person_id)
      select s.${sql.raw(kind)}, ${kind}, x.person_id from rr_person x join ${rowsOf(run)} s on s.line = x.line
      where x.is_new and s.${sql.raw(kind)} is not null order by 1`.execute(tx);
  }
}

const firstOfSeveral = sql`select x.person_id, min(n.starts_on) as starts_on
  from rr_several x join rr_new n using (code, issuer) where x.is_new group by x.person_id`;

/** Who is new and has one row has the id of its line (rr_person); only the others need to be looked up. */
export async function addPostings(tx: Tx, run: ImportRun): Promise<void> {
  await sql`insert into posting (person_id, posting_id, office_id, designation_id, cadre_id, service_group, engagement,
      kind, is_primary, starts_on, ends_on, end_reason, import_id)
    select coalesce(x.person_id, n.person_id, ${run.id('person', 'n.line')}), ${run.id('posting', 'n.line')}, n.office_id,
      d.designation_id, k.cadre_id, r.service_group, r.engagement, n.kind,
      x.person_id is null and n.person_id is null, n.starts_on, n.ends_on,
      case when n.ends_on is not null then n.end_reason end, ${run.importId}::uuid
    from rr_new n join rr_row r on r.line = n.line left join rr_several x on x.code = n.code and x.issuer = n.issuer
      left join designation d on d.name_key = r.designation_key left join cadre k on k.name_key = r.cadre_key
    order by n.line`.execute(tx);
}

/** People whose postings are not one new one: theirs need to be weighed against each other. */
export const knownWithNewPostings = sql`select person_id from rr_change union select person_id from rr_end
  union select person_id from rr_new where person_id is not null`;
export const withSeveralPostings = sql`select person_id from rr_person where is_new and places > 1
  union ${knownWithNewPostings}`;
