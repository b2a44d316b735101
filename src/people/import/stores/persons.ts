import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import {
  faultWords,
  type ImportRun,
  isRefused,
  rowsOf,
  type SampleFact,
  type SampleRow,
  sampleSize,
} from '../../../kernel/imports/index.ts';
import { maskEmail, maskMobile } from '../../desk/contact.ts';
import { rosterFaults } from '../faults.ts';

// rr_personal: known people of whom the file says something new.

/** A value that the file gives and that is not what is known; an empty cell keeps what is known. */
const news = [
  ['name_hi', 'name_hi'],
  ['name_en', 'name_en'],
  ['mobile', 'mobile'],
  ['email', 'email'],
  ['language', 'language'],
  ['joined_on', 'joined_on'],
  ['retires_on', 'retires_on'],
  ['controlling_officer', 'controlling_officer_code'],
  ['registered_on', 'registered_on'],
] as const;

export async function gatherPersonal(tx: Tx, run: ImportRun): Promise<void> {
  const differs = news.map(
    ([given, known]) => `(s.${given} is not null and s.${given} is distinct from p.${known})`,
  );
  await sql`create temp table rr_personal on commit drop as
    select x.person_id, x.line,
      (s.name_hi is not null and s.name_hi is distinct from p.name_hi)
        or (s.name_en is not null and s.name_en is distinct from p.name_en) as is_renamed
    from rr_person x join person p using (person_id) join ${rowsOf(run)} s on s.line = x.line
    where not x.is_new and (p.account_day is null or ${sql.raw(differs.join(' or '))})`.execute(tx);
}

export type RosterCounts = {
  added: number;
  changed: number;
  ended: number;
  startedOnImportDay: number;
  changedOnImportDay: number;
  againOnImportDay: number;
};

export async function countOutcomes(tx: Tx, run: ImportRun): Promise<RosterCounts> {
  const today = sql`${run.today}::date`;
  const found = await sql<RosterCounts>`select
    (select count(*) from rr_new) as added,
    (select count(*) from (select line from rr_change union select line from rr_personal
      except select line from rr_new) c) as changed,
    (select count(*) from rr_end) + (select count(*) from rr_change
      where how = 'open' and cut is null and new_end < ${today}) as ended,
    (select count(*) from rr_new where took_import_day)
      + (select count(*) from ${cutToday(run)}) as "startedOnImportDay",
    (select count(*) from ${cutToday(run)}) as "changedOnImportDay",
    (select count(*) from rr_new join rr_row using (line)
      where took_import_day and posted_on is not null) as "againOnImportDay"`.execute(tx);
  return (
    found.rows[0] ?? {
      added: 0,
      changed: 0,
      ended: 0,
      startedOnImportDay: 0,
      changedOnImportDay: 0,
      againOnImportDay: 0,
    }
  );
}

/** Changed postings whose change the import's day dates: the file gives no day after their beginning. */
function cutToday(run: ImportRun): RawBuilder<unknown> {
  return sql`rr_change join rr_row using (line)
    where cut = ${run.today}::date and posted_on is distinct from ${run.today}::date`;
}

/** Rows whose posting or change begins on the import's day, for want of a date of its own. */
export async function datedTodaySample(tx: Tx, run: ImportRun): Promise<SampleRow[]> {
  const found = await changesOf(
    tx,
    run,
    sql`select line from (select line from ${cutToday(run)}) c order by line limit ${sampleSize}`,
  );
  const begun = await sampleRows(
    tx,
    sql`select n.line, concat_ws(' · ', s.code, ${name}) as title,
        concat_ws(' · ', s.designation, s.office_code, n.starts_on::text) as detail
      from (select * from rr_new where took_import_day order by line limit ${sampleSize}) n
        join ${rowsOf(run)} s using (line) order by n.line`,
  );
  return [...found, ...begun].slice(0, sampleSize);
}

/** Accepted rows of which a value was left out; which value, the reason says, not what it was. */
export async function leftOutSample(tx: Tx, run: ImportRun): Promise<SampleRow[]> {
  const found = await sql<SampleRow & { leftOut: string }>`
    select s.line, concat_ws(' · ', s.code, ${name}) as title, s.office_code as detail, s.left_out as "leftOut"
    from ${rowsOf(run)} s where s.left_out is not null and s.fault is null and not ${isRefused(run, 's.line')}
    order by s.line limit ${sampleSize}`.execute(tx);
  return found.rows.map(({ leftOut, ...row }) => ({ ...row, reason: faultWords(leftOut, rosterFaults) }));
}

const name = sql.raw(`coalesce(s.name_hi, s.name_en)`);

