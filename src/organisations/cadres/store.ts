import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type Cadre = { cadreId: string; name: string; nameEn: string | null; isField: boolean };

const columns = sql`cadre_id as "cadreId", name, name_en as "nameEn", is_field as "isField"`;
const inOrder = sql`name collate "hi-x-icu", cadre_id`;

/** Those of the field, by name. */
export async function fieldCadres(db: Reads): Promise<Cadre[]> {
  const found = await sql<Cadre>`select ${columns} from cadre where is_field order by ${inOrder}`.execute(db);
  return found.rows;
}

export type CadreSearch = { search: string; after: string | undefined; limit: number };

/** The others, by name, after the one with a key. */
export async function otherCadres(db: Reads, { search, after, limit }: CadreSearch): Promise<Cadre[]> {
  const pattern = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const later = after
    ? sql`(name collate "hi-x-icu", cadre_id) > (
        select before.name collate "hi-x-icu", before.cadre_id from cadre before where before.cadre_id = ${after})`
    : sql`true`;
  const found = await sql<Cadre>`select ${columns} from cadre
    where not is_field and (name ilike ${pattern} or name_en ilike ${pattern}) and ${later} order by ${inOrder} limit ${limit}`.execute(
    db,
  );
  return found.rows;
}

export async function cadreById(db: Reads | Tx, id: string): Promise<Cadre | undefined> {
  const found = await sql<Cadre>`select ${columns} from cadre where cadre_id = ${id}`.execute(db);
  return found.rows[0];
}

export async function writeEnglishName(
  tx: Tx,
  { cadreId, nameEn }: Pick<Cadre, 'cadreId' | 'nameEn'>,
): Promise<void> {
  await sql`update cadre set name_en = ${nameEn} where cadre_id = ${cadreId}`.execute(tx);
}

export async function cadresNamed(db: Reads, names: readonly string[]): Promise<Cadre[]> {
  const found = await sql<Cadre>`select ${columns} from cadre where name = any(${names}::text[])`.execute(db);
  return found.rows;
}

/** Marks these as cadres of the field, of those that the form showed; returns those that changed. */
export async function writeFieldCadres(
  tx: Tx,
  { shown, field }: { shown: readonly string[]; field: readonly string[] },
): Promise<Cadre[]> {
  const found = await sql<Cadre>`update cadre set is_field = cadre_id = any(${field}::uuid[])
    where cadre_id = any(${shown}::uuid[]) and is_field <> (cadre_id = any(${field}::uuid[]))
    returning ${columns}`.execute(tx);
  return found.rows;
}
