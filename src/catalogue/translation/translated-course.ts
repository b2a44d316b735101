import type { Ctx } from '../../kernel/context.ts';
import { contentOf } from '../authoring/contents.ts';
import { type TrackCue, tracksOf } from '../captions/track-store.ts';
import { contentIn } from '../content.ts';
import { detailsOfCourse } from '../course-face.ts';
import type { ContentRow, CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import type { LocalText } from '../local-text.ts';
import { detailsParts, hashOf, lessonParts, localTexts, type Part } from './parts.ts';
import { lessonsWithCues, publishedCues, publishedTexts } from './store.ts';

/** Which of a lesson's texts stand in another language than was asked for. */
export type InSource = {
  from: 'hi' | 'en';
  title: boolean;
  body: boolean;
  altText: boolean;
  transcript: boolean;
  captions: boolean;
  /** By code. */
  questions: ReadonlySet<string>;
};

export type SaidLesson = LessonRow & { inSource: InSource };

type Found = (part: Part) => { text: string; html: string | null } | undefined;
type Taken = { course: CourseRow; version: VersionRow };

/** A course in a language, for its learners: what is published of the translation, and for the rest the source. */
export type TranslatedCourse = {
  language: string;
  title: string;
  summary: string;
  audience: string;
  /** In which language each of them stands, since what is not translated is the source's. */
  spoken: Record<'title' | 'summary' | 'audience', string>;
  lesson<L extends LessonRow>(lesson: L, before?: LessonRow): L & { inSource: InSource };
};

/** Nothing where the course is written in this language itself. */
export async function translatedCourse(
  ctx: Pick<Ctx, 'db'>,
  { course, version }: Taken,
  language: string,
): Promise<TranslatedCourse | undefined> {
  const details = detailsOfCourse(course);
  const from = version.details?.language ?? details.language;
  if (language === from) return undefined;
  const of = { courseId: course.courseId, language };
  const [texts, withCues] = await Promise.all([
    publishedTexts(ctx.db.read, of),
    lessonsWithCues(ctx.db.read, of),
  ]);
  if (texts.length === 0 && (language === 'hi' || language === 'en')) return undefined;
  const found = finder(texts);
  const said = new Map(
    detailsParts(details, language).map((part) => [part.field, textOf(part, found) ?? part.source]),
  );
  const heads = detailsParts(details, language);
  const spokenIn = (field: string) => {
    const part = heads.find((one) => one.field === field);
    return part && textOf(part, found) === undefined ? from : language;
  };
  return {
    language,
    spoken: { title: spokenIn('title'), summary: spokenIn('summary'), audience: spokenIn('audience') },
    title: said.get('title') ?? '',
    summary: said.get('summary') ?? '',
    audience: said.get('audience') ?? '',
    lesson: (lesson, before) =>
      translatedLesson(lesson, {
        from,
        to: language,
        before,
        found,
        hasCues: withCues.includes(lesson.code),
      }),
  };
}

type Keyed = { place: string; sourceHash: string; baseHash: string; text: string; html: string | null };

/** A translation belongs to the text it was made from: another version's source finds its own, or none. */
function finder(texts: readonly Keyed[]): Found {
  const byKey = new Map(texts.map((one) => [`${one.place} ${one.sourceHash} ${one.baseHash}`, one]));
  return (part) => byKey.get(`${part.place} ${hashOf(part.source)} ${hashOf(part.column)}`);
}

function textOf(part: Part, found: Found): string | undefined {
  return found(part)?.text ?? (part.column.trim() ? part.column : undefined);
}

type How = { from: 'hi' | 'en'; to: string; before?: LessonRow; found: Found; hasCues: boolean };

/** `found`: what there is of a text in the language; of the rest the source is said, and marked. */
export function translatedLesson<L extends LessonRow>(lesson: L, how: How): L & { inSource: InSource } {
  const parts = lessonParts(lesson, how, { before: how.before });
  const prefix = `lesson.${lesson.code}.`;
  const byName = new Map(parts.map((part) => [part.place.slice(prefix.length), part]));
  const said = (name: string) => {
    const part = byName.get(name);
    return part && textOf(part, how.found);
  };
  const isLeft = (name: string) => byName.has(name) && said(name) === undefined;
  const title = said('title');
  const heading = said('module');
  const left = parts.filter((part) => part.place.startsWith(`${prefix}quiz.`) && !textOf(part, how.found));
  return {
    ...lesson,
    ...(title === undefined ? {} : { titleHi: title, titleEn: title }),
    ...(heading === undefined ? {} : { moduleHi: heading, moduleEn: heading }),
    quiz: lesson.quiz && quizIn(lesson.quiz, said),
    contents: contentsIn(lesson, how, byName),
    inSource: {
      from: how.from,
      title: isLeft('title'),
      body: isLeft('bodyMarkdown'),
      altText: isLeft('altText'),
      transcript: isLeft('transcript'),
      captions: !how.hasCues && contentOf(lesson, how.from).captionsFileId !== null,
      questions: new Set(left.map((part) => questionOf(part, prefix))),
    },
  };
}

/** `lesson.q.quiz.questions.q1.options.a.text` is of question `q1`. */
function questionOf(part: Part, prefix: string): string {
  return part.place.slice(`${prefix}quiz.questions.`.length).split('.')[0] ?? '';
}

/** A translated text stands in both places, so that whatever language the page picks it is read. */
function quizIn<Q>(quiz: Q, said: (name: string) => string | undefined): Q {
  const copy = structuredClone(quiz);
  for (const { path, text } of localTexts(copy)) {
    const words = said(`quiz.${path}`);
    if (words !== undefined) Object.assign(text satisfies LocalText, { hi: words, en: words });
  }
  return copy;
}

/** The recording is the one that the learner's time is counted by; the texts are the translation's. */
function contentsIn(lesson: LessonRow, how: How, byName: ReadonlyMap<string, Part>): ContentRow[] {
  const source = contentOf(lesson, how.from);
  const played = contentIn(lesson, how.to);
  if (!played) return lesson.contents;
  const words = (name: string) => {
    const part = byName.get(name);
    const hit = part && how.found(part);
    return part && { text: hit?.text ?? (part.column || part.source), html: hit?.html };
  };
  const own = contentOf(lesson, how.to);
  const body = words('bodyMarkdown');
  const bodyHtml = body?.html ?? (own.bodyMarkdown ? own.bodyHtml : source.bodyHtml);
  return [
    {
      ...played,
      bodyMarkdown: body?.text ?? own.bodyMarkdown,
      bodyHtml: body ? bodyHtml : own.bodyHtml,
      transcript: words('transcript')?.text ?? own.transcript,
      altText: words('altText')?.text ?? own.altText,
      captionsFileId: own.captionsFileId ?? source.captionsFileId,
      imageIds: source.imageIds,
      imageBytes: source.imageBytes,
    },
  ];
}

/** The captions of a lesson in a language, cue by cue; what is not translated is said in the source's words. */
export async function translatedCaptions(
  ctx: Pick<Ctx, 'db'>,
  { course, version, lesson }: Taken & { lesson: LessonRow },
  language: string,
): Promise<TrackCue[] | undefined> {
  const from = version.details?.language ?? detailsOfCourse(course).language;
  const fileId = contentOf(lesson, from).captionsFileId;
  if (!fileId) return undefined;
  const cues = (await tracksOf(ctx.db.read, [fileId])).get(fileId);
  if (!cues || language === from) return cues;
  const of = { courseId: course.courseId, language, lesson: lesson.code };
  const found = finder(await publishedCues(ctx.db.read, of));
  const parts = lessonParts(lesson, { from, to: language }, { cues });
  const byPlace = new Map(parts.map((part) => [part.place, part]));
  return cues.map((cue) => {
    const part = byPlace.get(`lesson.${lesson.code}.cue.${cue.id}`);
    return { ...cue, text: (part && textOf(part, found)) ?? cue.text };
  });
}
