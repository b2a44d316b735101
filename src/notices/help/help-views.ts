import { type Ctx, personIdOf, requirePerson, requireRole, scopesOf } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import { requireDeskRequest, rolesAnswering } from './policy.ts';
import {
  countDesk,
  type DeskFilter,
  type DeskHelp,
  deskRequests,
  type HelpKey,
  type HelpMessage,
  type HelpState,
  type ListedHelp,
  messagesOf,
  requestsOf,
  visitorRequests,
  writeSeen,
} from './store.ts';

export async function ownHelp(ctx: Ctx): Promise<ListedHelp[]> {
  return requestsOf(ctx.db.read, requirePerson(ctx));
}

export type OwnHelp = { request: ListedHelp; messages: HelpMessage[] };

/** One's own question with its answers; from now on they are no news any more. */
export async function readOwnHelp(ctx: Ctx, helpRequestId: string): Promise<OwnHelp> {
  const personId = requirePerson(ctx);
  const request = (await requestsOf(ctx.db.read, personId)).find(
    (one) => one.helpRequestId === helpRequestId,
  );
  if (!request) throw notFound();
  const messages = await messagesOf(ctx.db.read, { personId, helpRequestId });
  if (request.isNews)
    await ctx.db.transaction((tx) => writeSeen(tx, { personId, helpRequestId, now: ctx.clock.now() }));
  return { request, messages };
}

export type DeskTab = 'mine' | 'below' | 'closed' | 'visitors';
export type DeskCounts = { mine: number; below: number; visitors: number | null };

const shown: HelpState[] = ['open', 'answered'];

/** The inbox of whoever answers: one's own desk, the desks below, and what is done with. */
export async function deskInbox(ctx: Ctx, tab: 'mine' | 'below' | 'closed'): Promise<DeskHelp[]> {
  const base = deskOf(ctx);
  const states: HelpState[] = tab === 'closed' ? ['closed'] : shown;
  const filter = (desk: 'mine' | 'below') => ({ ...base, desk, states, limit: 200 });
  if (tab !== 'closed') return deskRequests(ctx.db.read, filter(tab));
  const both = await Promise.all([
    deskRequests(ctx.db.read, filter('mine')),
    deskRequests(ctx.db.read, filter('below')),
  ]);
  return both.flat().sort((a, b) => b.changedAt.getTime() - a.changedAt.getTime());
}

/** How many stand under each tab: as many as its list shows. */
export async function deskCounts(ctx: Ctx): Promise<DeskCounts> {
  const base = deskOf(ctx);
  const [mine, below, visitors] = await Promise.all([
    countDesk(ctx.db.read, { ...base, desk: 'mine', states: shown }),
    countDesk(ctx.db.read, { ...base, desk: 'below', states: shown }),
    base.isOperator ? visitorRequests(ctx.db.read, 'open') : null,
  ]);
  return { mine, below, visitors: visitors?.length ?? null };
}

function deskOf(ctx: Ctx): Pick<DeskFilter, 'nodalScopes' | 'isOperator' | 'exceptPersonId'> {
  requireRole(ctx, rolesAnswering);
  return {
    nodalScopes: scopesOf(ctx.actor, ['nodal']),
    isOperator: scopesOf(ctx.actor, ['operator']).length > 0,
    exceptPersonId: personIdOf(ctx.actor),
  };
}

export type DeskCase = { request: DeskHelp; messages: HelpMessage[] };

export async function readDeskHelp(ctx: Ctx, key: HelpKey): Promise<DeskCase> {
  const request = await requireDeskRequest(ctx, key);
  return { request, messages: await messagesOf(ctx.db.read, key) };
}
