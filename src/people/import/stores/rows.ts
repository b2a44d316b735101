import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../../../kernel/db.ts';
import { type ImportRun, isRefused, refuseRows, rowsOf } from '../../../kernel/imports/index.ts';

// rr_row: the accepted rows, one for each person (known, or a code not met before) and office.
// rr_person: whom they name, with the row that speaks for the person; rr_several: those of several rows.

/** Columns in which a second row for the same person and office may contradict the first. */
const comparable = [
  'name_hi',
  'name_en',
  'mobile',
  'email',
  'designation_key',
  'service_group',
  'cadre_key',
  'engagement',
  'posted_on',
  'posted_until',
  'end_reason',
  'joined_on',
  'retires_on',
  'controlling_officer',
  'registered_on',
];
const ofPosting = [
  'designation_key',
  'service_group',
  'cadre_key',
  'engagement',
  'posting_kind',
  'posted_on',
  'posted_until',
  'end_reason',
  'joined_on',
];
const ofPerson = [
  'name_hi',
  'name_en',
  'mobile',
  'email',
  'joined_on',
  'retires_on',
  'controlling_officer',
  'registered_on',
  'language',
];
const merged = [...new Set([...ofPosting, ...ofPerson, 'designation', 'cadre'])];

/** Every readable row with the office and the person it names, where there are such. */
export async function gatherRows(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rr_row on commit drop as
    select s.line, s.code, s.issuer, pc.person_id, o.office_id, s.designation_key, s.service_group, s.cadre_key,
      s.engagement, s.posting_kind, s.posted_on, s.posted_until, s.end_reason, s.joined_on
    from ${rowsOf(run)} s left join office o on o.code = s.office_code
      left join person_code pc on pc.code = s.code and pc.issuer = s.issuer
    where s.fault is null`.execute(tx);
  await sql`analyze rr_row`.execute(tx);
  await refuseRows(tx, run, sql`select line, 'unknown_office' from rr_row where office_id is null`);
}

/** Offices outside the actor's, or outside the office whose whole roster the file is. */
export async function refuseOffices(
  tx: Tx,
  run: ImportRun,
  rule: { fault: string; within: string[] },
): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select r.line, ${rule.fault}::text from rr_row r join office o using (office_id)
      where not o.path && ${rule.within}::uuid[]`,
  );
}

