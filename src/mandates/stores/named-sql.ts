import { type RawBuilder, sql } from 'kysely';
import { foldText } from '../../kernel/text/fold.ts';

/** The designations that are called so now, in either language; folded, as people write them. */
export function designationsNamed(names: string[]): RawBuilder<unknown> {
  return sql`select designation_id from designation where name = any(${names}::text[])
    or name_en = any(${names}::text[]) or name_key = any(${names.map(foldText)}::text[])`;
}

export function cadresNamed(names: string[]): RawBuilder<unknown> {
  return sql`select cadre_id from cadre where name = any(${names}::text[])
    or name_key = any(${names.map(foldText)}::text[])`;
}
