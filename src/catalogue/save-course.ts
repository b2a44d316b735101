import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { invalid, notFound, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { officeByCode, officeById } from '../organisations/index.ts';
import { knownCompetencies } from './competency-hooks.ts';
import { detailsOfInput, faceOf, showDraftFace } from './course-face.ts';
import {
  type CourseRow,
  insertCourse,
  insertVersion,
  type LessonRow,
  lockCourse,
  lockedVersionsOf,
  replaceLessons,
  type Stamp,
  updateDraftVersion,
  type VersionRow,
} from './course-store.ts';
import { lessonRows, totalMinutes } from './draft.ts';
import { knownFiles } from './known-files.ts';
import { ownImages } from './lesson-images.ts';
import { minimumFault, withTimes } from './lesson-times.ts';
import { actorId, authorRoles, refuseInReview, requireAuthor } from './policy.ts';
import type { CourseInput } from './schema.ts';

/** Makes a new course as a draft of version 1. Refuses a code that is taken (`conflict`). */
export async function createCourse(
  ctx: Ctx,
  given: CourseInput,
): Promise<{ courseId: string; code: string }> {
  requireRole(ctx, authorRoles);
  const input = { ...given, competencies: await knownCompetencies(ctx, given.competencies) };
  const officeId = await ownerOffice(ctx, input.officeCode);
  return ctx.db.transaction(async (tx) => {
    const made = await insertDraft(tx, ctx, { input, officeId });
    await audit(tx, ctx, {
      action: 'course.created',
      subjectKind: 'course',
      subjectId: input.code,
      officeId: officeId ?? undefined,
    });
    return { courseId: made.courseId, code: input.code };
  });
}

export type MadeDraft = { courseId: string; version: VersionRow };

/** A new course as a draft, within the caller's transaction, who knows its competencies and writes the audit. */
export async function insertDraft(
  tx: Tx,
  ctx: Ctx,
  { input, officeId }: { input: CourseInput; officeId: string | null },
): Promise<MadeDraft> {
  if (await lockCourse(tx, input.code)) throw codeTaken(input.code);
  const course = { courseId: newId(), code: input.code, officeId, createdBy: personIdOf(ctx.actor) ?? null };
  const version = { ...draftVersion(input), courseId: course.courseId, number: 1 };
  const lessons = lessonRows(input, version.courseVersionId);
  const face = faceOf(input.code, detailsOfInput(input), lessons);
  await insertCourse(tx, course, face).catch(refuseDoubleCode(input.code));
  await insertVersion(tx, version, stampOf(ctx));
  await saveLessons(ctx, tx, { version, lessons });
  return { courseId: course.courseId, version };
}

/** Saves the whole draft; a published course gets its next version as a draft, and shows it once published. */
export async function saveCourseDraft(ctx: Ctx, code: string, given: CourseInput): Promise<void> {
  const input = { ...given, competencies: await knownCompetencies(ctx, given.competencies) };
  await ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requireAuthor(ctx, course);
    const { version } = await replaceDraft(tx, ctx, { course, input });
    await audit(tx, ctx, {
      action: 'course.saved',
      subjectKind: 'course',
      subjectId: code,
      officeId: course.officeId ?? undefined,
      detail: { version: version.number },
    });
  });
}

/** Puts this in place of the open draft, or begins the next version; the course is locked by the caller. */
export async function replaceDraft(
  tx: Tx,
  ctx: Ctx,
  { course, input }: { course: CourseRow; input: CourseInput },
): Promise<MadeDraft> {
  const version = await draftOf(tx, course, { input, stamp: stampOf(ctx) });
  const lessons = lessonRows(input, version.courseVersionId);
  await saveLessons(ctx, tx, { version, lessons });
  await showDraftFace(tx, course, { draft: version, lessons });
  return { courseId: course.courseId, version };
}

export function stampOf(ctx: Ctx): Stamp {
  return { now: ctx.clock.now(), by: personIdOf(ctx.actor) ?? null, writer: actorId(ctx) };
}

async function draftOf(
  tx: Tx,
  course: CourseRow,
  { input, stamp }: { input: CourseInput; stamp: Stamp },
): Promise<VersionRow> {
  const versions = await lockedVersionsOf(tx, course.courseId);
  refuseInReview(versions);
  const open = versions.find((version) => version.state === 'draft');
  const next = {
    ...draftVersion(input),
    courseId: course.courseId,
    number: (versions.at(-1)?.number ?? 0) + 1,
  };
  if (open)
    return {
      ...next,
      courseVersionId: open.courseVersionId,
      number: open.number,
      revision: open.revision + 1,
    };
  await insertVersion(tx, next, stamp);
  return next;
}

