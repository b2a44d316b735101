import type { Tx } from '../../kernel/db.ts';
import type { OpenDraft, VersionChange } from '../authoring/change-draft.ts';
import { contentOf, isEmpty } from '../authoring/contents.ts';
import { setModules, updateLesson } from '../authoring/stores/lessons.ts';
import { draftDetails } from '../course-face.ts';
import type { CourseDetails, LessonRow, Stamp } from '../course-store.ts';
import { imagesIn, renderMarkdown } from '../markdown.ts';
import type { Quiz } from '../quiz.ts';
import { localTexts, type Part, sameModule } from './parts.ts';

type Columns = OpenDraft & { given: Part[]; texts: Record<string, string>; to: string; stamp: Stamp };

/** Writes Hindi or English texts into the draft itself, where its authors see and change them. */
export async function writeColumns(tx: Tx, at: Columns): Promise<VersionChange | undefined> {
  const details = draftDetails(at.course, at.version);
  for (const [index, lesson] of at.lessons.entries()) {
    const own = at.given.filter((part) => part.place.startsWith(`lesson.${lesson.code}.`));
    const places = new Set(own.map((part) => part.place.slice(`lesson.${lesson.code}.`.length)));
    if (places.size === 0) continue;
    if (places.has('module')) await nameModule(tx, at, index);
    if (places.size > Number(places.has('module')))
      await updateLesson(tx, translated(lesson, own, { ...at, from: details.language }), at.stamp);
  }
  const said = at.given.filter((part) => part.place.startsWith('course.'));
  return said.length > 0 ? { details: translatedDetails(details, said, at) } : undefined;
}

/** All lessons in a row under one heading keep one heading. */
async function nameModule(tx: Tx, { lessons, texts, to }: Columns, index: number): Promise<void> {
  const first = lessons[index];
  if (!first) return;
  const rest = lessons.slice(index + 1);
  const end = rest.findIndex((lesson) => !sameModule(lesson, first));
  const under = [first, ...(end < 0 ? rest : rest.slice(0, end))];
  const text = texts[`lesson.${first.code}.module`] ?? null;
  const heading = { hi: first.moduleHi ?? null, en: first.moduleEn ?? null, [to]: text };
  for (const lesson of under) Object.assign(lesson, { moduleHi: heading.hi, moduleEn: heading.en });
  await setModules(
    tx,
    under.map((lesson) => lesson.lessonId),
    heading,
  );
}

function translatedDetails(
  details: CourseDetails,
  said: Part[],
  { texts, to }: Pick<Columns, 'texts' | 'to'>,
): CourseDetails {
  const end = to === 'hi' ? 'Hi' : 'En';
  const changed = said.map((part) => [`${part.field}${end}`, texts[part.place] ?? null]);
  return { ...details, ...Object.fromEntries(changed) };
}

type How = Pick<Columns, 'texts' | 'to'> & { from: string };

function translated(lesson: LessonRow, given: Part[], { texts, to, from }: How): LessonRow {
  const text = (field: string) => texts[`lesson.${lesson.code}.${field}`];
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
    quiz: withTexts(lesson, given, { texts, to }),
    revision: lesson.revision + 1,
    contents: isEmpty(content) ? others : [...others, content],
  };
}

function withTexts(lesson: LessonRow, given: Part[], { texts, to }: Omit<How, 'from'>): Quiz | null {
  if (!lesson.quiz) return null;
  const quiz = structuredClone(lesson.quiz);
  const places = new Set(given.map((part) => part.place));
  for (const { path, text } of localTexts(quiz)) {
    const place = `lesson.${lesson.code}.quiz.${path}`;
    if (places.has(place)) text[to === 'hi' ? 'hi' : 'en'] = texts[place];
  }
  return quiz;
}
