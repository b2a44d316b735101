import type { ContentRow, LessonRow } from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { enrolmentDetail } from './enrolment-view.ts';
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
    quiz: quizOf(lesson, { enrolmentId: at.id, attemptsMade: lesson.quiz ? await attemptsUsed(ctx, at) : 0 }),
  };
}

async function attemptsUsed(ctx: Ctx, at: { id: string; lessonId: string }): Promise<number> {
  const quiz = { personId: requirePerson(ctx), enrolmentId: at.id, lessonId: at.lessonId };
  return (await attemptsMade(ctx.db.read, [quiz]))[0] ?? 0;
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

function quizOf(lesson: LessonRow, at: { enrolmentId: string; attemptsMade: number }) {
  if (!lesson.quiz) return null;
  const { passShare, attempts } = lesson.quiz;
  const quizAt = { enrolmentId: at.enrolmentId, lessonId: lesson.lessonId };
  return {
    passShare,
    attempts,
    attemptsMade: at.attemptsMade,
    questions: learnersPaper(lesson.quiz, quizAt, at.attemptsMade + 1),
  };
}
