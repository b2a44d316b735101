import { audit } from '../../kernel/audit.ts';
import { type Ctx, systemActor } from '../../kernel/context.ts';
import { addDays, todayInIndia } from '../../kernel/dates.ts';
import type { Db } from '../../kernel/db.ts';
import { newId } from '../../kernel/ids.ts';
import { limitOn } from './limits.ts';
import { insertCase, insertEvents } from './store.ts';

/** What a person's reports of one India day have claimed, and how much of it no clock can have shown. */
export type Claims = {
  personId: string;
  enrolmentId: string;
  lessonId: string;
  claimed: number | null;
  excess: number | null;
};

// Asked and answered before by this process: a case of that day is there.
const opened = new WeakMap<Db, Set<string>>();

/**
 * Opens a case where the day's claims are over the limit in force. Nothing is taken away and nothing is blocked by
 * it: what no clock has shown earned nothing anyway, and what follows is credited as ever.
 */
export async function reviewClaims(ctx: Ctx, claims: Claims): Promise<void> {
  const { claimed, excess } = claims;
  if (!claimed || !excess) return;
  const day = todayInIndia(ctx.clock);
  const limit = await limitOn(ctx, day);
  if (excess < limit.excessSeconds || claimed < limit.times * (claimed - excess)) return;
  const known = opened.get(ctx.db) ?? new Set<string>();
  opened.set(ctx.db, known);
  const at = `${claims.personId}:${day}`;
  if (known.has(at)) return;
  await openCase(ctx, { ...claims, claimed, excess }, { day, lapsesOn: addDays(day, limit.lapseDays) });
  if (known.size > 10_000) known.clear();
  known.add(at);
}

type Open = Claims & { claimed: number; excess: number };

async function openCase(ctx: Ctx, claims: Open, on: { day: string; lapsesOn: string }): Promise<void> {
  const { personId, enrolmentId, lessonId, claimed, excess } = claims;
  const key = { personId, reviewCaseId: newId() };
  const now = ctx.clock.now();
  const counts = { claimedSeconds: claimed, excessSeconds: excess };
  await ctx.db.transaction(async (tx) => {
    if (!(await insertCase(tx, { ...key, enrolmentId, lessonId, ...counts, ...on, now }))) return;
    await insertEvents(tx, [{ ...key, kind: 'opened', text: null, actorPersonId: null }], now);
    // By the rule, not by the learner whose report showed it.
    await audit(
      tx,
      { ...ctx, actor: systemActor('engagement'), ip: null },
      {
        action: 'review_case.opened',
        subjectKind: 'review_case',
        subjectId: key.reviewCaseId,
        personId,
        detail: { ...counts, lapsesOn: on.lapsesOn },
      },
    );
  });
}
