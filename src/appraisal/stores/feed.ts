import { sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';
import { inScope } from '../../organisations/index.ts';

/** So many in one transaction, which whoever else reads waits for. */
export const placedAtOnce = 10_000;

/**
 * Gives places in the feed to some of what is committed and has none yet; returns to how many. One at a time, so that
 * whoever reads up to a place never misses one that comes to stand before it.
 */
export async function placeEvents(tx: Tx): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtext('daksh statement feed'))`.execute(tx);
  const placed = await sql`with new_ones as (select person_id, statement_event_id from statement_event
      where feed_position is null order by statement_event_id limit ${placedAtOnce}),
    placed as (select person_id, statement_event_id, nextval('statement_feed_seq') as place from new_ones)
    update statement_event e set feed_position = placed.place from placed
    where e.person_id = placed.person_id and e.statement_event_id = placed.statement_event_id`.execute(tx);
  return Number(placed.numAffectedRows ?? 0);
}

export const eventKinds = [
  'frozen',
  'served',
  'disputed',
  'withdrawn',
  'upheld',
  'rejected',
  'corrected',
] as const;
export type StatementEventKind = (typeof eventKinds)[number];

export type FeedRow = {
  position: number;
  event: StatementEventKind;
  happenedAt: Date;
  statementNo: string;
  isDisputed: boolean;
  replacesNo: string | null;
  replacedByNo: string | null;
  servedOn: string | null;
  digest: string;
  content: string;
};

export async function feedAfter(
  db: Reads | Tx,
  { officeIds, after, limit }: { officeIds: string[]; after: number; limit: number },
): Promise<FeedRow[]> {
  const found =
    await sql<FeedRow>`select e.feed_position as position, e.kind as event, e.happened_at as "happenedAt",
      s.statement_no as "statementNo", s.is_disputed as "isDisputed", s.replaces_no as "replacesNo",
      s.replaced_by_no as "replacedByNo", s.served_on as "servedOn", encode(s.digest, 'hex') as digest, s.content
    from statement_event e join statement s using (person_id, statement_id)
      left join office o on o.office_id = s.office_id
    where e.feed_position > ${after} and (${officeIds.includes('*')} or ${inScope(sql`o.path`, officeIds)})
    order by e.feed_position limit ${limit}`.execute(db);
  return found.rows;
}
