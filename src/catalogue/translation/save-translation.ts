import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import {
  changeDraft,
  lessonIn,
  type OpenDraft,
  refuseStale,
  type VersionChange,
} from '../authoring/change-draft.ts';
import { isEmpty } from '../authoring/contents.ts';
import { contentOf } from '../authoring/save-lesson.ts';
import { updateLesson } from '../authoring/stores/lessons.ts';
import { draftDetails } from '../course-face.ts';
import type { LessonRow } from '../course-store.ts';
import { imagesIn, renderMarkdown } from '../markdown.ts';
import type { Quiz } from '../quiz.ts';
import { stampOf } from '../save-course.ts';
import { detailsParts, hashOf, lessonParts, localTexts, otherSide, type Part, type Side } from './parts.ts';
import { noteMade } from './store.ts';

export type Translation = {
  revision: number;
  /** By place; what is absent or empty stays as it is. */
  texts: Record<string, string>;
};

/** Saves the translated texts of one lesson, or (without one) of what the course says of itself. */
export async function saveTranslation(
  ctx: Ctx,
  at: { code: string; lesson?: string },
  input: Translation,
): Promise<void> {
  await changeDraft(ctx, at.code, {
    action: 'course.translated',
    lesson: at.lesson,
    async change(tx, draft) {
      const details = draftDetails(draft.course, draft.version);
      const lesson = at.lesson ? lessonIn(draft, at.lesson) : undefined;
      refuseStale(lesson ?? draft.version, input.revision);
      const from = details.language;
      const given = (lesson ? lessonParts(lesson, from) : detailsParts(details)).filter((part) =>
        input.texts[part.place]?.trim(),
      );
      if (given.length === 0) return undefined;
      await note(tx, ctx, { draft, given, texts: input.texts, to: otherSide(from) });
      if (!lesson) return translatedDetails(draft, given, input.texts);
      await updateLesson(tx, translated(lesson, given, { texts: input.texts, from }), stampOf(ctx));
      return undefined;
    },
  });
}

type Noted = { draft: OpenDraft; given: Part[]; texts: Record<string, string>; to: Side };

async function note(tx: Tx, ctx: Ctx, { draft, given, texts, to }: Noted): Promise<void> {
  const rows = given.map((part) => ({
    place: part.place,
    sourceHash: hashOf(part.source),
    textHash: hashOf(texts[part.place] ?? ''),
  }));
  const { now, by } = stampOf(ctx);
  await noteMade(tx, rows, { courseId: draft.course.courseId, language: to, now, by });
}

function translatedDetails(draft: OpenDraft, given: Part[], texts: Record<string, string>): VersionChange {
  const details = draftDetails(draft.course, draft.version);
  const end = otherSide(details.language) === 'hi' ? 'Hi' : 'En';
  const changed = given.map((part) => [`${part.field}${end}`, texts[part.place]?.trim() ?? null]);
  return { details: { ...details, ...Object.fromEntries(changed) } };
}

type How = { texts: Record<string, string>; from: Side };

function translated(lesson: LessonRow, given: Part[], { texts, from }: How): LessonRow {
  const to = otherSide(from);
  const text = (field: string) => {
    const part = given.find((one) => one.field === field);
    return part && texts[part.place]?.trim();
  };
  const old = contentOf(lesson, to);
  const body = text('bodyMarkdown') ?? old.bodyMarkdown;
  const content = {
    ...old,
    ...{
      bodyMarkdown: body,
      bodyHtml: body ? renderMarkdown(body) : null,
      imageIds: imagesIn(body ?? '').own,
    },
    ...{ transcript: text('transcript') ?? old.transcript, altText: text('altText') ?? old.altText },
  };
  // Who takes the course in this language sees the same recording, until there is one of its own.
  if (!isEmpty(content)) content.fileId ??= contentOf(lesson, from).fileId;
  const others = lesson.contents.filter((one) => one.language !== to);
  const title = text('title');
  return {
    ...lesson,
    titleHi: to === 'hi' && title ? title : lesson.titleHi,
    titleEn: to === 'en' && title ? title : lesson.titleEn,
    quiz: withTexts(lesson, { given, texts, to }),
    revision: lesson.revision + 1,
    contents: isEmpty(content) ? others : [...others, content],
  };
}

function withTexts(lesson: LessonRow, { given, texts, to }: Omit<Noted, 'draft'>): Quiz | null {
  if (!lesson.quiz) return null;
  const quiz = structuredClone(lesson.quiz);
  for (const { path, text } of localTexts(quiz)) {
    const part = given.find((one) => one.place === `lesson.${lesson.code}.quiz.${path}`);
    if (part) text[to] = texts[part.place]?.trim();
  }
  return quiz;
}
