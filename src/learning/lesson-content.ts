import type { ContentRow, LessonRow } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { enrolmentDetail } from './enrolment-view.ts';
import { extraAttemptsOf } from './extra-attempts/store.ts';
import { learnersPaper } from './quiz-paper-of.ts';
import { attemptsMade } from './stores/attempts.ts';

/** What a program shows of a lesson: texts, files by address and weight, a quiz without its keys. */
export async function lessonContent(ctx: Ctx, at: { id: string; lessonId: string }) {
  const { lessons, view, states } = await enrolmentDetail(ctx, at.id);
  const index = lessons.findIndex((one) => one.lessonId === at.lessonId);
  const lesson = lessons[index];
  const standing = view.lessons[index];
  if (!lesson || !standing) throw notFound();
  const state = states.get(lesson.lessonId);
  return {
    ...standing,
    durationMinutes: lesson.durationMinutes,
    position: state?.position ?? null,
    contents: lesson.contents.map(contentOf),
    quiz: lesson.quiz ? await quizOf(ctx, { lesson, quiz: lesson.quiz, enrolmentId: at.id }) : null,
  };
}

function contentOf(content: ContentRow) {
  return {
    language: content.language,
    html: content.bodyHtml,
    file: content.fileId
      ? {
          href: `/media/${content.fileId}`,
          contentType: content.fileType ?? 'application/octet-stream',
          bytes: content.fileBytes ?? 0,
        }
      : null,
    captionsHref: content.captionsFileId ? `/media/${content.captionsFileId}` : null,
    transcript: content.transcript,
    altText: content.altText,
  };
}

type AskedQuiz = { lesson: LessonRow; quiz: NonNullable<LessonRow['quiz']>; enrolmentId: string };

async function quizOf(ctx: Ctx, { lesson, quiz, enrolmentId }: AskedQuiz) {
  const key = { personId: requirePerson(ctx), enrolmentId, lessonId: lesson.lessonId };
  const [counts, given] = await Promise.all([attemptsMade(ctx.db.read, [key]), extraAttemptsOf(ctx, key)]);
  const { made, extra } = counts[0] ?? { made: 0, extra: 0 };
  return {
    passShare: quiz.passShare,
    attempts: quiz.attempts === null ? null : quiz.attempts + extra,
    attemptsMade: made,
    attemptsGiven: given.map(({ reason, givenAt }) => ({ reason, givenAt })),
    questions: learnersPaper(quiz, key, made + 1),
  };
}
