import { audit } from '../kernel/audit.ts';
import { type Ctx, personIdOf, requireRole, scopesOf } from '../kernel/context.ts';
import type { Tx } from '../kernel/db.ts';
import { notFound, Refusal } from '../kernel/errors.ts';
import { newId } from '../kernel/ids.ts';
import { officeByCode, officeById } from '../organisations/index.ts';
import {
  type CourseRow,
  existingFiles,
  insertCourse,
  insertVersion,
  type LessonRow,
  lockCourse,
  lockedVersionsOf,
  type NewCourse,
  replaceLessons,
  updateCourseFields,
  updateDraftVersion,
  type VersionRow,
} from './course-store.ts';
import { lessonRows, totalMinutes } from './draft.ts';
import { authorRoles, requireAuthor } from './policy.ts';
import { type CourseInput, localised } from './schema.ts';
import { courseSearchText } from './search-text.ts';

/** Makes a new course as a draft of version 1. Refuses a code that is taken (`conflict`). */
export async function createCourse(
  ctx: Ctx,
  input: CourseInput,
): Promise<{ courseId: string; code: string }> {
  requireRole(ctx, authorRoles);
  const officeId = await ownerOffice(ctx, input.officeCode);
  return ctx.db.transaction(async (tx) => {
    if (await lockCourse(tx, input.code)) throw codeTaken(input.code);
    const courseId = newId();
    await insertCourse(tx, courseFields(ctx, input, { courseId, officeId })).catch(
      refuseDoubleCode(input.code),
    );
    const version: VersionRow = { ...draftVersion(input), courseId, number: 1 };
    await insertVersion(tx, version);
    await saveLessons(tx, version, lessonRows(input, version.courseVersionId));
    await audit(tx, ctx, {
      action: 'course.created',
      subjectKind: 'course',
      subjectId: input.code,
      officeId: officeId ?? undefined,
    });
    return { courseId, code: input.code };
  });
}

/** Saves the whole draft; a published course gets its next version as a draft. */
export async function saveCourseDraft(ctx: Ctx, code: string, input: CourseInput): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course) throw notFound();
    requireAuthor(ctx, course);
    await updateCourseFields(tx, courseFields(ctx, { ...input, code }, course));
    const version = await draftOf(tx, course, input);
    await saveLessons(tx, version, lessonRows(input, version.courseVersionId));
    await audit(tx, ctx, {
      action: 'course.saved',
      subjectKind: 'course',
      subjectId: code,
      detail: { version: version.number },
    });
  });
}

async function draftOf(tx: Tx, course: CourseRow, input: CourseInput): Promise<VersionRow> {
  const versions = await lockedVersionsOf(tx, course.courseId);
  const open = versions.find((version) => version.state === 'draft');
  const next = {
    ...draftVersion(input),
    courseId: course.courseId,
    number: (versions.at(-1)?.number ?? 0) + 1,
  };
  if (!open) {
    await insertVersion(tx, next);
    return next;
  }
  const changed = { ...next, courseVersionId: open.courseVersionId, number: open.number };
  await updateDraftVersion(tx, changed);
  return changed;
}

function draftVersion(input: CourseInput): Omit<VersionRow, 'courseId' | 'number'> {
  const rule = input.completion?.lessons ?? 'all';
  return {
    courseVersionId: newId(),
    state: 'draft',
    durationMinutes: 0,
    completionRule: { lessons: rule },
    sources: input.sources,
  };
}

async function saveLessons(tx: Tx, version: VersionRow, lessons: LessonRow[]): Promise<void> {
  refuseRepeatedCodes(lessons);
  const wanted = lessons.flatMap((lesson) =>
    lesson.contents.flatMap((content) => [content.fileId, content.captionsFileId]),
  );
  const known = await existingFiles(
    tx,
    wanted.filter((id) => id !== null),
  );
  for (const content of lessons.flatMap((lesson) => lesson.contents)) {
    if (content.fileId && !known.has(content.fileId))
      [content.assetReference, content.fileId] = [content.fileId, null];
    if (content.captionsFileId && !known.has(content.captionsFileId)) content.captionsFileId = null;
  }
  await replaceLessons(tx, version.courseVersionId, lessons);
  await updateDraftVersion(tx, { ...version, durationMinutes: totalMinutes(lessons) });
}

function refuseRepeatedCodes(lessons: LessonRow[]): void {
  const codes = lessons.map((lesson) => lesson.code);
  const repeated = codes.find((code, index) => codes.indexOf(code) !== index);
  if (!repeated) return;
  throw new Refusal(
    'invalid',
    { hi: `दो पाठों का कोड एक ही है: ${repeated}`, en: `Two lessons have the same code: ${repeated}` },
    { reason: 'lesson_code_repeats' },
  );
}

/** The office named, or the one of the author's own right; `null` (the whole installation) for the system. */
async function ownerOffice(ctx: Ctx, officeCode: string | undefined): Promise<string | null> {
  const scopes = scopesOf(ctx.actor, authorRoles);
  if (officeCode) {
    const office = await officeByCode(ctx, officeCode);
    if (!office || !(scopes.includes('*') || office.path.some((id) => scopes.includes(id)))) throw notFound();
    return office.officeId;
  }
  const first = scopes.find((scope) => scope !== '*');
  return first ? ((await officeById(ctx, first))?.officeId ?? null) : null;
}

function courseFields(
  ctx: Ctx,
  input: CourseInput,
  at: { courseId: string; officeId: string | null },
): NewCourse {
  const title = localised(input.title, input.language);
  const summary = localised(input.summary, input.language);
  const audience = localised(input.audience, input.language);
  return {
    courseId: at.courseId,
    code: input.code,
    titleHi: title.hi ?? null,
    titleEn: title.en ?? null,
    summaryHi: summary.hi ?? null,
    summaryEn: summary.en ?? null,
    audienceHi: audience.hi ?? null,
    audienceEn: audience.en ?? null,
    provider: input.provider ?? null,
    tags: [...new Set(input.tags)],
    competencies: input.competencies,
    languages: languagesOf(input),
    officeId: at.officeId,
    searchText: courseSearchText(input),
    createdBy: personIdOf(ctx.actor) ?? null,
  };
}

/** The course's own language first, then the other where it has a title and something to read or hear. */
function languagesOf(input: CourseInput): string[] {
  const other = input.language === 'hi' ? 'en' : 'hi';
  const hasOther =
    Boolean(localised(input.title, input.language)[other]) &&
    input.lessons.some((lesson) => Boolean(localised(lesson.title, input.language)[other]));
  return hasOther ? [input.language, other] : [input.language];
}

function codeTaken(code: string): Refusal {
  return new Refusal(
    'conflict',
    { hi: `पाठ्यक्रम कोड ${code} पहले से है।`, en: `The course code ${code} is taken.` },
    { reason: 'course_code_taken' },
  );
}

function refuseDoubleCode(code: string) {
  return (error: unknown): never => {
    if (error instanceof Error && 'code' in error && error.code === '23505') throw codeTaken(code);
    throw error;
  };
}
