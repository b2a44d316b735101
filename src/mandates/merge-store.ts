import { sql } from 'kysely';
import type { Reads, Tx } from '../kernel/db.ts';
import type { MergePair } from '../people/index.ts';

/** Tables with `voided_at`: their columns, and who must not be the survivor since nobody decides about himself. */
const moved = [
  {
    table: 'service_event',
    columns:
      'service_event_id, kind, starts_on, ends_on, order_number, reason, import_id, recorded_at, recorded_by',
    decider: null,
  },
  {
    table: 'exemption',
    columns: `exemption_id, mandate_id, reason_class, reason, order_number, approved_by, starts_on, ends_on, recorded_at,
      recorded_by`,
    decider: 'approved_by',
  },
  {
    table: 'claim',
    columns: `claim_id, course_title, provider, course_id, minutes, completed_on, claimed_topics, topics,
      certificate_no, file_id, state, decided_by, decided_at, decision_reason, recorded_at, entered_by`,
    decider: 'decided_by',
  },
  {
    table: 'attendance',
    columns: 'attendance_id, session_id, minutes, status, import_id, recorded_at, recorded_by',
    decider: null,
  },
] as const;

/**
 * Accepted twice for one person, once under each of his records: only one of them may count. A number alone does not
 * say so, since every institute counts its certificates from 1.
 */
const isTwice = sql`given.state = 'accepted' and exists (
  select from claim k left join file kf on kf.file_id = k.file_id left join file gf on gf.file_id = given.file_id
  where k.person_id = survivor.person_id and k.state = 'accepted' and k.voided_at is null
    and (kf.sha256 = gf.sha256
      or (lower(k.certificate_no) = lower(given.certificate_no) and (k.completed_on = given.completed_on
        or lower(k.provider) = lower(given.provider) or k.course_id = given.course_id
        or lower(k.course_title) = lower(given.course_title)))
      or (k.completed_on = given.completed_on
        and (k.course_id = given.course_id or lower(k.course_title) = lower(given.course_title)))))`;

/** Accepted claims of the merged record that the survivor has too. */
export async function claimsTwice(db: Reads | Tx, pair: MergePair): Promise<string[]> {
  const found = await sql<{ claimId: string }>`select given.claim_id as "claimId"
    from (select ${pair.survivorId}::uuid as person_id) survivor, claim given
    where given.person_id = ${pair.mergedId} and given.voided_at is null and ${isTwice}`.execute(db);
  return found.rows.map(({ claimId }) => claimId);
}

export async function countFacts(db: Reads, personId: string): Promise<number> {
  const parts = moved.map(
    ({ table }) => sql`select 1 from ${sql.table(table)} where person_id = ${personId} and voided_at is null`,
  );
  const found = await sql<{
    count: number;
  }>`select count(*) as count from (${sql.join(parts, sql` union all `)}) x`.execute(db);
  return found.rows[0]?.count ?? 0;
}

type Moving = { now: Date; leftOut: readonly string[] };

/**
 * Rows are copied to the survivor with their ids and voided where they were; a session attended counts once, and of
 * claims those that are `leftOut` stay behind.
 */
export async function moveFacts(tx: Tx, pair: MergePair, { now, leftOut }: Moving): Promise<void> {
  for (const { table, columns, decider } of moved) {
    const mayMove = decider ? sql`${sql.ref(decider)} is distinct from ${pair.survivorId}::uuid` : sql`true`;
    await sql`insert into ${sql.table(table)} (person_id, ${sql.raw(columns)})
      select survivor.person_id, ${sql.raw(columns)}
      from (select ${pair.survivorId}::uuid as person_id) survivor, (select * from ${sql.table(table)}
        where person_id = ${pair.mergedId} and voided_at is null and ${mayMove}) given
      where not (${table === 'claim' ? sql`given.claim_id = any(${leftOut}::uuid[])` : sql`false`}) on conflict do nothing`.execute(
      tx,
    );
    await sql`update ${sql.table(table)} set voided_at = ${now} where person_id = ${pair.mergedId} and voided_at is null`.execute(
      tx,
    );
  }
  const request = sql`mandate_id, extension_request_id, asked_until, reason, state, granted_until, decided_by, decided_at,
    decision_reason, recorded_at`;
  await sql`insert into extension_request (person_id, ${request}) select ${pair.survivorId}::uuid, ${request}
    from extension_request where person_id = ${pair.mergedId} and voided_at is null and decided_by is distinct from ${pair.survivorId}::uuid
    on conflict do nothing`.execute(tx);
  await sql`update extension_request set state = 'withdrawn' where person_id = ${pair.mergedId} and state = 'asked'`.execute(
    tx,
  );
}
