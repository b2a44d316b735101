import type { Ctx } from '../kernel/context.ts';
import type { Db } from '../kernel/db.ts';
import type { LessonRow } from './course-store.ts';
import type { MissingPart } from './publication-gate.ts';

/** What a lesson that is drawn by a blueprint shows and asks for, as its rules are now. */
export type BlueprintFacts = {
  passShare: number;
  attempts: number | null;
  /** Whether its banks hold enough for a paper. */
  isReady: boolean;
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

/** What keeps drawn tests from publication: no such blueprint, or banks that are too small for it. */
export async function blueprintParts(db: Pick<Db, 'read'>, lessons: LessonRow[]): Promise<MissingPart[]> {
  const drawn = lessons.flatMap((lesson) => {
    const code = lesson.quiz?.blueprint;
    return code === undefined ? [] : [{ lesson: lesson.code, code }];
  });
  const found = await Promise.all(
    drawn.map(async ({ lesson, code }) => ({ lesson, code, facts: await provider(db, code) })),
  );
  return found.flatMap(({ lesson, code, facts }): MissingPart[] => {
    if (!facts) return [{ code: 'unknown_blueprint', lesson, text: unknown(code) }];
    return facts.isReady ? [] : [{ code: 'bank_too_small', lesson, text: tooSmall(code) }];
  });
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
