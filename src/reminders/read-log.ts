import { type Ctx, scopesOf } from '../kernel/context.ts';
import type { Day } from '../kernel/dates.ts';
import { type OrderFace, orderFace } from '../mandates/index.ts';
import { requireLogScopes, rolesReadingLog } from './policy.ts';
import { type LogDay, type LogRow, logDays, logRows } from './stores/log.ts';

const daysShown = 14;

/** What was told of an order in the last days, of the actor's people; nothing for whoever reads no names. */
export async function recentDays(ctx: Ctx, order: OrderFace): Promise<LogDay[]> {
  const scopes = scopesOf(ctx.actor, rolesReadingLog);
  if (order.mayOrder) scopes.push('*');
  if (scopes.length === 0) return [];
  return logDays(ctx.db.read, { mandateId: order.mandateId, scopes, limit: daysShown });
}

export type LogWish = { day?: Day; state?: 'sent' | 'not' | 'unknown'; after?: string; limit: number };

/** Each step that was told of an order, to whom, and what became of it: of the people of one's offices. */
export async function reminderLog(
  ctx: Ctx,
  mandateId: string,
  wish: LogWish,
): Promise<{ order: OrderFace; items: LogRow[]; next: string | null }> {
  const scopes = requireLogScopes(ctx);
  const order = await orderFace(ctx, { id: mandateId });
  const { day, state, limit } = wish;
  const rows = await logRows(ctx.db.read, {
    ...{ mandateId, scopes, day, state, limit: limit + 1, after: placeOf(wish.after) },
  });
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  const next = rows.length > limit && last ? `${last.day}.${last.personId}.${last.audience}` : null;
  return { order, items, next };
}

function placeOf(text: string | undefined) {
  const found = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f-]{36})\.(person|officer)$/.exec(text ?? '');
  const [, day, personId, audience] = found ?? [];
  return day && personId && audience ? { day, personId, audience } : undefined;
}
