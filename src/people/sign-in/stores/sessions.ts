import { sql } from 'kysely';
import type { Ctx, Grant } from '../../../kernel/context.ts';
import { todayInIndia } from '../../../kernel/dates.ts';
import type { Db, Tx } from '../../../kernel/db.ts';
import type { Language } from '../../../kernel/i18n.ts';
import { namesRight } from '../../../organisations/index.ts';
import { privacyNoticeVersion } from '../../privacy/notice-text.ts';

export type SessionMethod = 'password' | 'code' | 'pin' | 'slip';

export type LiveSession = {
  sessionId: string;
  personId: string;
  lastSeenAt: Date;
  isSecondFactorGiven: boolean;
  nameHi: string | null;
  nameEn: string | null;
  language: Language;
  /** The notice as it reads now; one accepted in an older text is shown again. */
  isNoticeAccepted: boolean;
  designation: string | null;
  designationEn: string | null;
  officeHi: string | null;
  officeEn: string | null;
  grants: Grant[];
};

// A grant holds between its dates and while the charge that it came with is open; one that came with none, or
// a link officer's, while its holder serves at all: whoever has retired holds nothing.
export const effectiveGrant = (person: string, day: string) => `g.person_id = ${person} and g.ended_at is null
  and g.starts_on <= ${day} and (g.ends_on is null or g.ends_on >= ${day})
  and exists (select 1 from posting c
    where c.person_id = g.person_id and (g.posting_id is null or c.posting_id = g.posting_id) and c.voided_at is null
      and c.starts_on <= ${day} and (c.ends_on is null or c.ends_on >= ${day}))`;

// A leader's separate right to names stands beside the role, as if it were one more.
const rightsOf = `role_grant g cross join lateral unnest(case when g.role = 'leader' and g.may_see_names
    then array[g.role, '${namesRight}'] else array[g.role] end) as held (role)`;

const liveSessions = `select s.session_digest as digest, s.session_id as "sessionId", s.person_id as "personId", s.last_seen_at as "lastSeenAt",
    s.second_factor_at is not null as "isSecondFactorGiven",
    p.name_hi as "nameHi", p.name_en as "nameEn", p.language, p.notice_version is not distinct from $4 as "isNoticeAccepted",
    d.name as designation, d.name_en as "designationEn", o.name_hi as "officeHi", o.name_en as "officeEn",
    coalesce((select json_agg(json_build_object('role', held.role, 'scopeId', g.office_id, 'viaLink', g.is_link))
      from ${rightsOf} where ${effectiveGrant('s.person_id', '$3::date')}), '[]'::json) as grants
  from session s
  join person p on p.person_id = s.person_id and p.merged_into is null
  left join lateral (select office_id, designation_id from posting q
    where q.person_id = s.person_id and q.voided_at is null
      and q.starts_on <= $3::date and (q.ends_on is null or q.ends_on >= $3::date)
    order by q.is_primary desc, q.starts_on desc limit 1) q on true
  left join designation d on d.designation_id = q.designation_id
  left join office o on o.office_id = q.office_id
  where s.session_digest = any($1::bytea[]) and s.ended_at is null and s.expires_at > $2::timestamptz
    and s.last_seen_at > $2::timestamptz - make_interval(mins => s.idle_minutes)`;

/**
 * Session, person, effective rights and posting in one prepared statement, by the digest in hex: every
 * signed-in request asks, and those of one moment ask together.
 */
export async function liveSessionsOf(
  deps: Pick<Ctx, 'db' | 'clock'>,
  digests: Buffer[],
): Promise<Map<string, LiveSession>> {
  const rows = await deps.db.hot<LiveSession & { digest: Buffer }>('live-sessions', liveSessions, [
    digests,
    deps.clock.now(),
    todayInIndia(deps.clock),
    privacyNoticeVersion,
  ]);
  return new Map(rows.map(({ digest, ...session }) => [digest.toString('hex'), session]));
}

/** Grants of a person that hold today; for decisions before there is a session. */
export async function effectiveGrantsOf(deps: Pick<Ctx, 'db' | 'clock'>, personId: string): Promise<Grant[]> {
  return deps.db.hot<Grant>(
    'effective-grants',
    `select held.role, g.office_id as "scopeId", g.is_link as "viaLink" from ${rightsOf}
     where ${effectiveGrant('$1', '$2::date')}`,
    [personId, todayInIndia(deps.clock)],
  );
}

