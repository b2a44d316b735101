import { type RawBuilder, sql } from 'kysely';

/** Whether a person was ever posted in one of these offices or below: whoever is not, an importer is not told of. */
export function isPostedIn(personId: RawBuilder<unknown>, scopes: readonly string[]): RawBuilder<boolean> {
  if (scopes.includes('*')) return sql<boolean>`true`;
  return sql<boolean>`exists (select 1 from posting p join office o using (office_id)
    where p.person_id = ${personId} and p.voided_at is null and o.path && ${scopes}::uuid[])`;
}