export async function addedSample(tx: Tx, run: ImportRun): Promise<SampleRow[]> {
  const found = await sampleRows<SampleRow & { mobile: string | null }>(
    tx,
    sql`select n.line, s.mobile, concat_ws(' · ', s.code, ${name}) as title,
        concat_ws(' · ', s.designation, s.office_code, s.service_group, s.engagement, nullif(n.kind, 'regular'), n.starts_on::text || coalesce(' – ' || n.ends_on, '')) as detail
      from (select * from rr_new order by line limit ${sampleSize}) n join ${rowsOf(run)} s using (line)
      order by n.line`,
  );
  return found.map(({ mobile, ...row }) => ({
    ...row,
    detail: mobile ? `${row.detail} · ${maskMobile(mobile)}` : row.detail,
  }));
}

export async function changedSample(tx: Tx, run: ImportRun): Promise<SampleRow[]> {
  return changesOf(
    tx,
    run,
    sql`select line from rr_change union select line from rr_personal order by line limit ${sampleSize}`,
  );
}

/** What these lines change, one fact a column. */
async function changesOf(tx: Tx, run: ImportRun, lines: RawBuilder<unknown>): Promise<SampleRow[]> {
  const found = await sampleRows(
    tx,
    sql`select l.line, concat_ws(' · ', s.code, coalesce(s.name_hi, s.name_en, p.name_hi, p.name_en)) as title,
        '' as detail, (select jsonb_agg(jsonb_build_object('column', f.name, 'from', f.known, 'to', f.given))
          from (values ${sql.join(shownChanges())}) f (name, known, given, is_shown) where f.is_shown) as facts
      from (${lines}) l
        join ${rowsOf(run)} s using (line) join rr_row r using (line) join person p on p.person_id = r.person_id
        left join rr_change c using (line)
        left join posting t on t.person_id = c.person_id and t.posting_id = c.posting_id
        left join designation d on d.designation_id = t.designation_id
        left join cadre k on k.cadre_id = t.cadre_id order by l.line`,
  );
  return found.map(withMaskedContacts);
}

/** Column, known value, given value, and whether it changes; over person p, posting t and its change c. */
function shownChanges(): RawBuilder<unknown>[] {
  const pairs = [
    ...news.map(([given, known]) => [given, `p.${known}::text`, `s.${given}::text`] as const),
    ['designation', 'd.name', 's.designation', 's.designation_key is distinct from d.name_key'],
    ['group', 't.service_group::text', 's.service_group::text'],
    ['cadre', 'k.name', 's.cadre', 's.cadre_key is distinct from k.name_key'],
    ['engagement', 't.engagement::text', 's.engagement::text'],
    ['posting_kind', 't.kind::text', 's.posting_kind::text'],
  ] as const;
  const changes = pairs.map(([column, known, given, differs = `${given} is distinct from ${known}`]) => {
    const isOfPosting = !known.startsWith('p.');
    const where = isOfPosting ? 'c.line is not null and ' : '';
    return sql.raw(`('${column}', ${known}, ${given}, ${where}${given} is not null and ${differs})`);
  });
  return [
    ...changes,
    sql`('changed_from', null, c.cut::text, c.cut is not null)`,
    sql`('posted_on', c.starts_on::text, c.new_start::text, c.cut is null and c.new_start is distinct from c.starts_on)`,
    sql`('posted_until', c.ends_on::text, c.new_end::text, c.line is not null and c.new_end is distinct from c.ends_on)`,
  ];
}

/** The officer sees whose number changes, not the numbers: those he looks up are noted. */
function withMaskedContacts(row: SampleRow): SampleRow {
  const mask = (fact: SampleFact) => {
    const hide = fact.column === 'mobile' ? maskMobile : fact.column === 'email' ? maskEmail : undefined;
    return hide ? { ...fact, from: fact.from && hide(fact.from), to: fact.to && hide(fact.to) } : fact;
  };
  return { ...row, facts: row.facts?.map(mask) };
}

export async function endedSample(tx: Tx): Promise<SampleRow[]> {
  return sampleRows(
    tx,
    sql`select null::int as line, concat_ws(' · ', p.employee_code, coalesce(p.name_hi, p.name_en)) as title,
        concat_ws(' · ', d.name, o.code, o.name_hi, coalesce(e.ends_on, t.starts_on - 1)::text) as detail
      from rr_end e join posting t using (person_id, posting_id) join person p using (person_id)
        join office o using (office_id) left join designation d using (designation_id)
      order by o.code, p.employee_code limit ${sampleSize}`,
  );
}

async function sampleRows<Row = SampleRow>(tx: Tx, query: RawBuilder<unknown>): Promise<Row[]> {
  return (await (query as RawBuilder<Row>).execute(tx)).rows;
}
