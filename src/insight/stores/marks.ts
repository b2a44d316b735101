import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

export type Mark = { kind: 'ai' | 'cyber' | 'field'; subjectId: string; isWanted: boolean };

export const firstKey = '00000000-0000-0000-0000-000000000000';
export const lastKey = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** Courses and cadres that are not counted yet, or not for everybody, as their tags say. */
export async function openMarks(reads: Reads | Tx): Promise<Mark[]> {
  const found = await sql<Mark>`
    select kind, subject_id as "subjectId", wanted.is_wanted is not null as "isWanted"
    from (
      select course_id as subject_id, topic as kind, true as is_wanted
      from course cross join unnest(array['ai', 'cyber']) as topic where topic = any(tags)
      union all select cadre_id, 'field', true from cadre where is_field
    ) wanted full join counted_mark using (subject_id, kind)
    where case when wanted.is_wanted then up_to is distinct from ${lastKey}::uuid else true end
    order by 2, 1`.execute(reads);
  return found.rows;
}

/** One process moves marks at a time. */
export async function isMoving(tx: Tx): Promise<boolean> {
  const found = await sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(8102608) as mine`.execute(tx);
  return !found.rows[0]?.mine;
}

export async function markedUpTo(tx: Tx, mark: Mark): Promise<string> {
  const found = await sql<{ upTo: string }>`select up_to as "upTo" from counted_mark
    where subject_id = ${mark.subjectId} and kind = ${mark.kind}`.execute(tx);
  return found.rows[0]?.upTo ?? firstKey;
}

/**
 * Puts the next people concerned into `mark_person`, upwards from the mark where it is to count, downwards where it
 * is not; returns where the mark stands once they are counted.
 */
export async function gatherNext(
  tx: Tx,
  mark: Mark,
  { upTo, most }: { upTo: string; most: number },
): Promise<string> {
  await sql`create temporary table mark_person on commit drop as
    select person_id from (${concerned(mark)}) concerned
    where ${mark.isWanted ? sql`person_id >= ${upTo}::uuid` : sql`person_id < ${upTo}::uuid`}
    order by person_id ${mark.isWanted ? sql`` : sql`desc`} limit ${most}`.execute(tx);
  const found = await sql<{ count: number; first: string | null; last: string | null }>`
    select count(*) as count, (min(person_id::text))::uuid as first, (max(person_id::text))::uuid as last
    from mark_person`.execute(tx);
  const { count = 0, first, last } = found.rows[0] ?? {};
  if (count < most) return mark.isWanted ? lastKey : firstKey;
  return mark.isWanted ? keyAfter(last ?? lastKey) : (first ?? firstKey);
}

/** Everybody who completed the course, as its index has them, or was ever posted in the cadre. */
function concerned(mark: Mark): RawBuilder<unknown> {
  return mark.kind === 'field'
    ? sql`select distinct person_id from posting where cadre_id = ${mark.subjectId}`
    : sql`select distinct person_id from completion where course_id = ${mark.subjectId} and voided_at is null`;
}

/**
 * Nobody else counts from here on until the transaction ends: whoever counts has read the marks, and so holds a lock
 * on their table. Waits a moment only, since new ones queue behind.
 */
export async function holdMarks(tx: Tx): Promise<void> {
  await sql`set local lock_timeout = '40ms'`.execute(tx);
  await sql`lock table counted_mark in access exclusive mode`.execute(tx);
}

/** Whether somebody has come since into the stretch of keys that is moved over. */
export async function hasNewcomers(
  tx: Tx,
  mark: Mark,
  { from, to }: { from: string; to: string },
): Promise<boolean> {
  const [low, high] = from < to ? [from, to] : [to, from];
  const found = await sql`select 1 from (${concerned(mark)}) concerned
    where person_id >= ${low}::uuid and person_id < ${high}::uuid
      and person_id not in (select person_id from mark_person) limit 1`.execute(tx);
  return found.rows.length > 0;
}

export async function moveMark(tx: Tx, mark: Mark, upTo: string): Promise<void> {
  if (upTo === firstKey)
    await sql`delete from counted_mark where subject_id = ${mark.subjectId} and kind = ${mark.kind}`.execute(
      tx,
    );
  else
    await sql`insert into counted_mark (kind, subject_id, up_to) values (${mark.kind}, ${mark.subjectId}, ${upTo})
      on conflict (subject_id, kind) do update set up_to = excluded.up_to`.execute(tx);
}

/** Of cadres that the same transaction has made: nobody holds them yet, so they count for everybody from the start. */
export async function markNewFieldCadres(tx: Tx, cadreIds: readonly string[]): Promise<void> {
  await sql`insert into counted_mark (kind, subject_id, up_to)
    select 'field', cadre_id, ${lastKey}::uuid from unnest(${cadreIds}::uuid[]) as cadre_id`.execute(tx);
}

/** The least key behind a key. */
export function keyAfter(key: string): string {
  const number = BigInt(`0x${key.replaceAll('-', '')}`) + 1n;
  const hex = number.toString(16).padStart(32, '0');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
