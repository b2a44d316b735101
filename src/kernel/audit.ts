import { sql } from 'kysely';
import { type Ctx, personIdOf } from './context.ts';
import { hot, type Tx } from './db.ts';
import { newId } from './ids.ts';

export type AuditEntry = {
  /** What was done, `thing.verb`: `posting.ended`, `import.committed`. */
  action: string;
  subjectKind: string;
  subjectId: string;
  /** Whom it concerns, if a person. */
  personId?: string;
  officeId?: string;
  /** What changed: before and after, or the counts of a bulk change. */
  detail?: Record<string, unknown>;
};

/** Writes who did what to whom, when and from where, in the transaction of the change itself. */
export function audit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  return auditAll(tx, [{ ctx, entry }]);
}

/** The same for what several actors did in one transaction: one statement for all. */
export async function auditAll(tx: Tx, acts: { ctx: Ctx; entry: AuditEntry }[]): Promise<void> {
  if (acts.length === 0) return;
  const rows = acts.map(({ ctx, entry }) => rowOf(ctx, entry));
  await sql`${hot}insert into audit_event
    (audit_event_id, happened_at, actor_kind, actor_person_id, actor_name, action, subject_kind, subject_id,
     person_id, office_id, ip, request_id, detail)
    select * from json_to_recordset(${JSON.stringify(rows)}::json) as act
      (id uuid, happened_at timestamptz, actor_kind text, actor_person_id uuid, actor_name text, action text,
       subject_kind text, subject_id text, person_id uuid, office_id uuid, ip inet, request_id text, detail jsonb)`.execute(
    tx,
  );
}

function rowOf(ctx: Ctx, entry: AuditEntry): Record<string, unknown> {
  return {
    id: newId(),
    happened_at: ctx.clock.now(),
    actor_kind: ctx.actor.kind,
    actor_person_id: personIdOf(ctx.actor),
    actor_name: actorName(ctx),
    action: entry.action,
    subject_kind: entry.subjectKind,
    subject_id: entry.subjectId,
    person_id: entry.personId,
    office_id: entry.officeId,
    ip: ctx.ip,
    request_id: ctx.requestId,
    detail: entry.detail ?? {},
  };
}

function actorName(ctx: Ctx): string | null {
  if (ctx.actor.kind === 'system') return ctx.actor.name;
  return ctx.actor.kind === 'token' ? `token:${ctx.actor.tokenId}` : null;
}
