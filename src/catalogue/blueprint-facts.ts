import type { Ctx } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import { type CourseRow, type LessonRow, lessonsOf } from './course-store.ts';
import type { MissingPart } from './publication-gate.ts';

/** What a lesson that is drawn by a blueprint shows and asks for, as its rules are now. */
export type BlueprintFacts = {
  passShare: number;
  attempts: number | null;
  /** Whether its banks hold enough for a paper. */
  isReady: boolean;
  /** Of the office that keeps it, root first; null where that is the whole installation. */
  officePath: string[] | null;
};
type Provider = (db: Pick<Db, 'read'>, code: string) => Promise<BlueprintFacts | undefined>;

let provider: Provider = async () => undefined;

/** Set by the feature that keeps blueprints; the catalogue lies below it. */
export function setBlueprintFacts(given: Provider): void {
  provider = given;
}

/** A blueprint that the actor may put to a lesson. */
export type BlueprintChoice = {
  code: string;
  titleHi: string | null;
  titleEn: string | null;
  minutes: number | null;
};
type Choices = (ctx: Ctx) => Promise<BlueprintChoice[]>;

let choices: Choices = async () => [];

/** Set beside the facts. */
export function setBlueprintChoices(given: Choices): void {
  choices = given;
}

export function blueprintChoices(ctx: Ctx): Promise<BlueprintChoice[]> {
  return choices(ctx);
}

/** Lessons with the pass mark and attempts that their blueprints say now. */
export async function withBlueprints(db: Pick<Db, 'read'>, lessons: LessonRow[]): Promise<LessonRow[]> {
  if (!lessons.some(isDrawn)) return lessons;
  return Promise.all(
    lessons.map(async (lesson) => {
      const facts = lesson.quiz?.blueprint ? await provider(db, lesson.quiz.blueprint) : undefined;
      if (!facts || !lesson.quiz) return lesson;
      const { passShare, attempts } = facts;
      return { ...lesson, quiz: { ...lesson.quiz, passShare, attempts } };
    }),
  );
}

export function isDrawn(lesson: Pick<LessonRow, 'quiz'>): boolean {
  return lesson.quiz?.blueprint !== undefined;
}

type Drawn = { course: Pick<CourseRow, 'officePath' | 'currentVersionId'>; lessons: LessonRow[] };

/**
 * What keeps drawn tests from publication: no such blueprint, or banks that are too small for it. A blueprint whose
 * questions the course's authors may not read is as unknown as none, unless whoever publishes may read it and its
 * office stands above the course's, or the published version draws from it already.
 */
export async function blueprintParts(ctx: Ctx, { course, lessons }: Drawn): Promise<MissingPart[]> {
  const drawn = lessons.flatMap((lesson) => {
    const code = lesson.quiz?.blueprint;
    return code === undefined ? [] : [{ lesson: lesson.code, code }];
  });
  if (drawn.length === 0) return [];
  const own = new Set((await choices(ctx)).map((one) => one.code));
  const standing = course.currentVersionId ? await lessonsOf(ctx.db, course.currentVersionId) : [];
  const used = new Set(standing.map((lesson) => lesson.quiz?.blueprint));
  const found = await Promise.all(
    drawn.map(async ({ lesson, code }) => {
      const facts = await provider(ctx.db, code);
      const isOpen = facts && (used.has(code) || mayDraw(facts, course, own.has(code)));
      return { lesson, code, facts: isOpen ? facts : undefined };
    }),
  );
  return found.flatMap(({ lesson, code, facts }): MissingPart[] => {
    if (!facts) return [{ code: 'unknown_blueprint', lesson, text: unknown(code) }];
    return facts.isReady ? [] : [{ code: 'bank_too_small', lesson, text: tooSmall(code) }];
  });
}

function mayDraw(
  { officePath: kept }: BlueprintFacts,
  { officePath: taught }: Drawn['course'],
  isOwn: boolean,
): boolean {
  if (!taught || !kept) return isOwn;
  const isBelow = taught.every((id, at) => kept[at] === id);
  const isAbove = kept.every((id, at) => taught[at] === id);
  return isBelow || (isAbove && isOwn);
}

function unknown(code: string) {
  return { hi: `परीक्षा का ढाँचा "${code}" नहीं मिला`, en: `there is no blueprint "${code}"` };
}

function tooSmall(code: string) {
  return {
    hi: `ढाँचे "${code}" के लिए प्रश्न बैंक में पर्याप्त प्रश्न नहीं हैं`,
    en: `the banks have too few questions for the blueprint "${code}"`,
  };
}
