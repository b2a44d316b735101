import { sql } from 'kysely';
import type { Reads } from '../kernel/db.ts';
import { inScope, type OfficeRow, officeColumns } from './scope.ts';

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
