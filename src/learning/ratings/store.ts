import { sql } from 'kysely';
import type { Db, Reads, Tx } from '../../kernel/db.ts';
import { gatheringRows } from '../../kernel/gather.ts';
import { newId } from '../../kernel/ids.ts';

export type OwnRating = { ratingId: string; stars: number; words: string | null };

/** What a course's page says of ratings: the sums of all, and what of it is this person's. */
export type RatingBeside = { ratings: number; stars: number; own?: OwnRating; hasCompleted: boolean };

type BesideRow = Omit<RatingBeside, 'own'> & { name: string; own: OwnRating | null };

const beside = `select w.course_id || ' ' || coalesce(w.person_id::text, '') as name,
    coalesce(t.ratings, 0) as ratings, coalesce(t.stars, 0) as stars,
    case when r.course_rating_id is not null
      then json_build_object('ratingId', r.course_rating_id, 'stars', r.stars, 'words', r.words) end as own,
    exists (select 1 from completion c where c.person_id = w.person_id and c.course_id = w.course_id
      and c.voided_at is null) as "hasCompleted"
  from unnest($1::uuid[], $2::uuid[]) w (course_id, person_id)
  left join course_rating_total t on t.course_id = w.course_id
  left join course_rating r on r.person_id = w.person_id and r.course_id = w.course_id`;

const askBeside = gatheringRows(
  (db: Db, names) => {
    const pairs = names.map((name) => name.split(' '));
    return db.hot<BesideRow>('rating-beside', beside, [
      pairs.map(([courseId]) => courseId),
      pairs.map(([, personId]) => personId || null),
    ]);
  },
  (row) => row.name,
);

/** The same for a visitor without an account, `undefined`: the sums alone. */
export async function ratingBeside(
  db: Db,
  courseId: string,
  personId: string | undefined,
): Promise<RatingBeside> {
  const [row] = await askBeside(db, `${courseId} ${personId ?? ''}`);
  if (!row) return { ratings: 0, stars: 0, hasCompleted: false };
  return { ...row, own: row.own ?? undefined };
}

/** A person's rating, held until the transaction ends: two changes at once count one after the other. */
export async function lockedRating(
  tx: Tx,
  personId: string,
  courseId: string,
): Promise<OwnRating | undefined> {
  const found = await sql<OwnRating>`select course_rating_id as "ratingId", stars, words from course_rating
    where person_id = ${personId} and course_id = ${courseId} for update`.execute(tx);
  return found.rows[0];
}

/** Who completed the course, however long ago and wherever. */
export async function hasCompleted(db: Tx, personId: string, courseId: string): Promise<boolean> {
  const found = await sql`select 1 from completion where person_id = ${personId} and course_id = ${courseId}
    and voided_at is null limit 1`.execute(db);
  return found.rows.length > 0;
}

export type RatingInput = { personId: string; courseId: string; stars: number; words: string | null };

const same = sql`course_rating.words is not distinct from excluded.words`;
const isHidden = sql`course_rating.reported_at is not null and course_rating.decision is distinct from 'kept'`;

/**
 * Changed words are new words. Where the ones before were reported or taken away they stay hidden until they are
 * decided on too, or the same would come back with a space more.
 */
export async function writeRating(tx: Tx, rating: RatingInput, now: Date): Promise<{ isNew: boolean }> {
  const found = await sql<{
    isNew: boolean;
  }>`insert into course_rating (person_id, course_id, course_rating_id, stars, words,
      rated_at, changed_at)
    values (${rating.personId}, ${rating.courseId}, ${newId()}, ${rating.stars}, ${rating.words}, ${now}, ${now})
    on conflict (person_id, course_id) do update set stars = excluded.stars, words = excluded.words,
      changed_at = excluded.changed_at,
      reported_at = case when ${same} or ${isHidden} then course_rating.reported_at end,
      reported_by = case when ${same} or ${isHidden} then course_rating.reported_by end,
      report_reason = case when ${same} or ${isHidden} then course_rating.report_reason end,
      decided_at = case when ${same} then course_rating.decided_at end,
      decided_by = case when ${same} then course_rating.decided_by end,
      decision = case when ${same} then course_rating.decision end
    returning xmax = 0 as "isNew"`.execute(tx);
  return { isNew: found.rows[0]?.isNew ?? false };
}

