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
export async function audit(tx: Tx, ctx: Ctx, entry: AuditEntry): Promise<void> {
  const actor = ctx.actor;
  await sql`${hot}insert into audit_event
    (audit_event_id, happened_at, actor_kind, actor_person_id, actor_name, action, subject_kind, subject_id,
     person_id, office_id, ip, request_id, detail)
    values (${newId()}, ${ctx.clock.now()}, ${actor.kind}, ${personIdOf(actor) ?? null}, ${actorName(ctx)},
     ${entry.action}, ${entry.subjectKind}, ${entry.subjectId}, ${entry.personId ?? null}, ${entry.officeId ?? null},
     ${ctx.ip}, ${ctx.requestId}, ${JSON.stringify(entry.detail ?? {})}::jsonb)`.execute(tx);
}

function actorName(ctx: Ctx): string | null {
  if (ctx.actor.kind === 'system') return ctx.actor.name;
  return ctx.actor.kind === 'token' ? `token:${ctx.actor.tokenId}` : null;
}
