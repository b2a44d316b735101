import { playableVersion, type QuizResult } from '../catalogue/index.ts';
import type { Ctx } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { type Meeting, meetLessons } from './complete-courses.ts';
import { lockedEnrolments, type OpenEnrolment } from './enrolment-store.ts';
import { correctAttempt, insertAttempts, unmeetQuiz } from './stores/attempts.ts';

/** The result of a paper that was drawn for a lesson of kind quiz, scored by the feature that drew it. */
export type PaperResult = {
  ctx: Ctx;
  personId: string;
  enrolmentId: string;
  lessonId: string;
  blueprint: string;
  /** Given by the drawer, so that no result counts twice. */
  attemptId: string;
  number: number;
  result: Pick<QuizResult, 'score' | 'maxScore' | 'isPassed'>;
};

/**
 * Keeps results of papers beside the attempts at other quizzes, and completes what the passed ones complete, in
 * the caller's transaction. One whose enrolment was left meanwhile completes nothing, and counts for who takes the
 * course up again; one whose course has no such test any more is kept by its drawer alone. Returns the enrolments that this completed.
 */
export async function decidePapers(tx: Tx, papers: PaperResult[]): Promise<ReadonlySet<string>> {
  if (papers.length === 0) return new Set();
  const enrolments = await lockedEnrolments(tx, papers);
  const found = await Promise.all(papers.map((paper) => placed(paper, enrolments.get(paper.enrolmentId))));
  const standing = found.filter((one) => one !== undefined);
  if (standing.length === 0) return new Set();
  const now = standing[0]?.paper.ctx.clock.now() ?? new Date();
  await insertAttempts(tx, standing.map(attemptOf), now);
  const passed = standing.filter(({ paper }) => paper.result.isPassed);
  return meetLessons(
    tx,
    passed.map(({ meeting }) => meeting),
    now,
  );
}

/**
 * A paper whose mark was corrected: its attempt says the new result, and its lesson is met or no longer met by it.
 * A course that is completed stays so. One that learning has not kept yet is decided as if handed in.
 */
export async function correctPaper(tx: Tx, paper: PaperResult): Promise<void> {
  if (!(await correctAttempt(tx, paper))) {
    await decidePapers(tx, [paper]);
    return;
  }
  const enrolment = (await lockedEnrolments(tx, [paper])).get(paper.enrolmentId);
  const found = await placed(paper, enrolment);
  if (!found || enrolment?.completedAt) return;
  if (paper.result.isPassed) await meetLessons(tx, [found.meeting], paper.ctx.clock.now());
  else await unmeetQuiz(tx, { ...paper, lessonId: found.meeting.lessonId });
}

type Placed = { paper: PaperResult; meeting: Meeting };

/** The lesson may have got another id by a new version of the course: then its test is known by the blueprint. */
async function placed(paper: PaperResult, enrolment?: OpenEnrolment): Promise<Placed | undefined> {
  if (!enrolment) return undefined;
  const { version, lessons } = await playableVersion(paper.ctx, enrolment.courseVersionId);
  const lesson =
    lessons.find((one) => one.lessonId === paper.lessonId) ??
    lessons.find((one) => one.quiz?.blueprint === paper.blueprint);
  if (!lesson) return undefined;
  return { paper, meeting: { ctx: paper.ctx, enrolment, lessonId: lesson.lessonId, version, lessons } };
}

function attemptOf({ paper, meeting }: Placed) {
  const { personId, enrolmentId, attemptId, number, result } = paper;
  const { lessonId } = meeting;
  return {
    personId,
    enrolmentId,
    lessonId,
    attemptId,
    number,
    answers: {},
    result: { ...result, byQuestion: [] },
  };
}
