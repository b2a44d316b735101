import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type Cadre = { cadreId: string; name: string; isField: boolean };

const most = 2000;

/** All cadres, by name. */
export async function allCadres(db: Reads | Tx): Promise<Cadre[]> {
  const found = await sql<Cadre>`select cadre_id as "cadreId", name, is_field as "isField" from cadre
    order by name collate "hi-x-icu", cadre_id limit ${most}`.execute(db);
  return found.rows;
}

/** Marks these as cadres of the field, of those that the form showed; returns those that changed. */
export async function writeFieldCadres(
  tx: Tx,
  { shown, field }: { shown: readonly string[]; field: readonly string[] },
): Promise<Cadre[]> {
  const found = await sql<Cadre>`update cadre set is_field = cadre_id = any(${field}::uuid[])
    where cadre_id = any(${shown}::uuid[]) and is_field <> (cadre_id = any(${field}::uuid[]))
    returning cadre_id as "cadreId", name, is_field as "isField"`.execute(tx);
  return found.rows;
}
