import { type Ctx, scopesOf } from '../kernel/context.ts';
import { addDays, type Day, todayInIndia } from '../kernel/dates.ts';
import { type OrderFace, orderFace } from '../mandates/index.ts';
import { requireLogScopes, rolesReadingLog } from './policy.ts';
import { type LogDay, type LogRow, logDays, logRows, type OfficerRow, officerRows } from './stores/log.ts';

const daysShown = 14;

/** What was told of an order in the last days, of the actor's people; nothing for whoever reads no names. */
export async function recentDays(ctx: Ctx, order: OrderFace): Promise<LogDay[]> {
  const scopes = scopesOf(ctx.actor, rolesReadingLog);
  if (order.mayOrder) scopes.push('*');
  if (scopes.length === 0) return [];
  const since = addDays(todayInIndia(ctx.clock), -daysShown);
  return logDays(ctx.db.read, { mandateId: order.mandateId, scopes, since });
}

export type LogWish = { day?: Day; state?: 'sent' | 'not' | 'unknown'; after?: string; limit: number };

/** Each step that people of one's offices were told of an order, and what became of it. */
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
  const next = rows.length > limit && last ? `${last.day}.${last.personId}` : null;
  return { order, items, next };
}

function placeOf(text: string | undefined) {
  const [, day, personId] = /^(\d{4}-\d{2}-\d{2})\.([0-9a-f-]{36})$/.exec(text ?? '') ?? [];
  return day && personId ? { day, personId } : undefined;
}

const officersShown = 200;

/** The officers who were told of people of one's offices, with how many. */
export async function officerLog(
  ctx: Ctx,
  mandateId: string,
  wish: { day?: Day },
): Promise<{ order: OrderFace; items: OfficerRow[] }> {
  const scopes = requireLogScopes(ctx);
  const order = await orderFace(ctx, { id: mandateId });
  const items = await officerRows(ctx.db.read, { mandateId, scopes, day: wish.day, limit: officersShown });
  return { order, items };
}
