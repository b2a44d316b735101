import { type RawBuilder, sql } from 'kysely';
import { type Ctx, grantsOf, personIdOf, scopesOf } from '../../../kernel/context.ts';
import { todayInIndia } from '../../../kernel/dates.ts';

export const rolesHelping = ['nodal', 'operator'] as const;

/**
 * Whether the actor may help this person to sign in: holds a helping role over an office of his (the last
 * one, where no posting is open), is not himself, and holds every right that the person holds. Else a slip
 * for an operator would make its maker an operator.
 */
export function mayHelp(ctx: Ctx, person: RawBuilder<unknown>): RawBuilder<boolean> {
  const scopes = scopesOf(ctx.actor, rolesHelping);
  if (scopes.includes('*')) return sql<boolean>`true`;
  const today = todayInIndia(ctx.clock);
  const isOpen = sql`(q.ends_on is null or q.ends_on >= ${today}::date)`;
  const held = grantsOf(ctx.actor);
  const heldRoles = held.map((grant) => grant.role);
  const heldScopes = held.map((grant) => grant.scopeId);
  return sql<boolean>`(${person} is distinct from ${personIdOf(ctx.actor) ?? null}::uuid
    and exists (select 1 from posting q join office qo on qo.office_id = q.office_id
      where q.person_id = ${person} and q.voided_at is null and qo.path && ${scopes}::uuid[]
        and (${isOpen} or not exists (select 1 from posting q where q.person_id = ${person}
          and q.voided_at is null and ${isOpen})))
    and not exists (select 1 from role_grant g join office go on go.office_id = g.office_id
      where g.person_id = ${person} and g.ended_at is null and (g.ends_on is null or g.ends_on >= ${today}::date)
        and not exists (select 1 from unnest(${heldRoles}::text[], ${heldScopes}::uuid[]) as h (role, scope)
          where h.scope = any(go.path) and h.role in (g.role, 'operator'))))`;
}

export async function isHelpable(ctx: Ctx, personId: string): Promise<boolean> {
  const found = await sql`select 1 from person p
    where p.person_id = ${personId} and p.merged_into is null and p.account_day is not null
      and ${mayHelp(ctx, sql`p.person_id`)}`.execute(ctx.db.read);
  return found.rows.length > 0;
}

/** The ids of all whom the actor may help; the list that `isHelpable` must agree with. */
export async function helpableIds(ctx: Ctx): Promise<string[]> {
  const found = await sql<{ id: string }>`select p.person_id as id from person p
    where p.merged_into is null and p.account_day is not null and ${mayHelp(ctx, sql`p.person_id`)}
    order by p.person_id limit 1000`.execute(ctx.db.read);
  return found.rows.map((row) => row.id);
}
