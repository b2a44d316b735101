import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import { showDraftFace } from '../course-face.ts';
import {
  type CourseRow,
  type LessonRow,
  lockCourse,
  lockedLessonsOf,
  lockedVersionsOf,
  updateDraftVersion,
  type VersionRow,
} from '../course-store.ts';
import { totalMinutes } from '../draft.ts';
import { refuseInReview, requireAuthor } from '../policy.ts';
import { stampOf } from '../save-course.ts';
import { keepBeginnings, keepRevisions } from './revisions.ts';
import type { RevisionAction } from './stores/revisions.ts';

export type OpenDraft = { course: CourseRow; version: VersionRow; lessons: LessonRow[] };

/** What an edit changes of the version itself; nothing where it changes only lessons. */
export type VersionChange = Partial<Pick<VersionRow, 'details' | 'completionRule' | 'sources'>>;

export type DraftEdit = {
  /** For the audit: `lesson.saved`. */
  action: string;
  lesson?: string;
  /** How the lessons' new states stand in their history; asked after the change. Default: `saved`. */
  kept?(): RevisionAction;
  change(tx: Tx, draft: OpenDraft): Promise<VersionChange | undefined>;
};

/**
 * The one way to edit a draft: locks the course, asks the policy, lets the edit happen, then brings minutes,
 * languages and search text up to date, keeps the lessons' states and writes who did it, in one transaction. Refuses where no draft is
 * open (`no_draft`): a published version never changes.
 */
export async function changeDraft(ctx: Ctx, code: string, edit: DraftEdit): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    const draft = await lockDraft(tx, ctx, code);
    const stamp = stampOf(ctx);
    const named = draft.lessons.filter((lesson) => lesson.code === edit.lesson);
    await keepBeginnings(tx, named, stamp);
    const change = await edit.change(tx, draft);
    const lessons = await lockedLessonsOf(tx, draft.version.courseVersionId);
    const action = edit.kept?.() ?? 'saved';
    await keepRevisions(tx, { before: draft.lessons, after: lessons, action, stamp });
    const version = {
      ...draft.version,
      ...change,
      revision: draft.version.revision + (change ? 1 : 0),
      durationMinutes: totalMinutes(lessons),
    };
    await updateDraftVersion(tx, version, stamp);
    await showDraftFace(tx, draft.course, { draft: version, lessons });
    await audit(tx, ctx, {
      action: edit.action,
      subjectKind: 'course',
      subjectId: code,
      officeId: draft.course.officeId ?? undefined,
      detail: { version: version.number, ...(edit.lesson ? { lesson: edit.lesson } : {}) },
    });
  });
}

async function lockDraft(tx: Tx, ctx: Ctx, code: string): Promise<OpenDraft> {
  const course = await lockCourse(tx, code);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const versions = await lockedVersionsOf(tx, course.courseId);
  refuseInReview(versions);
  const version = versions.find((one) => one.state === 'draft');
  if (!version) throw noDraft();
  return { course, version, lessons: await lockedLessonsOf(tx, version.courseVersionId) };
}

function noDraft(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'इस कोर्स का कोई प्रारूप खुला नहीं है: वह प्रकाशित हो चुका है। नया संस्करण शुरू करें, फिर सहेजें।',
      en: 'No draft of this course is open: it has been published. Begin a new version, then save.',
    },
    { reason: 'no_draft' },
  );
}

export function lessonIn(draft: OpenDraft, code: string): LessonRow {
  const lesson = draft.lessons.find((one) => one.code === code);
  if (!lesson) throw notFound();
  return lesson;
}

/** Refuses to write over what somebody else saved after this form was opened. */
export function refuseStale(thing: { revision: number }, revision: number): void {
  if (thing.revision !== revision) throw stale();
}

export function stale(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'आपके खोलने के बाद यह बदल गया है। नीचे दोनों पाठ देखें, फिर सहेजें।',
      en: 'This was changed after you opened it. Compare both texts below, then save.',
    },
    { reason: 'stale' },
  );
}
