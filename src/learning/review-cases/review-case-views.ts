import { type Ctx, personIdOf, requirePerson, requireRole, scopesOf } from '../../kernel/context.ts';
import { todayInIndia } from '../../kernel/dates.ts';
import { notFound } from '../../kernel/errors.ts';
import { translator } from '../../kernel/i18n.ts';
import type { HomeNotice } from '../hooks.ts';
import { requireDeskCase, rolesDeciding } from './policy.ts';
import {
  type CaseKey,
  caseNews,
  casesOf,
  type DeskCase,
  deskCases,
  eventsOf,
  markSeen,
  personsWithOpenCase,
  type ReviewCase,
  type ShownEvent,
} from './store.ts';

/** Whether a case of this person waits for a decision: an appraisal says and counts nothing of it. */
export async function hasOpenReviewCase(ctx: Pick<Ctx, 'db'>, personId: string): Promise<boolean> {
  return (await personsWithOpenCase(ctx.db.read, [personId])).length > 0;
}

export async function ownReviewCases(ctx: Ctx): Promise<ReviewCase[]> {
  return casesOf(ctx.db.read, requirePerson(ctx));
}

export type CaseWithEvents<C extends ReviewCase = ReviewCase> = { found: C; events: ShownEvent[] };

/** One's own case with all that happened in it; from now on its end is no news any more. */
export async function readOwnCase(ctx: Ctx, reviewCaseId: string): Promise<CaseWithEvents> {
  const personId = requirePerson(ctx);
  const found = (await ownReviewCases(ctx)).find((one) => one.reviewCaseId === reviewCaseId);
  if (!found) throw notFound();
  const key = { personId, reviewCaseId };
  await ctx.db.transaction((tx) => markSeen(tx, key, ctx.clock.now()));
  return { found, events: await eventsOf(ctx.db.read, key) };
}

export async function deskReviewCases(ctx: Ctx, tab: 'open' | 'closed'): Promise<DeskCase[]> {
  requireRole(ctx, rolesDeciding);
  return deskCases(ctx.db.read, {
    scopes: scopesOf(ctx.actor, rolesDeciding),
    isOpen: tab === 'open',
    today: todayInIndia(ctx.clock),
    decider: personIdOf(ctx.actor),
  });
}

export async function readDeskCase(ctx: Ctx, key: CaseKey): Promise<CaseWithEvents<DeskCase>> {
  const found = await requireDeskCase(ctx, key);
  return { found, events: await eventsOf(ctx.db.read, key) };
}

/** What stands on the learner's home: a case that is open, and the end of one until it was looked at. */
export async function caseNotices(ctx: Ctx, personId: string): Promise<HomeNotice[]> {
  const found = await caseNews(ctx.db, personId);
  if (found.length === 0) return [];
  const t = translator(ctx.language);
  return found.map(({ reviewCaseId, state, at }) => ({
    key: reviewCaseId,
    text: t(state === 'open' ? 'learning.caseHomeOpen' : 'learning.caseHomeOver'),
    href: `/review-cases/${reviewCaseId}`,
    madeAt: at,
  }));
}