export async function deleteRating(tx: Tx, personId: string, courseId: string): Promise<void> {
  await sql`delete from course_rating where person_id = ${personId} and course_id = ${courseId}`.execute(tx);
}

export async function addToTotal(
  tx: Tx,
  courseId: string,
  by: { ratings: number; stars: number },
): Promise<void> {
  await sql`insert into course_rating_total as t (course_id, ratings, stars)
    values (${courseId}, ${Math.max(0, by.ratings)}, ${Math.max(0, by.stars)})
    on conflict (course_id) do update set ratings = t.ratings + ${by.ratings}, stars = t.stars + ${by.stars}`.execute(
    tx,
  );
}

export async function ratingTotal(db: Reads, courseId: string): Promise<{ ratings: number; stars: number }> {
  const found = await sql<{
    ratings: number;
    stars: number;
  }>`select ratings, stars from course_rating_total
    where course_id = ${courseId}`.execute(db);
  return found.rows[0] ?? { ratings: 0, stars: 0 };
}

export type RatingWords = {
  ratingId: string;
  stars: number;
  words: string;
  changedAt: Date;
  reportedAt: Date | null;
  reportReason: string | null;
  decision: 'kept' | 'removed' | null;
};

/** What was written with ratings of a course, the newest first; never by whom. */
export async function wordsOfCourse(db: Reads, courseId: string): Promise<RatingWords[]> {
  const found =
    await sql<RatingWords>`select course_rating_id as "ratingId", stars, words, changed_at as "changedAt",
      reported_at as "reportedAt", report_reason as "reportReason", decision
    from course_rating where course_id = ${courseId} and words is not null
    order by changed_at desc, course_rating_id limit 200`.execute(db);
  return found.rows;
}

type At = { courseId: string; ratingId: string };

/** True where it was not reported or decided before. */
export async function markReported(
  tx: Tx,
  at: At,
  report: { now: Date; by: string | null; reason: string },
): Promise<boolean> {
  const found = await sql`update course_rating set reported_at = ${report.now}, reported_by = ${report.by},
      report_reason = ${report.reason}
    where course_id = ${at.courseId} and course_rating_id = ${at.ratingId} and words is not null
      and reported_at is null and decision is null returning 1`.execute(tx);
  return found.rows.length > 0;
}

/** Kept words show again; removed ones are gone, the stars stay. */
export async function markDecided(
  tx: Tx,
  at: At,
  decision: { now: Date; by: string | null; decision: 'kept' | 'removed' },
): Promise<boolean> {
  const found = await sql`update course_rating set decided_at = ${decision.now}, decided_by = ${decision.by},
      decision = ${decision.decision}, words = case when ${decision.decision} = 'removed' then null else words end
    where course_id = ${at.courseId} and course_rating_id = ${at.ratingId} and reported_at is not null
      and decision is null returning 1`.execute(tx);
  return found.rows.length > 0;
}

export async function countRatings(db: Db['read'], personId: string): Promise<number> {
  const found = await sql<{ n: number }>`select count(*)::int as n from course_rating
    where person_id = ${personId}`.execute(db);
  return found.rows[0]?.n ?? 0;
}

/** Of two ratings of one course the survivor's stays; the other leaves the sums. */
export async function moveRatings(tx: Tx, pair: { survivorId: string; mergedId: string }): Promise<void> {
  await sql`update course_rating_total t set ratings = t.ratings - 1, stars = t.stars - m.stars
    from course_rating m join course_rating s on s.course_id = m.course_id and s.person_id = ${pair.survivorId}
    where m.person_id = ${pair.mergedId} and t.course_id = m.course_id`.execute(tx);
  await sql`insert into course_rating (person_id, course_id, course_rating_id, stars, words, rated_at, changed_at,
      reported_at, reported_by, report_reason, decided_at, decided_by, decision)
    select ${pair.survivorId}::uuid, course_id, course_rating_id, stars, words, rated_at, changed_at,
      reported_at, reported_by, report_reason, decided_at, decided_by, decision
    from course_rating where person_id = ${pair.mergedId} on conflict do nothing`.execute(tx);
  await sql`delete from course_rating where person_id = ${pair.mergedId}`.execute(tx);
}
