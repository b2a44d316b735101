import { sql } from 'kysely';
import type { Db, Reads } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import type { OfficeRow } from '../../organisations/index.ts';

const columns = sql`office_id as "officeId", code, name_hi as "nameHi", name_en as "nameEn", parent_id as "parentId",
  kind, area_code as "areaCode", strength, valid_from as "validFrom", valid_until as "validUntil", path`;

export async function childrenOf(db: Reads, parentId: string): Promise<OfficeRow[]> {
  const found =
    await sql<OfficeRow>`select ${columns} from office where parent_id = ${parentId} order by code`.execute(
      db,
    );
  return found.rows;
}

/** For each office on the path, and on the way up from the reader's own, its sisters: what masking looks at. */
export async function sistersDownTo(
  db: Reads,
  { path, own }: { path: readonly string[]; own: readonly string[] },
): Promise<OfficeRow[]> {
  const found = await sql<OfficeRow>`select ${columns} from office
    where parent_id = any(${path}::uuid[]) or office_id = ${path[0]} or parent_id in (
      select unnest(above.path) from office above
      where above.office_id = any(${own}::uuid[]) and above.path[1] = ${path[0]})`.execute(db);
  return found.rows;
}

export async function rootsOf(db: Reads): Promise<Pick<OfficeRow, 'officeId' | 'path'>[]> {
  const found = await sql<
    Pick<OfficeRow, 'officeId' | 'path'>
  >`select office_id as "officeId", path from office where parent_id is null`.execute(db);
  return found.rows;
}

/** Of some codes of offices, those of an office, of those above it and of those below it. */
export async function codesAround(
  db: Reads,
  { office, codes }: { office: string; codes: readonly string[] },
): Promise<Set<string>> {
  const found = await sql<{ code: string }>`select o.code from office o, office here
    where here.code = ${office} and o.code = any(${codes}::text[])
      and (o.path @> array[here.office_id] or here.path @> array[o.office_id])`.execute(db);
  return new Set(found.rows.map(({ code }) => code));
}

export type ScopeOffice = { nameHi: string; nameEn: string | null };

const scopeOffices = `select w.code || ' ' || w.mandate_id as name, s.name_hi as "nameHi", s.name_en as "nameEn"
  from unnest($1::text[], $2::uuid[]) w (code, mandate_id)
  join office posted on posted.code = w.code join mandate m using (mandate_id)
  join office s on s.office_id = any(posted.path) and m.rules -> 'scope' -> 'offices' ? s.code
  order by cardinality(s.path) desc`;

const askScopeOffices = gatheringRows(
  (db: Pick<Db, 'hot'>, names) => {
    const parts = names.map((name) => [name.slice(0, -37), name.slice(-36)]);
    return db.hot<ScopeOffice & { name: string }>('scope-offices', scopeOffices, [
      parts.map(([code]) => code),
      parts.map(([, mandateId]) => mandateId),
    ]);
  },
  (row) => row.name,
);

/** The office of an order's scope, the nearest above, by which somebody posted at this office is bound. */
export async function scopeOfficeOf(
  db: Pick<Db, 'hot'>,
  at: { officeCode: string; mandateId: string },
): Promise<ScopeOffice | undefined> {
  const [found] = await askScopeOffices(db, `${at.officeCode} ${at.mandateId}`);
  return found;
}
