import { z } from 'zod';
import { audit } from '../../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole, scopesOf } from '../../kernel/context.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { newId } from '../../kernel/ids.ts';
import { nameOrNothing } from '../../kernel/name-field.ts';
import { officeById, pathIsInScope, type Role } from '../../organisations/index.ts';
import { arranged, chosenCourses, courseSteps } from '../course-list/arranged.ts';
import { courseByCode } from '../course-store.ts';
import { code } from '../schema.ts';
import { collectionHooks } from './hooks.ts';
import {
  type CollectedCourse,
  type CollectionRow,
  collectionByCode,
  coursesIn,
  insertCollection,
  lockedCourses,
  replaceCourses,
  updateCollection,
} from './store.ts';

/** A collection is an office's: who writes courses there edits it, and its nodal officers. */
export const rolesCollecting: readonly Role[] = ['author', 'publisher', 'nodal'];

const codesIn = (text: unknown) => (typeof text === 'string' ? text.split(/[\s,;]+/u).filter(Boolean) : text);
const mostCourses = 100;
const text = (most: number) => z.string().trim().max(most, 'too_long').optional();
const fields = {
  titleHi: nameOrNothing(200).optional(),
  titleEn: nameOrNothing(200).optional(),
  summaryHi: text(1000),
  summaryEn: text(1000),
  courses: z
    .preprocess(codesIn, z.array(z.string().max(64)).max(mostCourses, 'too_long').optional())
    .describe('Codes in their order; left out: as they are'),
  state: z.enum(['draft', 'published']).default('draft'),
};
export const collectionInput = z.object(fields);
export const newCollectionInput = z.object({ code, ...fields });
export type CollectionInput = z.output<typeof collectionInput>;

export async function createCollection(ctx: Ctx, input: CollectionInput & { code: string }): Promise<void> {
  const scopes = requireRole(ctx, rolesCollecting);
  const officeId = await ownOffice(ctx, scopes);
  const courseIds = (await checked(ctx, input)) ?? [];
  requireCourses(input, courseIds);
  const collectionId = newId();
  await ctx.db.transaction(async (tx) => {
    const row = { ...fieldsOf(input), collectionId, code: input.code, officeId };
    if (!(await insertCollection(tx, row, stampOf(ctx)))) throw codeTaken();
    await replaceCourses(tx, collectionId, courseIds);
    await collectionHooks().saved(ctx, tx, { collectionId, officeId, state: input.state, courseIds });
    await tell(ctx, tx, { code: input.code, officeId, courses: courseIds.length });
  });
}

export async function saveCollection(
  ctx: Ctx,
  collectionCode: string,
  input: CollectionInput,
): Promise<void> {
  const row = await ownCollection(ctx, collectionCode);
  const given = await checked(ctx, input);
  await ctx.db.transaction(async (tx) => {
    const courseIds = given ?? (await lockedCourses(tx, row.collectionId));
    requireCourses(input, courseIds);
    await updateCollection(tx, { ...fieldsOf(input), collectionId: row.collectionId }, stampOf(ctx));
    if (given) await replaceCourses(tx, row.collectionId, given);
    const { collectionId, officeId } = row;
    await collectionHooks().saved(ctx, tx, { collectionId, officeId, state: input.state, courseIds });
    await tell(ctx, tx, { code: row.code, officeId: row.officeId, courses: courseIds.length });
  });
}

export const arrangeInput = z.object({ step: z.enum(courseSteps), course: chosenCourses });

/** One step of a collection's courses: some are added at the end, or one is moved or taken out. */
export async function arrangeCollection(
  ctx: Ctx,
  collectionCode: string,
  { step, course: codes }: z.output<typeof arrangeInput>,
): Promise<void> {
  const row = await ownCollection(ctx, collectionCode);
  const ids = step === 'add' ? await knownCourses(ctx, codes) : await idsOf(ctx, codes);
  await ctx.db.transaction(async (tx) => {
    const before = await lockedCourses(tx, row.collectionId);
    const after = arranged(before, step, ids);
    if (after.length > mostCourses) throw tooMany();
    if (after.join() === before.join()) return;
    await replaceCourses(tx, row.collectionId, after);
    await collectionHooks().saved(ctx, tx, { ...row, courseIds: after });
    await tell(ctx, tx, { code: row.code, officeId: row.officeId, courses: after.length });
  });
}

/** A collection that the actor edits; not visible means not found. */
export async function ownCollection(ctx: Ctx, collectionCode: string): Promise<CollectionRow> {
  requireRole(ctx, rolesCollecting);
  const row = await collectionByCode(ctx.db.read, collectionCode);
  if (!row || !mayEditCollection(ctx, row)) throw notFound();
  return row;
}

