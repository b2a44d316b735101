import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';
import { isCalled } from './person-terms.ts';

type Reader = Reads | Tx;

export type StatementFilter = {
  officeIds: string[];
  year: string;
  state?: 'all' | 'disputed' | 'corrected';
  /** A name or code, or its beginning. */
  q?: string;
  after?: string;
  limit: number;
};

export type ListedStatement = {
  statementNo: string;
  personId: string;
  name: { hi: string | null; en: string | null };
  code: string | null;
  officeCode: string;
  officeHi: string | null;
  officeEn: string | null;
  minutes: number;
  days: number;
  courses: number;
  isDisputed: boolean;
  replacesNo: string | null;
  servedOn: string | null;
};

/**
 * The statements of a year that stand, of the people of a subtree: by the codes of their offices, and in each by name.
 * Office after office along the index of the desk, so that a page of millions is read by its key alone; `after` is
 * the number of the last one seen. Whoever is looked for is found first.
 */
export async function listStatements(db: Reader, filter: StatementFilter): Promise<ListedStatement[]> {
  const seen = await lastSeen(db, filter.after);
  const found = await sql<ListedStatement>`select s.statement_no as "statementNo", s.person_id as "personId",
      json_build_object('hi', s.content::json #>> '{person,name,hi}', 'en', s.content::json #>> '{person,name,en}') as name,
      s.content::json #>> '{person,code}' as code, o.code as "officeCode", o.name_hi as "officeHi", o.name_en as "officeEn",
      s.minutes, s.training_days as days, (s.content::json #>> '{totals,courses}')::int as courses,
      s.is_disputed as "isDisputed", s.replaces_no as "replacesNo", s.served_on as "servedOn"
    from ${filter.q ? foundSql(filter, filter.q, seen) : walkedSql(filter, seen)}
    order by o.code, s.listed_name, s.statement_no limit ${filter.limit}`.execute(db);
  return found.rows;
}

type Key = { code: string; name: string; no: string };

/** Where the last page ended; before everything without `after`. */
async function lastSeen(db: Reader, after: string | undefined): Promise<Key> {
  const found = after
    ? await sql<Key>`select o.code, s.listed_name as name, s.statement_no as no
        from statement_number n join statement s using (person_id, statement_id)
          join office o on o.office_id = s.office_id
        where n.statement_no = ${after}`.execute(db)
    : undefined;
  return found?.rows[0] ?? { code: '', name: '', no: '' };
}

function walkedSql(filter: StatementFilter, { code, name, no }: Key): RawBuilder<unknown> {
  // One comparison of rows for the office where the page before ended and for those after it, which the index answers.
  const from = (of: string) => sql`case when o.code = ${code} then ${of} else '' end`;
  return sql`(select o.office_id, o.code, o.name_hi, o.name_en from office o
      where ${inScope(sql`o.path`, filter.officeIds)} and o.code >= ${code} order by o.code offset 0) o
    cross join lateral (select s.* from statement s
      where s.office_id = o.office_id and s.year = ${filter.year} and s.replaced_by_no is null
        and ${stateSql(filter.state)} and (s.listed_name, s.statement_no) > (${from(name)}, ${from(no)})
      order by s.listed_name, s.statement_no limit ${filter.limit}) s`;
}

function foundSql(filter: StatementFilter, q: string, { code, name, no }: Key): RawBuilder<unknown> {
  return sql`(select p.person_id from person p where ${isCalled(q)}) p
    join statement s on s.person_id = p.person_id and s.year = ${filter.year} and s.replaced_by_no is null
      and ${stateSql(filter.state)}
    join office o on o.office_id = s.office_id and ${inScope(sql`o.path`, filter.officeIds)}
      and (o.code, s.listed_name, s.statement_no) > (${code}, ${name}, ${no})`;
}

function stateSql(state: StatementFilter['state']): RawBuilder<unknown> {
  if (state === 'disputed') return sql`s.is_disputed`;
  return state === 'corrected' ? sql`s.replaces_no is not null` : sql`true`;
}

export type StatementCounts = { frozen: number; served: number; disputed: number; corrected: number };

export async function countStatements(
  db: Reader,
  { officeIds, year }: Pick<StatementFilter, 'officeIds' | 'year'>,
): Promise<StatementCounts> {
  const standing = sql`from statement s join office o on o.office_id = s.office_id
    where s.year = ${year} and s.replaced_by_no is null and ${inScope(sql`o.path`, officeIds)}`;
  // One by one, each from an index that holds all it asks for.
  const found = await sql<StatementCounts>`select a.frozen, a.served,
      (select count(*) ${standing} and s.is_disputed) as disputed,
      (select count(*) ${standing} and s.replaces_no is not null) as corrected
    from (select count(*) as frozen, count(s.served_on) as served ${standing}) a`.execute(db);
  return found.rows[0] ?? { frozen: 0, served: 0, disputed: 0, corrected: 0 };
}

/** Statements of a year that stand for records which were merged into others: a correction makes one of both. */
export async function countMerged(
  db: Reader,
  { officeIds, year }: Pick<StatementFilter, 'officeIds' | 'year'>,
): Promise<number> {
  const found = await sql<{ count: number }>`select count(*) as count
    from person p join statement s using (person_id) join office o on o.office_id = s.office_id
    where p.merged_into is not null and s.year = ${year} and s.replaced_by_no is null
      and ${inScope(sql`o.path`, officeIds)}`.execute(db);
  return found.rows[0]?.count ?? 0;
}