/** People of other offices: a code typed by somebody else must not change their name, number or posting. */
export async function refusePersonsElsewhere(tx: Tx, run: ImportRun): Promise<void> {
  const open = sql`p.voided_at is null and (p.ends_on is null or p.ends_on >= ${run.today}::date)`;
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'person_elsewhere' from rr_row r where r.person_id is not null and (
      (exists (select 1 from posting p where p.person_id = r.person_id and ${open})
        and not exists (select 1 from posting p join office o using (office_id)
          where p.person_id = r.person_id and ${open} and o.path && ${run.scopes}::uuid[]))
      or exists (select 1 from role_grant g join office o using (office_id)
        where g.person_id = r.person_id and g.ended_at is null and (g.ends_on is null or g.ends_on >= ${run.today}::date)
          and not o.path && ${run.scopes}::uuid[]))`,
  );
  await dropRefused(tx, run);
}

export async function dropRefused(tx: Tx, run: ImportRun): Promise<void> {
  await sql`delete from rr_row r where ${isRefused(run, 'r.line')}`.execute(tx);
}

/**
 * Several rows for one person and office: the first counts. One that gives another value is refused; one
 * that repeats, or only adds what the first leaves open, is taken into it.
 */
export async function settleRepeats(tx: Tx, run: ImportRun): Promise<void> {
  const several = sql`select code, issuer from rr_row group by code, issuer having count(*) > 1`;
  await sql`create temp table rr_repeat on commit drop as
    with pair as (select code, issuer, office_id, min(line) as first_line
      from rr_row join (${several}) x using (code, issuer)
      group by code, issuer, office_id having count(*) > 1)
    select r.line, pair.first_line from rr_row r join pair using (code, issuer, office_id)`.execute(tx);
  const found = await sql`select 1 from rr_repeat limit 1`.execute(tx);
  if (found.rows.length === 0) return;
  const differs = [
    ...comparable.map((name) => `s.${name} <> f.${name}`),
    `coalesce(s.posting_kind, 'regular') <> coalesce(f.posting_kind, 'regular')`,
  ];
  await refuseRows(
    tx,
    run,
    sql`select s.line, 'contradicts' from rr_repeat d join ${rowsOf(run)} s on s.line = d.line
      join ${rowsOf(run)} f on f.line = d.first_line
      where d.line > d.first_line and (${sql.raw(differs.join(' or '))})`,
  );
  await sql`delete from rr_repeat d where ${isRefused(run, 'd.line')}`.execute(tx);
  await fillFrom(tx, run, {
    groups: sql`select line, first_line as best_line from rr_repeat`,
    columns: merged,
  });
  await dropRefused(tx, run);
  await sql`delete from rr_row r using rr_repeat d where d.line = r.line and d.line > d.first_line`.execute(
    tx,
  );
  const sets = ofPosting.map((name) => `${name} = s.${name}`);
  await sql`update rr_row r set ${sql.raw(sets.join(', '))} from ${rowsOf(run)} s
    where s.line = r.line and r.line in (select first_line from rr_repeat)`.execute(tx);
}

/** Fills what the best row of each group leaves open from the others, in the staged rows themselves. */
async function fillFrom(
  tx: Tx,
  run: ImportRun,
  { groups, columns }: { groups: RawBuilder<unknown>; columns: string[] },
): Promise<void> {
  const first = columns.map(
    (name) => `(array_agg(s.${name} order by s.line) filter (where s.${name} is not null))[1] as ${name}`,
  );
  const sets = columns.map((name) => `${name} = coalesce(b.${name}, m.${name})`);
  await sql`update ${rowsOf(run)} b set ${sql.raw(sets.join(', '))}
    from (select g.best_line, ${sql.raw(first.join(', '))} from (${groups}) g join ${rowsOf(run)} s on s.line = g.line
      group by g.best_line) m
    where m.best_line = b.line`.execute(tx);
}

/** A code that is new needs a name in one of its rows; somebody known keeps his. */
export async function refuseNameless(tx: Tx, run: ImportRun): Promise<void> {
  await refuseRows(
    tx,
    run,
    sql`select r.line, 'no_name' from rr_row r join ${rowsOf(run)} s using (line)
      where r.person_id is null and s.name_hi is null and s.name_en is null
        and not exists (select 1 from ${rowsOf(run)} n where n.code = s.code and n.issuer = s.issuer
          and n.fault is null and (n.name_hi is not null or n.name_en is not null))`,
  );
  await dropRefused(tx, run);
}

/** Whom the accepted rows name. Of several rows the regular and earliest posting's speaks for the person. */
export async function gatherPersons(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rr_person on commit drop as
    select g.code, g.issuer, coalesce(g.person_id, ${run.id('person', 'g.line')}) as person_id, g.person_id is null as is_new, g.line, g.places
    from (select code, issuer, person_id, min(line) as line, count(*)::int as places from rr_row
      group by code, issuer, person_id) g`.execute(tx);
  await sql`create temp table rr_best on commit drop as
    select r.line, first_value(r.line) over (partition by r.code, r.issuer
        order by coalesce(r.posting_kind, 'regular') <> 'regular', r.posted_on nulls last, o.code, r.line) as best_line,
      r.code, r.issuer
    from rr_row r join rr_person x using (code, issuer) join office o using (office_id) where x.places > 1`.execute(
    tx,
  );
  await sql`create temp table rr_several on commit drop as
    select code, issuer, person_id, is_new from rr_person where places > 1`.execute(tx);
  await sql`update rr_person x set line = b.best_line from rr_best b
    where b.code = x.code and b.issuer = x.issuer`.execute(tx);
  await fillFrom(tx, run, { groups: sql`select line, best_line from rr_best`, columns: ofPerson });
  await sql`analyze rr_person`.execute(tx);
}

/** People with a rejected row: none of their postings ends because of this file. */
export async function gatherProtected(tx: Tx, run: ImportRun): Promise<void> {
  await sql`create temp table rr_protected on commit drop as
    select distinct pc.person_id from ${rowsOf(run)} s join person_code pc on pc.code = s.code and pc.issuer = s.issuer
    where s.fault is not null or ${isRefused(run, 's.line')}`.execute(tx);
}