export function mayEditCollection(ctx: Ctx, row: CollectionRow): boolean {
  return pathIsInScope(row.officePath ?? [], scopesOf(ctx.actor, rolesCollecting));
}

/** A published collection with what can be taken of it now, for everybody; a draft only for its editors. */
export async function shownCollection(
  ctx: Ctx,
  collectionCode: string,
): Promise<{ row: CollectionRow; courses: CollectedCourse[]; mayEdit: boolean }> {
  const row = await collectionByCode(ctx.db.read, collectionCode);
  if (!row) throw notFound();
  const mayEdit = mayEditCollection(ctx, row);
  if (row.state === 'draft' && !mayEdit) throw notFound();
  const courses = await coursesIn(ctx.db.read, row.collectionId);
  return { row, courses: courses.filter((course) => course.state === 'published'), mayEdit };
}

async function ownOffice(ctx: Ctx, scopes: string[]): Promise<string | null> {
  const first = scopes.find((scope) => scope !== '*');
  return first ? ((await officeById(ctx, first))?.officeId ?? null) : null;
}

async function checked(ctx: Ctx, input: CollectionInput): Promise<string[] | undefined> {
  if (!input.titleHi && !input.titleEn) throw titleNeeded();
  return input.courses && knownCourses(ctx, input.courses);
}

async function knownCourses(ctx: Ctx, codes: string[]): Promise<string[]> {
  const found = await Promise.all(codes.map((one) => courseByCode(ctx.db, one)));
  const unknown = codes.filter((_, at) => !found[at] || found[at]?.state === 'draft');
  if (unknown.length > 0) throw unknownCourses(unknown.join(', '));
  return [...new Set(found.flatMap((course) => (course ? [course.courseId] : [])))];
}

async function idsOf(ctx: Ctx, codes: string[]): Promise<string[]> {
  const found = await Promise.all(codes.map((one) => courseByCode(ctx.db, one)));
  return found.flatMap((course) => (course ? [course.courseId] : []));
}

/** A page for everybody with nothing on it helps nobody. */
function requireCourses(input: CollectionInput, courseIds: string[]): void {
  if (input.state === 'published' && courseIds.length === 0) throw nothingToShow();
}

function fieldsOf({ titleHi, titleEn, summaryHi, summaryEn, state }: CollectionInput) {
  return {
    titleHi: titleHi || null,
    titleEn: titleEn || null,
    summaryHi: summaryHi || null,
    summaryEn: summaryEn || null,
    state,
  };
}

function stampOf(ctx: Ctx) {
  return { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null };
}

type Told = { code: string; officeId: string | null; courses: number };

function tell(ctx: Ctx, tx: Parameters<typeof audit>[0], told: Told): Promise<void> {
  return audit(tx, ctx, {
    action: 'collection.saved',
    subjectKind: 'collection',
    subjectId: told.code,
    officeId: told.officeId ?? undefined,
    detail: { courses: told.courses },
  });
}

function titleNeeded() {
  const words = {
    hi: 'शीर्षक लिखें: हिन्दी में, अंग्रेज़ी में या दोनों में।',
    en: 'Write a title: in Hindi, in English or in both.',
  };
  return invalid([{ path: 'titleHi', code: 'title_needed', text: words }], words);
}

function unknownCourses(list: string) {
  const words = {
    hi: `ऐसे प्रकाशित कोर्स नहीं मिले: ${list}`,
    en: `There are no such published courses: ${list}`,
  };
  return invalid([{ path: 'courses', code: 'unknown_course', text: words }], words);
}

function nothingToShow() {
  const words = {
    hi: 'पहले कोर्स जोड़ें, फिर प्रकाशित करें।',
    en: 'Add courses first, then publish.',
  };
  return invalid([{ path: 'state', code: 'no_courses', text: words }], words);
}

function tooMany() {
  const words = {
    hi: `एक संग्रह में अधिकतम ${mostCourses} कोर्स हो सकते हैं।`,
    en: `A collection holds ${mostCourses} courses at most.`,
  };
  return invalid([{ path: 'course', code: 'too_many_courses', text: words }], words);
}

function codeTaken(): Refusal {
  const words = { hi: 'यह कोड पहले से है। दूसरा लिखें।', en: 'This code is taken. Write another.' };
  return new Refusal('conflict', words, {
    reason: 'collection_code_taken',
    fields: [{ path: 'code', code: 'collection_code_taken', text: words }],
  });
}
