import type { Ctx } from '../../kernel/context.ts';
import type { Reads, Tx } from '../../kernel/db.ts';
import { notFound } from '../../kernel/errors.ts';
import { pick } from '../../kernel/i18n.ts';
import { contentOf } from '../authoring/contents.ts';
import { type TrackCue, tracksOf } from '../captions/track-store.ts';
import { draftDetails } from '../course-face.ts';
import {
  type CourseDetails,
  type CourseRow,
  courseByCode,
  type LessonRow,
  lessonsOf,
  openVersion,
  type VersionRow,
  versionsOf,
} from '../course-store.ts';
import {
  detailsParts,
  lessonParts,
  type MadeByPlace,
  type Part,
  type PartState,
  partStates,
  stateOf,
} from './parts.ts';
import { courseLanguages, type LanguageRow, madeInAll } from './store.ts';
import { type TranslationRights, translationRights } from './translation-rights.ts';

/** What is translated: the open draft, else the version in the catalogue. */
export type TranslatedText = {
  course: CourseRow;
  version: VersionRow;
  details: CourseDetails;
  lessons: LessonRow[];
  tracks: Map<string, TrackCue[]>;
};

/** The texts of a lesson, or (without one) what the course says of itself. */
export type Unit = { lesson: LessonRow | undefined; parts: Part[] };
export type Counts = Record<PartState, number>;

export type TranslationDesk = TranslatedText & {
  rights: TranslationRights;
  languages: LanguageRow[];
  made: ReadonlyMap<string, MadeByPlace>;
};

export async function translationDesk(ctx: Ctx, code: string): Promise<TranslationDesk> {
  const course = await courseByCode(ctx.db, code);
  if (!course) throw notFound();
  const rights = await translationRights(ctx, course);
  const versions = await versionsOf(ctx.db, course.courseId);
  const current = versions.find((one) => one.courseVersionId === course.currentVersionId);
  const version = openVersion(versions) ?? current ?? versions.at(-1);
  if (!version) throw notFound();
  const [text, languages, made] = await Promise.all([
    textOf(ctx.db.read, { course, version, lessons: await lessonsOf(ctx.db, version.courseVersionId) }),
    courseLanguages(ctx.db.read, course.courseId),
    madeInAll(ctx.db.read, course.courseId),
  ]);
  return { ...text, rights, languages, made };
}

type Version = Pick<TranslatedText, 'course' | 'version' | 'lessons'>;

export async function textOf(
  read: Reads | Tx,
  { course, version, lessons }: Version,
): Promise<TranslatedText> {
  const isOpen = version.state === 'draft' || version.state === 'in_review';
  const details = draftDetails(course, isOpen ? version : { details: null });
  const tracks = await tracksIn(read, lessons, details.language);
  return { course, version, details, lessons, tracks };
}

async function tracksIn(read: Reads | Tx, lessons: LessonRow[], language: string) {
  const ids = lessons.map((lesson) => contentOf(lesson, language).captionsFileId);
  return tracksOf(
    read,
    ids.filter((id) => id !== null),
  );
}

export function unitsOf(text: Omit<TranslatedText, 'course' | 'version'>, to: string): Unit[] {
  const from = text.details.language;
  const lessons = text.lessons.map((lesson, index) => {
    const cues = text.tracks.get(contentOf(lesson, from).captionsFileId ?? '');
    const before = text.lessons[index - 1];
    return { lesson, parts: lessonParts(lesson, { from, to }, { cues, before }) };
  });
  return [{ lesson: undefined, parts: detailsParts(text.details, to) }, ...lessons];
}

export function countsOf(parts: readonly Part[], made: MadeByPlace): Counts {
  const states = parts.map((part) => stateOf(part, made));
  const count = (state: PartState) => states.filter((one) => one === state).length;
  return Object.fromEntries(partStates.map((state) => [state, count(state)])) as Counts;
}

/** What is left to do in a language, of all that the course says. */
export function countsIn(
  desk: Pick<TranslationDesk, keyof TranslatedText | 'made'>,
  language: string,
): Counts {
  const parts = unitsOf(desk, language).flatMap((unit) => unit.parts);
  return countsOf(parts, madeIn(desk, language));
}

const nothingMade: MadeByPlace = new Map();

export function madeIn(desk: Pick<TranslationDesk, 'made'>, language: string): MadeByPlace {
  return desk.made.get(language) ?? nothingMade;
}

/** The languages that the course is in, beside its own, or is being translated into. */
export function languagesOfDesk(desk: TranslationDesk): string[] {
  const own = desk.details.language;
  const other = own === 'hi' ? 'en' : 'hi';
  const named = [other, ...desk.course.languages, ...desk.languages.map((one) => one.language)];
  return [...new Set(named)].filter((one) => one !== own);
}

export function titleIn(
  row: { titleHi: string | null; titleEn: string | null },
  language: 'hi' | 'en',
): string {
  return pick({ hi: row.titleHi, en: row.titleEn }, language);
}
