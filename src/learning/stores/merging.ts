import { type RawBuilder, sql } from 'kysely';
import type { Reads, Tx } from '../../kernel/db.ts';

type Pair = { survivorId: string; mergedId: string };
export type MergeCounts = { completions: number; same: number; enrolments: number };

const sameCompletion = (pair: Pair): RawBuilder<boolean> => sql<boolean>`exists (select 1 from completion s
  where s.person_id = ${pair.survivorId} and s.course_id = m.course_id and s.completed_day = m.completed_day
    and s.voided_at is null)`;

export async function countLearning(db: Reads, pair: Pair): Promise<MergeCounts> {
  const found = await sql<MergeCounts>`select
      (select count(*) from completion m where m.person_id = ${pair.mergedId} and m.voided_at is null
        and not ${sameCompletion(pair)}) as completions,
      (select count(*) from completion m where m.person_id = ${pair.mergedId} and m.voided_at is null
        and ${sameCompletion(pair)}) as same,
      (select count(*) from enrolment m where m.person_id = ${pair.mergedId}) as enrolments`.execute(db);
  return found.rows[0] ?? { completions: 0, same: 0, enrolments: 0 };
}

/**
 * Completions that the survivor lacks are copied with their ids; those of the merged record are voided. Of two
 * of one day the one that Daksh decided counts before one brought from elsewhere: its certificate rests on it.
 */
export async function moveCompletions(tx: Tx, pair: Pair, now: Date): Promise<void> {
  await sql`update completion s set voided_at = ${now}, void_reason = 'merged'
    from completion m where s.person_id = ${pair.survivorId} and m.person_id = ${pair.mergedId}
      and m.course_id = s.course_id and m.completed_day = s.completed_day and s.voided_at is null
      and m.voided_at is null and m.source = 'daksh' and s.source <> 'daksh'`.execute(tx);
  await sql`insert into completion (person_id, completion_id, course_id, course_version_id, completed_day, completed_at,
      source, foreign_certificate_no, enrolment_id, import_id, minutes, office_id, area_id, service_group, engagement,
      recorded_at)
    select ${pair.survivorId}::uuid, completion_id, course_id, course_version_id, completed_day, completed_at,
      source, foreign_certificate_no, enrolment_id, import_id, minutes, office_id, area_id, service_group, engagement,
      recorded_at
    from completion m where m.person_id = ${pair.mergedId} and m.voided_at is null
      and not ${sameCompletion(pair)}`.execute(tx);
  await sql`update completion set voided_at = ${now}, void_reason = 'merged'
    where person_id = ${pair.mergedId} and voided_at is null`.execute(tx);
}

/** Of two live enrolments in one course the one that is further stays live; the other is withdrawn. */
export async function moveEnrolments(tx: Tx, pair: Pair, ending: { now: Date; day: string }): Promise<void> {
  await sql`with rivals as (
      select m.enrolment_id as merged_id, s.enrolment_id as survivor_id,
        (m.completed_at is not null, m.lessons_met) > (s.completed_at is not null, s.lessons_met) as merged_wins
      from enrolment m join enrolment s on s.course_id = m.course_id and s.person_id = ${pair.survivorId}
        and s.withdrawn_at is null and s.superseded_at is null
      where m.person_id = ${pair.mergedId} and m.withdrawn_at is null and m.superseded_at is null
    )
    update enrolment e set withdrawn_at = ${ending.now}, withdrawn_day = ${ending.day}::date
    from rivals r where (e.person_id = ${pair.survivorId} and e.enrolment_id = r.survivor_id and r.merged_wins)
      or (e.person_id = ${pair.mergedId} and e.enrolment_id = r.merged_id and not r.merged_wins)`.execute(tx);
  await copyRows(tx, pair, {
    table: 'enrolment',
    columns: `enrolment_id, course_id, course_version_id, language, enrolled_at, enrolled_day, last_active_at,
      lessons_total, lessons_met, current_lesson_id, started_at, completed_at, withdrawn_at, withdrawn_day,
      superseded_at, redo_of`,
  });
  await sql`update enrolment set withdrawn_at = ${ending.now}, withdrawn_day = ${ending.day}::date
    where person_id = ${pair.mergedId} and withdrawn_at is null`.execute(tx);
}

/** What was read, reported and answered follows the enrolments it belongs to. */
export async function moveProgress(tx: Tx, pair: Pair): Promise<void> {
  const progress = `enrolment_id, lesson_id, opened_at, last_report_at, credited_seconds, position, met_at,
    seen, seen_in, seen_seconds`;
  const attempt = 'enrolment_id, lesson_id, number, answers, score, max_score, is_passed, submitted_at';
  await copyRows(tx, pair, { table: 'lesson_progress', columns: progress });
  await copyReports(tx, pair);
  await copyRows(tx, pair, { table: 'quiz_attempt', columns: `quiz_attempt_id, ${attempt}` });
  const given = 'extra_attempt_id, enrolment_id, lesson_code, reason, given_at, given_by';
  await copyRows(tx, pair, { table: 'extra_attempt', columns: given });
  await sql`insert into learner_clock (person_id, last_report_at)
    select ${pair.survivorId}::uuid, last_report_at from learner_clock where person_id = ${pair.mergedId}
    on conflict (person_id) do update
      set last_report_at = greatest(learner_clock.last_report_at, excluded.last_report_at), spent = null`.execute(
    tx,
  );
}

/**
 * Single reports go into the table that is open now, those that are added up already to the sums. In one statement:
 * whatever portion the worker adds up meanwhile, each report is seen in one of the two places.
 */
async function copyReports(tx: Tx, pair: Pair): Promise<void> {
  const single = sql`engagement_id, enrolment_id, lesson_id, happened_at, reported_seconds, credited_seconds, position,
    segments, seen`;
  const sums = sql`enrolment_id, lesson_id, day, reports, reported_seconds, credited_seconds, first_at, last_at,
    position, seen`;
  await sql`with days as (
      insert into engagement_day (person_id, ${sums})
      select ${pair.survivorId}::uuid, ${sums} from engagement_day where person_id = ${pair.mergedId}
    )
    insert into engagement (person_id, slot, ${single})
    select ${pair.survivorId}::uuid, (select slot from engagement_slot where state = 'open'), ${single}
    from engagement join engagement_slot s using (slot) where person_id = ${pair.mergedId}
      and (s.after_person_id is null or s.after_person_id < person_id)`.execute(tx);
}

async function copyRows(tx: Tx, pair: Pair, rows: { table: string; columns: string }): Promise<void> {
  const columns = sql.raw(rows.columns);
  await sql`insert into ${sql.table(rows.table)} (person_id, ${columns})
    select ${pair.survivorId}::uuid, ${columns} from ${sql.table(rows.table)}
    where person_id = ${pair.mergedId}`.execute(tx);
}