const touch = `update session set last_seen_at = $2 where session_digest in (select session_digest from session
  where session_digest = any($1::bytea[]) and last_seen_at < $2 for update skip locked)`;

/** Notes that these sessions are in use; what another process is noting at this moment is left to it. */
export async function touchSessions(db: Db, digests: Buffer[], now: Date): Promise<void> {
  await db.hot('touch-sessions', touch, [digests, now]);
}

export type NewSession = {
  digest: Buffer;
  sessionId: string;
  personId: string;
  method: SessionMethod;
  device: string;
  idleMinutes: number;
  createdAt: Date;
  expiresAt: Date;
};

export async function insertSession(tx: Tx, session: NewSession): Promise<void> {
  await sql`insert into session (session_digest, session_id, person_id, method, device, idle_minutes,
      created_at, last_seen_at, expires_at)
    values (${session.digest}, ${session.sessionId}, ${session.personId}, ${session.method}, ${session.device},
      ${session.idleMinutes}, ${session.createdAt}, ${session.createdAt}, ${session.expiresAt})`.execute(tx);
}

type Ending = { now: Date; reason: 'signed_out' | 'ended' | 'replaced' | 'reset' | 'merged' };

/** Ends one session of this person; false where it is not there or has ended. */
export async function endSessionById(
  tx: Tx,
  session: { personId: string; sessionId: string },
  ending: Ending,
): Promise<boolean> {
  const done = await sql`update session set ended_at = ${ending.now}, end_reason = ${ending.reason}
    where person_id = ${session.personId} and session_id = ${session.sessionId} and ended_at is null`.execute(
    tx,
  );
  return Number(done.numAffectedRows ?? 0) > 0;
}

export async function endSessionByDigest(tx: Tx, digest: Buffer, ending: Ending): Promise<void> {
  await sql`update session set ended_at = ${ending.now}, end_reason = ${ending.reason}
    where session_digest = ${digest} and ended_at is null`.execute(tx);
}

/** Ends all sessions of a person but the one named; returns how many. */
export async function endSessionsOf(
  tx: Tx,
  who: { personId: string; exceptSessionId?: string },
  ending: Ending,
): Promise<number> {
  const done = await sql`update session set ended_at = ${ending.now}, end_reason = ${ending.reason}
    where person_id = ${who.personId} and ended_at is null
      and session_id is distinct from ${who.exceptSessionId ?? null}`.execute(tx);
  return Number(done.numAffectedRows ?? 0);
}

export type SessionRow = {
  sessionId: string;
  method: SessionMethod;
  device: string;
  createdAt: Date;
  lastSeenAt: Date;
};

export async function openSessionsOf(
  deps: Pick<Ctx, 'db' | 'clock'>,
  personId: string,
): Promise<SessionRow[]> {
  const now = deps.clock.now();
  const found =
    await sql<SessionRow>`select session_id as "sessionId", method, device, created_at as "createdAt",
      last_seen_at as "lastSeenAt"
    from session where person_id = ${personId} and ended_at is null and expires_at > ${now}
      and last_seen_at > ${now}::timestamptz - make_interval(mins => idle_minutes)
    order by last_seen_at desc`.execute(deps.db.read);
  return found.rows;
}

export type OwnSession = { method: SessionMethod; createdAt: Date };

export async function sessionById(
  deps: Pick<Ctx, 'db'>,
  session: { personId: string; sessionId: string },
): Promise<OwnSession | undefined> {
  const found = await sql<OwnSession>`select method, created_at as "createdAt" from session
    where person_id = ${session.personId} and session_id = ${session.sessionId} and ended_at is null`.execute(
    deps.db.read,
  );
  return found.rows[0];
}

export async function markSecondFactor(
  tx: Tx,
  session: { personId: string; sessionId: string },
  now: Date,
): Promise<void> {
  await sql`update session set second_factor_at = ${now}
    where person_id = ${session.personId} and session_id = ${session.sessionId} and ended_at is null`.execute(
    tx,
  );
}

export async function deleteStaleSessions(tx: Tx, before: Date): Promise<void> {
  await sql`delete from session where expires_at < ${before} or ended_at < ${before}`.execute(tx);
}