function draftVersion(input: CourseInput): Omit<VersionRow, 'courseId' | 'number'> {
  return {
    courseVersionId: newId(),
    state: 'draft',
    durationMinutes: 0,
    completionRule: { lessons: input.completion?.lessons ?? 'all' },
    sources: input.sources,
    details: detailsOfInput(input),
    revision: 1,
  };
}

async function saveLessons(
  ctx: Ctx,
  tx: Tx,
  { version, lessons: given }: { version: VersionRow; lessons: LessonRow[] },
): Promise<void> {
  refuseRepeatedCodes(given);
  await keepKnownFiles(ctx, tx, given);
  const lessons = given.map(withTimes);
  refuseLongMinima(lessons);
  await replaceLessons(tx, version.courseVersionId, lessons);
  await updateDraftVersion(tx, { ...version, durationMinutes: totalMinutes(lessons) }, stampOf(ctx));
}

/** What looks like a file's id but is none becomes the name of a file still to come. */
async function keepKnownFiles(ctx: Ctx, tx: Tx, lessons: LessonRow[]): Promise<void> {
  const contents = lessons.flatMap((lesson) => lesson.contents);
  const wanted = contents.flatMap((content) => [
    content.fileId,
    content.captionsFileId,
    ...(content.imageIds ?? []),
  ]);
  const known = await knownFiles(
    ctx,
    tx,
    wanted.filter((id) => id !== null),
  );
  for (const content of contents) {
    if (content.fileId && !known.has(content.fileId))
      [content.assetReference, content.fileId] = [content.fileId, null];
    if (content.captionsFileId && !known.has(content.captionsFileId)) content.captionsFileId = null;
    const file = known.get(content.fileId ?? '');
    content.fileSeconds = file?.seconds ?? null;
    content.filePages = file?.pages ?? null;
    content.imageIds = ownImages(content.imageIds ?? [], known);
  }
}

function refuseLongMinima(lessons: LessonRow[]): void {
  const fields = lessons.flatMap((lesson, index) => {
    const text = minimumFault(lesson);
    return text
      ? [{ path: `lessons.${index}.minimumSeconds`, code: 'minimum_longer_than_recording', text }]
      : [];
  });
  if (fields.length > 0) throw invalid(fields, fields[0]?.text);
}

function refuseRepeatedCodes(lessons: LessonRow[]): void {
  const codes = lessons.map((lesson) => lesson.code);
  const repeated = codes.find((code, index) => codes.indexOf(code) !== index);
  if (!repeated) return;
  const text = {
    hi: `दो पाठों का कोड एक ही है: ${repeated}`,
    en: `Two lessons have the same code: ${repeated}`,
  };
  const path = `lessons.${codes.lastIndexOf(repeated)}.code`;
  throw new Refusal('invalid', text, {
    reason: 'lesson_code_repeats',
    fields: [{ path, code: 'lesson_code_repeats', text }],
  });
}

/** The office named, or the one of the author's own right; `null` (the whole installation) for the system. */
export async function ownerOffice(ctx: Ctx, officeCode: string | undefined): Promise<string | null> {
  const scopes = scopesOf(ctx.actor, authorRoles);
  if (officeCode) {
    const office = await officeByCode(ctx, officeCode);
    if (!office || !(scopes.includes('*') || office.path.some((id) => scopes.includes(id)))) throw notFound();
    return office.officeId;
  }
  const first = scopes.find((scope) => scope !== '*');
  return first ? ((await officeById(ctx, first))?.officeId ?? null) : null;
}

function codeTaken(code: string): Refusal {
  const text = {
    hi: `कोर्स कोड ${code} पहले से है। दूसरा कोड लिखें।`,
    en: `The course code ${code} is taken. Write another.`,
  };
  return new Refusal('conflict', text, {
    reason: 'course_code_taken',
    fields: [{ path: 'code', code: 'course_code_taken', text }],
  });
}

function refuseDoubleCode(code: string) {
  return (error: unknown): never => {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw codeTaken(code);
    throw error;
  };
}
