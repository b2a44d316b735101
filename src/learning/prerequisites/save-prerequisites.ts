import { z } from 'zod';
import { arranged, chosenCourses, courseByCode, requireAuthor } from '../../catalogue/index.ts';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import {
  completedAmong,
  listedPrerequisites,
  lockPrerequisites,
  type Prerequisite,
  prerequisitesOf,
  replacePrerequisites,
  wouldCircle,
} from './store.ts';

const mostFirst = 10;
const codesIn = (text: unknown) =>
  typeof text === 'string' ? text.split(/[\s,;]+/u).filter(Boolean) : (text ?? []);
const codes = z.preprocess(codesIn, z.array(z.string().max(64)).max(mostFirst, 'too_long'));
export const prerequisitesInput = z.object({
  must: codes.describe('Codes of courses without which nobody may enrol'),
  hint: codes.describe('Codes of courses that help'),
});

/** Says what a course asks to be completed first, in place of what it asked so far. */
export async function savePrerequisites(
  ctx: Ctx,
  courseCode: string,
  input: z.output<typeof prerequisitesInput>,
): Promise<void> {
  const course = await courseByCode(ctx.db, courseCode);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const must = await idsOf(ctx, 'must', input.must);
  const hint = (await idsOf(ctx, 'hint', input.hint)).filter((id) => !must.includes(id));
  const rows = [
    ...must.map((requiredId) => ({ requiredId, isMust: true })),
    ...hint.map((requiredId) => ({ requiredId, isMust: false })),
  ];
  await ctx.db.transaction(async (tx) => {
    await lockPrerequisites(tx);
    const ids = [...must, ...hint];
    if (ids.includes(course.courseId) || (await wouldCircle(tx, course.courseId, ids))) throw circle('must');
    await replacePrerequisites(tx, course.courseId, rows);
    await audit(tx, ctx, {
      action: 'course.prerequisites_saved',
      subjectKind: 'course',
      subjectId: course.code,
      officeId: course.officeId ?? undefined,
      detail: { must: input.must, hint: input.hint },
    });
  });
}

export const arrangeFirstInput = z.object({
  step: z.enum(['must', 'hint', 'remove', 'up', 'down']),
  course: chosenCourses,
});

/** One step of what a course asks first: courses are added or changed in kind, or one is moved or taken off. */
export async function arrangePrerequisites(
  ctx: Ctx,
  courseCode: string,
  { step, course: codes }: z.output<typeof arrangeFirstInput>,
): Promise<void> {
  const course = await courseByCode(ctx.db, courseCode);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const ids = await idsOf(ctx, 'course', codes);
  await ctx.db.transaction(async (tx) => {
    await lockPrerequisites(tx);
    const before = await listedPrerequisites(tx, course.courseId);
    const isMust = new Map(before.map((one) => [one.requiredId, one.isMust]));
    const adds = step === 'must' || step === 'hint';
    if (adds) for (const id of ids) isMust.set(id, step === 'must');
    const order = before.map((one) => one.requiredId);
    const after = arranged(order, adds ? 'add' : step, ids);
    if (after.length > mostFirst) throw tooMany();
    if (adds && (ids.includes(course.courseId) || (await wouldCircle(tx, course.courseId, ids))))
      throw circle('course');
    const rows = after.map((requiredId) => ({ requiredId, isMust: isMust.get(requiredId) ?? false }));
    await replacePrerequisites(tx, course.courseId, rows);
    await audit(tx, ctx, {
      action: 'course.prerequisites_saved',
      subjectKind: 'course',
      subjectId: course.code,
      officeId: course.officeId ?? undefined,
      detail: { step, courses: codes },
    });
  });
}

export type StandingPrerequisite = Prerequisite & { isDone: boolean };

/** What a course asks first, and what of it the person has. */
export async function prerequisitesFor(
  ctx: Pick<Ctx, 'db'>,
  courseId: string,
  personId: string | undefined,
): Promise<StandingPrerequisite[]> {
  const rows = await prerequisitesOf(ctx.db, courseId);
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.requiredId);
  const done = personId ? await completedAmong(ctx.db.read, personId, ids) : new Set<string>();
  return rows.map((row) => ({ ...row, isDone: done.has(row.requiredId) }));
}

/** Why an enrolment is refused where something that must come first is missing. */
export async function prerequisiteRefusal(
  ctx: Pick<Ctx, 'db'>,
  courseId: string,
  personId: string,
): Promise<Refusal | undefined> {
  const missing = (await prerequisitesFor(ctx, courseId, personId)).filter(
    (row) => row.isMust && !row.isDone,
  );
  if (missing.length === 0) return undefined;
  const titles = (name: 'titleHi' | 'titleEn') =>
    missing.map((row) => row[name] ?? row.titleHi ?? row.titleEn ?? row.code).join(', ');
  const text = {
    hi: `पहले यह पूरा करें: ${titles('titleHi')}`,
    en: `Complete this first: ${titles('titleEn')}`,
  };
  return new Refusal('conflict', text, {
    reason: 'prerequisite_missing',
    details: { missing: missing.map((row) => row.code) },
  });
}

async function idsOf(ctx: Ctx, path: 'must' | 'hint' | 'course', given: string[]): Promise<string[]> {
  const found = await Promise.all(given.map((code) => courseByCode(ctx.db, code)));
  const unknown = given.filter((_, at) => !found[at] || found[at]?.state === 'draft');
  if (unknown.length > 0) throw unknownCodes(path, unknown.join(', '));
  return [...new Set(found.flatMap((course) => (course ? [course.courseId] : [])))];
}

function unknownCodes(path: string, list: string) {
  const text = {
    hi: `ऐसे प्रकाशित कोर्स नहीं मिले: ${list}`,
    en: `There are no such published courses: ${list}`,
  };
  return invalid([{ path, code: 'unknown_course', text }], text);
}

function tooMany() {
  const text = {
    hi: `अधिकतम ${mostFirst} कोर्स पहले माँगे जा सकते हैं।`,
    en: `A course asks for ${mostFirst} others at most.`,
  };
  return invalid([{ path: 'course', code: 'too_many_courses', text }], text);
}

function circle(path: string) {
  const text = {
    hi: 'कोर्स घूमकर अपने आप को ही माँगेगा। सूची में से वह कोर्स हटाएँ।',
    en: 'The course would ask for itself in a circle. Take that course off the list.',
  };
  return invalid([{ path, code: 'circle', text }], text);
}
