import { sql } from 'kysely';
import type { Answer } from '../../catalogue/index.ts';
import { hot, type Reads, type Tx } from '../../kernel/db.ts';
import type { DrawnQuestion } from '../draw-paper.ts';
import type { PaperScore, SectionResult } from '../score-paper.ts';

export type PaperRow = {
  personId: string;
  paperId: string;
  courseId: string;
  enrolmentId: string;
  lessonId: string;
  blueprintId: string;
  blueprintCode: string;
  blueprintRevision: number;
  titleHi: string | null;
  titleEn: string | null;
  number: number;
  seed: string;
  language: 'hi' | 'en';
  questions: DrawnQuestion[];
  startedAt: Date;
  dueAt: Date | null;
  extraPercent: number;
  submittedAt: Date | null;
  submittedBy: 'person' | 'clock' | null;
  waitsForMarker: boolean;
  score: number | null;
  maxScore: number | null;
  isPassed: boolean | null;
  sections: SectionResult[] | null;
};

const columns = sql`p.person_id as "personId", p.paper_id as "paperId", p.course_id as "courseId",
  p.enrolment_id as "enrolmentId", p.lesson_id as "lessonId", p.blueprint_id as "blueprintId", b.code as "blueprintCode",
  p.blueprint_revision as "blueprintRevision", b.title_hi as "titleHi", b.title_en as "titleEn", p.number, p.seed,
  p.language, p.questions, p.started_at as "startedAt", p.due_at as "dueAt", p.extra_percent as "extraPercent",
  p.submitted_at as "submittedAt", p.submitted_by as "submittedBy", p.waits_for_marker as "waitsForMarker", p.score,
  p.max_score as "maxScore", p.is_passed as "isPassed", p.sections`;
const tables = sql`paper p join blueprint b using (blueprint_id)`;

export type PaperKey = { personId: string; paperId: string };

export async function paperByKey(read: Reads | Tx, key: PaperKey): Promise<PaperRow | undefined> {
  const found = await sql<PaperRow>`${hot}select ${columns} from ${tables}
    where p.person_id = ${key.personId} and p.paper_id = ${key.paperId}`.execute(read);
  return found.rows[0];
}

type TestKey = { personId: string; courseId: string; enrolmentId: string; blueprintId: string };

/**
 * A person's papers of one test that count, the newest first: those of this enrolment, and of earlier ones that were
 * not completed, or withdrawing would give new attempts without end.
 */
export async function papersOf(read: Reads | Tx, test: TestKey): Promise<PaperRow[]> {
  const found = await sql<PaperRow>`select ${columns} from ${tables}
    left join enrolment e on e.person_id = p.person_id and e.enrolment_id = p.enrolment_id
    where p.person_id = ${test.personId} and p.course_id = ${test.courseId} and p.blueprint_id = ${test.blueprintId}
      and (p.enrolment_id = ${test.enrolmentId} or e.completed_at is null)
    order by p.number desc`.execute(read);
  return found.rows;
}

export async function highestNumber(tx: Tx, test: TestKey): Promise<number> {
  const found = await sql<{ number: number }>`select coalesce(max(number), 0) as number from paper
    where person_id = ${test.personId} and course_id = ${test.courseId} and blueprint_id = ${test.blueprintId}`.execute(
    tx,
  );
  return found.rows[0]?.number ?? 0;
}

export type NewPaper = Pick<
  PaperRow,
  | 'personId'
  | 'paperId'
  | 'courseId'
  | 'enrolmentId'
  | 'lessonId'
  | 'blueprintId'
  | 'blueprintRevision'
  | 'number'
  | 'seed'
  | 'language'
  | 'questions'
  | 'startedAt'
  | 'dueAt'
  | 'extraPercent'
>;

export async function insertPaper(tx: Tx, row: NewPaper): Promise<void> {
  await sql`insert into paper (person_id, paper_id, course_id, enrolment_id, lesson_id, blueprint_id, blueprint_revision,
      number, seed, language, questions, started_at, due_at, extra_percent)
    values (${row.personId}, ${row.paperId}, ${row.courseId}, ${row.enrolmentId}, ${row.lessonId}, ${row.blueprintId},
      ${row.blueprintRevision}, ${row.number}, ${row.seed}, ${row.language}, ${JSON.stringify(row.questions)}::jsonb,
      ${row.startedAt}, ${row.dueAt}, ${row.extraPercent})`.execute(tx);
}

