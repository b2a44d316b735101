import { audit } from '../../kernel/audit.ts';
import { type Ctx, requireRole } from '../../kernel/context.ts';
import { rolesIssuing } from '../policy.ts';
import type { StatementContent } from '../statements/content.ts';
import { type FeedRow, feedAfter, placeEvents } from '../stores/feed.ts';

export type FeedItem = Omit<FeedRow, 'content' | 'happenedAt' | 'position'> & {
  cursor: string;
  happenedAt: string;
  state: 'frozen' | 'disputed' | 'replaced';
  statement: StatementContent;
};

/**
 * What has happened to statements since a cursor, of the offices that the actor answers for. The same cursor gives
 * the same items again; nothing is ever told before something that was told already.
 */
export async function readFeed(
  ctx: Ctx,
  { after, limit }: { after?: string; limit: number },
): Promise<{ items: FeedItem[]; next: string | null }> {
  const officeIds = requireRole(ctx, rolesIssuing);
  await ctx.db.transaction((tx) => placeEvents(tx));
  const rows = await feedAfter(ctx.db.read, { officeIds, after: Number(after ?? 0), limit });
  const last = rows.at(-1);
  if (last)
    await ctx.db.transaction((tx) =>
      audit(tx, ctx, {
        action: 'statement.fed',
        subjectKind: 'statement-feed',
        subjectId: String(last.position),
        detail: { after: after ?? null, count: rows.length },
      }),
    );
  return { items: rows.map(itemOf), next: rows.length === limit && last ? String(last.position) : null };
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
