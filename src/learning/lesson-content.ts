import {
  type ContentRow,
  courseByCode,
  type InSource,
  type LessonRow,
  translatedCourse,
} from '../catalogue/index.ts';
import { type Ctx, requirePerson } from '../kernel/context.ts';
import { notFound } from '../kernel/errors.ts';
import { directionOf } from '../kernel/languages.ts';
import { type EnrolmentDetail, enrolmentDetail } from './enrolment-view.ts';
import { extraAttemptsOf } from './extra-attempts/store.ts';
import { learnersPaper } from './quiz-paper-of.ts';
import { attemptsMade } from './stores/attempts.ts';

/** What a program shows of a lesson: texts, files by address and weight, a quiz without its keys. */
export async function lessonContent(ctx: Ctx, at: { id: string; lessonId: string }) {
  const detail = await enrolmentDetail(ctx, at.id);
  const { lessons, view, states } = detail;
  const index = lessons.findIndex((one) => one.lessonId === at.lessonId);
  const lesson = lessons[index];
  const standing = view.lessons[index];
  if (!lesson || !standing) throw notFound();
  const state = states.get(lesson.lessonId);
  const said = await inLanguageOf(ctx, detail, index);
  const { quiz } = said ?? lesson;
  return {
    ...standing,
    durationMinutes: lesson.durationMinutes,
    position: state?.position ?? null,
    contents: contentsOf(lesson, said, detail.enrolment.language),
    translation: said ? translationOf(said, detail.enrolment.language) : null,
    quiz: quiz ? await quizOf(ctx, { lesson, quiz, enrolmentId: at.id }) : null,
  };
}

type Said = LessonRow & { inSource: InSource };

/** The lesson as the enrolment's language says it; nothing where the course is written in that language. */
async function inLanguageOf(
  ctx: Ctx,
  { enrolment, version, lessons }: EnrolmentDetail,
  index: number,
): Promise<Said | undefined> {
  const course = await courseByCode(ctx.db, enrolment.courseCode);
  const translated = course && (await translatedCourse(ctx, { course, version }, enrolment.language));
  const lesson = lessons[index];
  return lesson && translated?.lesson(lesson, lessons[index - 1]);
}

/** The translation stands first, under the enrolment's language, before what the author gave by language. */
function contentsOf(lesson: LessonRow, said: Said | undefined, language: string) {
  const own = said?.contents[0];
  if (!own) return lesson.contents.map(contentOf);
  const others = lesson.contents.filter((content) => content.language !== language);
  return [{ ...own, language }, ...others].map(contentOf);
}

const texts = ['title', 'body', 'altText', 'transcript', 'captions'] as const;

/** What is marked stands in the source's language, since it is not translated yet. */
function translationOf({ inSource, titleHi, titleEn }: Said, language: string) {
  return {
    language,
    direction: directionOf(language),
    title: titleHi ?? titleEn ?? '',
    source: inSource.from,
    untranslated: texts.filter((one) => inSource[one]),
    untranslatedQuestions: [...inSource.questions],
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