export type AnswerRow = {
  paperId: string;
  place: number;
  answer: Answer | null;
  savedAt: Date;
  share: number | null;
  points: number | null;
  markState: 'waiting' | 'marked' | null;
  criteria: string[] | null;
  markNote: string | null;
};

export async function answersOf(read: Reads | Tx, keys: PaperKey[]): Promise<AnswerRow[]> {
  const found =
    await sql<AnswerRow>`${hot}select a.paper_id as "paperId", a.place, a.answer, a.saved_at as "savedAt",
      a.share, a.points, a.mark_state as "markState", a.criteria, a.mark_note as "markNote"
    from unnest(${keys.map((key) => key.personId)}::uuid[], ${keys.map((key) => key.paperId)}::uuid[]) as i (person_id, paper_id)
    join paper_answer a using (person_id, paper_id) order by a.place`.execute(read);
  return found.rows;
}

export type SavedAnswer = PaperKey & {
  place: number;
  question: DrawnQuestion;
  answer: Answer | null;
  now: Date;
  graceSeconds: number;
};

/** Keeps an answer while the paper is open; false where it no longer is. One statement, so that no answer races the hand-in. */
export async function keepAnswer(tx: Tx, saved: SavedAnswer): Promise<boolean> {
  const { personId, paperId, place, question, answer, now, graceSeconds } = saved;
  const found = await sql<{ place: number }>`${hot}with open as (
      select person_id, paper_id from paper where person_id = ${personId} and paper_id = ${paperId}
        and submitted_at is null
        and (due_at is null or ${now}::timestamptz <= due_at + make_interval(secs => ${graceSeconds})) for share)
    insert into paper_answer (person_id, paper_id, place, bank_question_id, revision, answer, saved_at)
    select person_id, paper_id, ${place}::smallint, ${question.questionId}::uuid, ${question.revision}::int,
      ${answer === null ? null : JSON.stringify(answer)}::jsonb, ${now}::timestamptz from open
    on conflict (person_id, paper_id, place) do update set answer = excluded.answer, saved_at = excluded.saved_at
    returning place`.execute(tx);
  return found.rows.length > 0;
}

/** Papers of persons whose locks the caller holds, locked against answers that are just being saved. */
export async function lockPapers(tx: Tx, keys: PaperKey[]): Promise<PaperRow[]> {
  const found = await sql<PaperRow>`${hot}select ${columns} from paper p join blueprint b using (blueprint_id)
    join unnest(${keys.map((key) => key.personId)}::uuid[], ${keys.map((key) => key.paperId)}::uuid[]) as i (person_id, paper_id)
      on i.person_id = p.person_id and i.paper_id = p.paper_id
    order by p.person_id, p.paper_id for update of p`.execute(tx);
  return found.rows;
}

export type Decided = { paper: PaperRow; result: PaperScore; submittedBy: 'person' | 'clock' };

/** Writes what papers were worth: two statements, however many they are. */
export async function keepResults(tx: Tx, decided: Decided[], now: Date): Promise<void> {
  const papers = decided.map(({ paper, result, submittedBy }) => ({
    person_id: paper.personId,
    paper_id: paper.paperId,
    submitted_by: submittedBy,
    waits: result.waits,
    score: result.score,
    max_score: result.maxScore,
    is_passed: result.waits ? null : result.isPassed,
    sections: result.sections,
  }));
  await sql`${hot}update paper p set submitted_at = coalesce(p.submitted_at, ${now}::timestamptz),
      submitted_by = coalesce(p.submitted_by, i.submitted_by), waits_for_marker = i.waits, score = i.score,
      max_score = i.max_score, is_passed = i.is_passed, sections = i.sections
    from json_to_recordset(${JSON.stringify(papers)}::json) as i (person_id uuid, paper_id uuid, submitted_by text,
      waits boolean, score numeric, max_score numeric, is_passed boolean, sections jsonb)
    where p.person_id = i.person_id and p.paper_id = i.paper_id`.execute(tx);
  await sql`${hot}insert into paper_answer (person_id, paper_id, place, bank_question_id, revision, answer, saved_at, share,
      points, mark_state)
    select i.person_id, i.paper_id, i.place, i.question_id, i.revision, null, ${now}::timestamptz, i.share, i.points,
      i.mark_state
    from json_to_recordset(${JSON.stringify(decided.flatMap(answerRows))}::json) as i (person_id uuid, paper_id uuid,
      place smallint, question_id uuid, revision int, share numeric, points numeric, mark_state text)
    on conflict (person_id, paper_id, place) do update set share = excluded.share, points = excluded.points,
      mark_state = coalesce(paper_answer.mark_state, excluded.mark_state)`.execute(tx);
}

