import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { keepExport } from '../../kernel/exports.ts';
import { rolesIssuing } from '../policy.ts';
import type { StatementContent } from '../statements/content.ts';
import { type FeedRow, feedAfter, placedAtOnce, placeEvents } from '../stores/feed.ts';

export type FeedItem = Omit<FeedRow, 'content' | 'happenedAt' | 'position'> & {
  cursor: string;
  happenedAt: string;
  state: 'frozen' | 'disputed' | 'replaced';
  statement: StatementContent;
};

type FeedWish = { after?: string; limit: number };
type FeedPage = { items: FeedItem[]; next: string | null };

/** So long a reader waits for places at the most. */
const longestMs = 2000;

/**
 * What has happened to statements since a cursor, of the offices that the actor answers for. The same cursor gives
 * the same items again; nothing is ever told before something that was told already.
 */
export async function readFeed(ctx: Ctx, wish: FeedWish): Promise<FeedPage> {
  const page = await pageOf(ctx, wish);
  const last = page.items.at(-1);
  if (last)
    await ctx.db.transaction((tx) =>
      audit(tx, ctx, {
        action: 'statement.fed',
        subjectKind: 'statement-feed',
        subjectId: last.cursor,
        detail: { after: wish.after ?? null, count: page.items.length },
      }),
    );
  return page;
}

/** The same for a file. */
export async function exportFeed(ctx: Ctx, wish: FeedWish): Promise<FeedPage> {
  const page = await pageOf(ctx, wish);
  await keepExport(ctx, {
    ...{ kind: 'statement_feed', format: 'csv', rows: page.items.length },
    // Of several offices it stands at the first: the record of exports goes by offices.
    officeId: requireRole(ctx, rolesIssuing).find((id) => id !== '*'),
    detail: { after: wish.after ?? null },
  });
  return page;
}

async function pageOf(ctx: Ctx, { after, limit }: FeedWish): Promise<FeedPage> {
  const officeIds = requireRole(ctx, rolesIssuing);
  const isAllPlaced = await placeAll(ctx, { untilMs: longestMs });
  const rows = await feedAfter(ctx.db.read, { officeIds, after: Number(after ?? 0), limit });
  const last = rows.at(-1);
  const isAll = isAllPlaced && rows.length < limit;
  return { items: rows.map(itemOf), next: isAll ? null : String(last?.position ?? after ?? 0) };
}

/**
 * Gives everything its place; false where the time was up before. After a freeze of all there are millions: the worker
 * places them, and whoever reads meanwhile is told that there is more.
 */
export async function placeAll(ctx: Ctx, { untilMs }: { untilMs: number }): Promise<boolean> {
  const begun = performance.now();
  do {
    const placed = await ctx.db.transaction((tx) => placeEvents(tx));
    if (placed < placedAtOnce) return true;
  } while (performance.now() - begun < untilMs);
  return false;
}

function itemOf({ content, happenedAt, position, ...row }: FeedRow): FeedItem {
  return {
    ...row,
    cursor: String(position),
    happenedAt: happenedAt.toISOString(),
    state: row.replacedByNo ? 'replaced' : row.isDisputed ? 'disputed' : 'frozen',
    statement: JSON.parse(content) as StatementContent,
  };
}
