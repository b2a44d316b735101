import { sql } from 'kysely';
import type { Day } from '../../kernel/dates.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { newId } from '../../kernel/ids.ts';
import { begunSql } from '../../mandates/index.ts';

export type PersonNotice = {
  personNoticeId: string;
  kind: string;
  detail: Record<string, unknown>;
  href: string;
  madeAt: Date;
};

export type NewNotice = {
  personIds: readonly string[];
  kind: string;
  detail: Record<string, unknown>;
  href: string;
  now: Date;
};

export async function insertNotices(tx: Tx, notice: NewNotice): Promise<void> {
  const ids = notice.personIds.map(() => newId());
  await sql`insert into person_notice (person_id, person_notice_id, kind, detail, href, made_at)
    select person_id, id, ${notice.kind}, ${JSON.stringify(notice.detail)}::jsonb, ${notice.href}, ${notice.now}::timestamptz
    from unnest(${[...notice.personIds]}::uuid[], ${ids}::uuid[]) as n (person_id, id)`.execute(tx);
}

export type BegunPortion = {
  mandateId: string;
  detail: Record<string, string>;
  asOf: Day;
  since: Day;
  after: string | null;
  size: number;
  now: Date;
};

/** Tells the next so many of an order's people that it binds them, whom that is news and who were not told of it. */
export async function insertBegun(
  tx: Tx,
  { mandateId, detail, asOf, since, after, size, now }: BegunPortion,
): Promise<{ lastPersonId: string | null; told: number }> {
  // Two at once would both find nobody told.
  await sql`select pg_advisory_xact_lock(hashtext('daksh notices of orders'))`.execute(tx);
  const href = `/orders/${mandateId}`;
  const rest = after ? sql`and person_id > ${after}` : sql``;
  const found = await sql<{ lastPersonId: string | null; told: number }>`with portion as materialized (
      select person_id from mandate_standing where mandate_id = ${mandateId} ${rest}
      order by person_id limit ${size}),
    begun as materialized (${begunSql({ mandateId, asOf, since, persons: sql`select person_id from portion` })}),
    made as (
      insert into person_notice (person_id, person_notice_id, kind, detail, href, made_at)
      select person_id, new_id(), 'order_begins', ${JSON.stringify(detail)}::jsonb || jsonb_build_object('day', due_on),
        ${href}, ${now}::timestamptz
      from begun where not exists (select from person_notice n
        where n.person_id = begun.person_id and n.kind = 'order_begins' and n.href = ${href})
      returning 1)
    select (select person_id from portion order by person_id desc limit 1) as "lastPersonId",
      (select count(*) from made)::int as told`.execute(tx);
  return found.rows[0] ?? { lastPersonId: null, told: 0 };
}

const openOnes = `select w.person_id as "personId", found.* from unnest($1::uuid[]) w (person_id) cross join lateral (
    select person_notice_id as "personNoticeId", kind, detail, href, made_at as "madeAt"
    from person_notice n where n.person_id = w.person_id and seen_at is null
    order by made_at desc limit 100) found`;

/** The newest that the person has not opened; the homes of one moment ask together. */
export const openNotices = gatheringRows(
  (db: Pick<Db, 'hot'>, personIds) =>
    db.hot<PersonNotice & { personId: string }>('open-notices', openOnes, [personIds]),
  (row) => row.personId,
);

/** Marks a notice as seen and says where it leads. */
export async function seeNotice(
  tx: Tx,
  seen: { personId: string; personNoticeId: string; now: Date },
): Promise<string | undefined> {
  const found = await sql<{ href: string }>`update person_notice set seen_at = coalesce(seen_at, ${seen.now})
    where person_id = ${seen.personId} and person_notice_id = ${seen.personNoticeId} returning href`.execute(
    tx,
  );
  return found.rows[0]?.href;
}

export async function reassignNotices(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  await sql`insert into person_notice (person_id, person_notice_id, kind, detail, href, made_at, seen_at)
    select ${pair.survivorId}::uuid, person_notice_id, kind, detail, href, made_at, seen_at
    from person_notice where person_id = ${pair.mergedId}`.execute(tx);
  await sql`delete from person_notice where person_id = ${pair.mergedId}`.execute(tx);
}