function answerRows({ paper, result }: Decided) {
  return paper.questions.map((question, place) => ({
    person_id: paper.personId,
    paper_id: paper.paperId,
    place,
    question_id: question.questionId,
    revision: question.revision,
    share: result.answers[place]?.waits ? null : (result.answers[place]?.share ?? 0),
    points: result.answers[place]?.waits ? null : (result.answers[place]?.points ?? 0),
    mark_state: result.answers[place]?.waits ? 'waiting' : null,
  }));
}

/** Papers of enrolments that were left count in those that take the course up again. */
export async function movePapers(
  tx: Tx,
  resumed: { personId: string; left: string; enrolmentId: string }[],
): Promise<void> {
  await sql`update paper p set enrolment_id = c.new_id
    from unnest(${resumed.map((one) => one.personId)}::uuid[], ${resumed.map((one) => one.left)}::uuid[],
      ${resumed.map((one) => one.enrolmentId)}::uuid[]) as c (person_id, old_id, new_id)
    where p.person_id = c.person_id and p.enrolment_id = c.old_id`.execute(tx);
}

/** The papers of one record follow the survivor; its open one is closed unscored where the survivor has one too. */
export async function moveLearnersPapers(
  tx: Tx,
  pair: { survivorId: string; mergedId: string },
  now: Date,
): Promise<void> {
  await sql`update paper m set submitted_at = ${now}, submitted_by = 'clock', score = 0, max_score = 0, is_passed = false
    where m.person_id = ${pair.mergedId} and m.submitted_at is null and exists (select 1 from paper s
      where s.person_id = ${pair.survivorId} and s.course_id = m.course_id and s.blueprint_id = m.blueprint_id
        and s.submitted_at is null)`.execute(tx);
  await sql`insert into paper (person_id, paper_id, course_id, enrolment_id, lesson_id, blueprint_id, blueprint_revision,
      number, seed, language, questions, started_at, due_at, extra_percent, submitted_at, submitted_by, waits_for_marker,
      score, max_score, is_passed, sections)
    select ${pair.survivorId}::uuid, paper_id, course_id, enrolment_id, lesson_id, blueprint_id, blueprint_revision,
      number + (select coalesce(max(number), 0) from paper s where s.person_id = ${pair.survivorId}
        and s.course_id = m.course_id and s.blueprint_id = m.blueprint_id),
      seed, language, questions, started_at, due_at, extra_percent, submitted_at, submitted_by, waits_for_marker,
      score, max_score, is_passed, sections from paper m where m.person_id = ${pair.mergedId}`.execute(tx);
  await sql`insert into paper_answer (person_id, paper_id, place, bank_question_id, revision, answer, saved_at, share,
      points, mark_state, criteria, mark_note, marked_at, marked_by)
    select ${pair.survivorId}::uuid, paper_id, place, bank_question_id, revision, answer, saved_at, share, points,
      mark_state, criteria, mark_note, marked_at, marked_by from paper_answer where person_id = ${pair.mergedId}`.execute(
    tx,
  );
  await sql`delete from paper_answer where person_id = ${pair.mergedId}`.execute(tx);
  await sql`delete from paper where person_id = ${pair.mergedId}`.execute(tx);
}
