import { sql } from 'kysely';
import type { Reads } from '../kernel/db.ts';
import { inScope, type OfficeRow, officeColumns } from './stores/offices.ts';

type Match = {
  code: string;
  plain: string;
  folded: string;
  tokens: string[];
  scopes: readonly string[];
  limit: number;
};

export async function officesMatching(db: Reads, match: Match): Promise<OfficeRow[]> {
  const tokens = match.tokens.map((token) => sql<boolean>`search_text like ${token}`);
  const sounds = tokens.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(tokens, sql` and `)})`;
  const found = await sql<OfficeRow>`select ${officeColumns} from office
    where ${inScope(sql`path`, match.scopes)}
      and (code = ${match.code} or code ilike ${match.plain} or name_hi like ${match.plain}
        or name_en ilike ${match.plain} or ${sounds})
    order by code = ${match.code} desc, lower(code) = lower(${match.code}) desc, cardinality(path), name_hi, office_id
    limit ${match.limit}`.execute(db);
  return found.rows;
}

/** Offices at and below the scopes, from the top, as suggestions of a form. */
export async function officesWithin(
  db: Reads,
  scopes: readonly string[],
  limit: number,
): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`select ${officeColumns} from office
    where ${inScope(sql`path`, scopes)} order by cardinality(path), name_hi, office_id limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export type OfficeLine = {
  code: string;
  nameHi: string;
  nameEn: string | null;
  parentCode: string | null;
  kind: string | null;
};
type LinePage = { rootsOnly: boolean; parentCode?: string; after?: string; limit: number };

/** Offices in the order of their codes, after one of them. */
export async function officeLines(db: Reads, page: LinePage): Promise<OfficeLine[]> {
  const found = await sql<OfficeLine>`select o.code, o.name_hi as "nameHi", o.name_en as "nameEn",
      p.code as "parentCode", o.kind
    from office o left join office p on p.office_id = o.parent_id
    where (${page.after ?? null}::text is null or o.code > ${page.after ?? null})
      and (not ${page.rootsOnly} or o.parent_id is null)
      and (${page.parentCode ?? null}::text is null or p.code = ${page.parentCode ?? null})
    order by o.code limit ${page.limit}`.execute(db);
  return found.rows;
}
