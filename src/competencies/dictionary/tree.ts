import type { Ctx } from '../../kernel/context.ts';
import { notFound } from '../../kernel/errors.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import {
  allCompetencies,
  allFrameworks,
  type Competency,
  type CompetencyKind,
  countCourses,
  coursesTagged,
  kinds,
  type TaggedCourse,
} from '../stores/dictionary.ts';
import { type CompetencyTag, type Level, levels, readTags, tagText } from './tags.ts';

export type CompetencyBranch = { kind: CompetencyKind; competencies: (Competency & { courses: number })[] };

/** The dictionary by kind, with how many published courses bear each; `retired` shows what is offered no more too. */
export async function competencyTree(
  ctx: Pick<Ctx, 'db'>,
  show: 'offered' | 'all' = 'offered',
): Promise<CompetencyBranch[]> {
  const [all, counts] = await Promise.all([allCompetencies(ctx.db.read), countCourses(ctx.db.read)]);
  const courses = new Map(counts.map((one) => [one.key, one.courses]));
  return kinds.map((kind) => ({
    kind,
    competencies: all
      .filter((one) => one.kind === kind && (show === 'all' || one.retiredAt === null))
      .map((one) => ({ ...one, courses: courses.get(one.key) ?? 0 })),
  }));
}

/** What stands on a course for a competency at `from` or above, and without a level where any will do. */
export function tagsOf(key: string, from?: Level): string[] {
  const named = levels.filter((level) => level >= (from ?? 1)).map((level) => tagText({ key, level }));
  return from === undefined ? [key, ...named] : named;
}

/** Published courses that bring a learner to this competency, at `from` or above where a level is asked. */
export async function coursesOfCompetency(
  ctx: Pick<Ctx, 'db'>,
  asked: { key: string; from?: Level; limit?: number },
): Promise<(TaggedCourse & { level: Level | null })[]> {
  const rows = await coursesTagged(ctx.db.read, tagsOf(asked.key, asked.from), asked.limit ?? 50);
  return rows.map((row) => ({
    ...row,
    level: readTags(row.competencies).find((tag) => tag.key === asked.key)?.level ?? null,
  }));
}

export type NamedTag = CompetencyTag & { name: Bilingual; isKnown: boolean };

/** A course's tags with their names; a free word of an older course is its own name. */
export async function namedTags(ctx: Pick<Ctx, 'db'>, kept: readonly string[]): Promise<NamedTag[]> {
  if (kept.length === 0) return [];
  const byKey = new Map((await allCompetencies(ctx.db.read)).map((one) => [one.key, one]));
  return readTags(kept).map((tag) => {
    const found = byKey.get(tag.key);
    const name = found ? { hi: found.nameHi, en: found.nameEn } : { hi: tag.key, en: tag.key };
    return { ...tag, name, isKnown: Boolean(found) };
  });
}

export async function competencyOf(ctx: Pick<Ctx, 'db'>, key: string): Promise<Competency> {
  const found = (await allCompetencies(ctx.db.read)).find((one) => one.key === key);
  if (!found) throw notFound();
  return found;
}

/** What the five levels are called. */
export async function levelNames(ctx: Pick<Ctx, 'db'>): Promise<Bilingual[]> {
  return (await allFrameworks(ctx.db.read))[0]?.levelNames ?? [];
}
