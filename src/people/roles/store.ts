import { type RawBuilder, sql } from 'kysely';
import type { Ctx } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import type { Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

export type GrantRow = {
  grantId: string;
  personId: string;
  nameHi: string | null;
  nameEn: string | null;
  employeeCode: string | null;
  role: string;
  officeCode: string;
  officeHi: string;
  officeEn: string | null;
  path: string[];
  isLink: boolean;
  withCharge: boolean;
  startsOn: string;
  endsOn: string | null;
  grantedByHi: string | null;
  grantedByEn: string | null;
  state: 'effective' | 'future' | 'over';
};

function grantRows(today: string): RawBuilder<unknown> {
  return sql`select g.role_grant_id as "grantId", g.person_id as "personId", p.name_hi as "nameHi",
    p.name_en as "nameEn", p.employee_code as "employeeCode", g.role, o.code as "officeCode",
    o.name_hi as "officeHi", o.name_en as "officeEn", o.path, g.is_link as "isLink",
    g.posting_id is not null as "withCharge", g.starts_on as "startsOn", g.ends_on as "endsOn",
    by_person.name_hi as "grantedByHi", by_person.name_en as "grantedByEn", state.word as state
  from role_grant g
  join person p on p.person_id = g.person_id and p.merged_into is null
  join office o on o.office_id = g.office_id
  left join person by_person on by_person.person_id = g.granted_by
  cross join lateral (select case
    when g.ended_at is not null or g.ends_on < ${today}::date then 'over'
    when not exists (select 1 from posting c where c.person_id = g.person_id
      and (g.posting_id is null or c.posting_id = g.posting_id) and c.voided_at is null and (c.ends_on is null or c.ends_on >= ${today}::date))
      then 'over'
    when g.starts_on > ${today}::date then 'future' else 'effective' end as word) as state`;
}

export type GrantFilter = { scopes: string[]; withEnded: 'with' | 'without'; after?: string };
export const grantsPerPage = 50;

/** Grants over offices in these subtrees, newest first, one more than a page holds. */
export async function grantsIn(ctx: Pick<Ctx, 'db' | 'clock'>, filter: GrantFilter): Promise<GrantRow[]> {
  const after = filter.after ? sql`and g.role_grant_id < ${filter.after}::uuid` : sql``;
  const ended = filter.withEnded === 'with' ? sql`` : sql`and state.word <> 'over'`;
  const found = await sql<GrantRow>`${grantRows(todayInIndia(ctx.clock))}
    where ${inScope(sql`o.path`, filter.scopes)} ${ended} ${after}
    order by g.role_grant_id desc limit ${grantsPerPage + 1}`.execute(ctx.db.read);
  return found.rows;
}

export async function grantById(ctx: Pick<Ctx, 'db' | 'clock'>, id: string): Promise<GrantRow | undefined> {
  const found =
    await sql<GrantRow>`${grantRows(todayInIndia(ctx.clock))} where g.role_grant_id = ${id}`.execute(
      ctx.db.read,
    );
  return found.rows[0];
}

export type Grantee = { personId: string; postingId: string | null; passwordHash: string | null };

/** The person of this code, if he has an account and an open posting in one of the subtrees. */
export async function granteeByCode(
  ctx: Pick<Ctx, 'db' | 'clock'>,
  code: string,
  scopes: string[],
): Promise<Grantee | undefined> {
  const today = todayInIndia(ctx.clock);
  const isOpen = sql`q.voided_at is null and (q.ends_on is null or q.ends_on >= ${today}::date)`;
  const posted = scopes.includes('*')
    ? sql`true`
    : sql`exists (select 1 from posting q join office o on o.office_id = q.office_id
        where q.person_id = p.person_id and ${isOpen} and ${inScope(sql`o.path`, scopes)})`;
  const found = await sql<Grantee>`select p.person_id as "personId", s.password_hash as "passwordHash",
      (select q.posting_id from posting q where q.person_id = p.person_id and ${isOpen}
        and q.starts_on <= ${today}::date order by q.is_primary desc, q.starts_on desc limit 1) as "postingId"
    from person p left join sign_in_secret s on s.person_id = p.person_id
    where p.account_day is not null and p.merged_into is null and ${posted}
      and p.person_id in (select person_id from person_code where code in (${code}, ${code.toUpperCase()}))`.execute(
    ctx.db.read,
  );
  return found.rows.length === 1 ? found.rows[0] : undefined;
}

export type NewGrant = {
  grantId: string;
  personId: string;
  role: string;
  officeId: string;
  postingId: string | null;
  isLink: boolean;
  maySeeNames: boolean;
  startsOn: string;
  endsOn: string | null;
  grantedBy: string | null;
};

/** Inserts unless the person holds the same right in that time; two requests at once give one. */
export async function insertGrant(tx: Tx, grant: NewGrant): Promise<boolean> {
  await sql`select 1 from person where person_id = ${grant.personId} for update`.execute(tx);
  const done =
    await sql`insert into role_grant (person_id, role_grant_id, role, office_id, posting_id, is_link,
      may_see_names, starts_on, ends_on, granted_by)
    select ${grant.personId}, ${grant.grantId}, ${grant.role}, ${grant.officeId}, ${grant.postingId}::uuid,
      ${grant.isLink}, ${grant.maySeeNames}, ${grant.startsOn}::date, ${grant.endsOn}::date, ${grant.grantedBy}::uuid
    where not exists (select 1 from role_grant g where g.person_id = ${grant.personId} and g.role = ${grant.role}
      and g.office_id = ${grant.officeId} and g.ended_at is null
      and daterange(g.starts_on, g.ends_on, '[]') && daterange(${grant.startsOn}::date, ${grant.endsOn}::date, '[]')
      and (g.posting_id is null or exists (select 1 from posting c where c.person_id = g.person_id
        and c.posting_id = g.posting_id and c.voided_at is null
        and (c.ends_on is null or c.ends_on >= ${grant.startsOn}::date))))`.execute(tx);
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function endGrant(
  tx: Tx,
  grant: { personId: string; grantId: string; now: Date },
): Promise<boolean> {
  const done = await sql`update role_grant set ended_at = ${grant.now}
    where person_id = ${grant.personId} and role_grant_id = ${grant.grantId} and ended_at is null`.execute(
    tx,
  );
  return Number(done.numAffectedRows ?? 0) > 0;
}

/** Who gets rights over others no longer has a session that idles for a month. */
export async function tightenSessions(tx: Tx, personId: string, idleMinutes: number): Promise<void> {
  await sql`update session set idle_minutes = least(idle_minutes, ${idleMinutes})
    where person_id = ${personId} and ended_at is null`.execute(tx);
}
