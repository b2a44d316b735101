import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound } from '../../kernel/errors.ts';
import type { ContentRow, LessonRow } from '../course-store.ts';
import { knownFiles } from '../known-files.ts';
import { ownImages } from '../lesson-images.ts';
import { floorFault, minimumFault, withTimes } from '../lesson-times.ts';
import { imagesIn, renderMarkdown } from '../markdown.ts';
import { stampOf } from '../save-course.ts';
import { changeDraft, lessonIn, stale } from './change-draft.ts';
import { contentOf, isEmpty } from './contents.ts';
import { type CheckedFile, checkedFiles, type FileChange, withFiles } from './file-slots.ts';
import {
  editOfValues,
  type LessonValues,
  mergeValues,
  valuesOfEdit,
  valuesOfLesson,
} from './lesson-values.ts';
import { keepAside } from './revisions.ts';
import { updateLesson } from './stores/lessons.ts';
import { isChangedByOthers, type RevisionAction, snapshotAt } from './stores/revisions.ts';

export { contentOf } from './contents.ts';

/** null clears; what is absent stays as it is. */
export type LessonTexts = { body?: string | null; transcript?: string | null; altText?: string | null };
export type LessonEdit = {
  revision: number;
  titleHi: string | null;
  titleEn: string | null;
  hi: LessonTexts;
  en: LessonTexts;
  /** null: as estimated from the words. A recording that could be measured lasts what it lasts. */
  durationMinutes: number | null;
  /** null: the default share of the recording or the minutes. */
  minimumSeconds: number | null;
  /** Percent of the recording or PDF that must be seen; null: the default; absent: as it is. */
  seenPercent?: number | null;
  files?: FileChange[];
  /** The values that this edit began from, by field of the form; default: what stood under the stamp. */
  base?: LessonValues;
  /** Saved by the editor while its author writes. */
  isAutomatic?: true;
};

export type LessonPlace = { code: string; lesson: string };
/** What was changed elsewhere meanwhile was taken in: `isMerged`, by others or by oneself in another tab, and the values as they stand now. */
export type SavedLesson = {
  revision: number;
  isMerged: boolean;
  isByOthers: boolean;
  values: LessonValues;
  at: Date;
};

/**
 * Saves one lesson's texts, times and files together; its questions stay. A stale stamp is brought together
 * with what others saved meanwhile; where both changed the same passage it is refused (`stale`) and the text
 * put aside. Refuses a file of another kind and a minimum longer than the recording.
 */
export async function saveLesson(ctx: Ctx, at: LessonPlace, edit: LessonEdit): Promise<SavedLesson> {
  const files = await checkedFiles(ctx, edit.files ?? []);
  try {
    return await saveMerged(ctx, at, { edit, files });
  } catch (error) {
    if (!(error instanceof Collided)) throw error;
    await putAside(ctx, at, error.mine);
    throw stale();
  }
}

async function saveMerged(ctx: Ctx, at: LessonPlace, { edit, files }: Change): Promise<SavedLesson> {
  const outcome: Outcome = { action: edit.isAutomatic ? 'autosaved' : 'saved', isMerged: false };
  await changeDraft(ctx, at.code, {
    action: edit.isAutomatic ? 'lesson.autosaved' : 'lesson.saved',
    lesson: at.lesson,
    kept: () => outcome.action,
    async change(tx, draft) {
      const lesson = lessonIn(draft, at.lesson);
      const merged = await mergedEdit(tx, lesson, edit);
      if (!merged)
        throw new Collided({ ...(await edited(tx, lesson, { ctx, edit, files })), revision: edit.revision });
      outcome.isMerged = merged !== edit;
      const since = { lessonId: lesson.lessonId, revision: edit.revision, by: stampOf(ctx).by };
      if (outcome.isMerged && (await isChangedByOthers(tx, since))) outcome.action = 'merged';
      const saved = await edited(tx, lesson, { ctx, edit: merged, files });
      refuseImpossibleMinimum(saved);
      outcome.saved = saved;
      await updateLesson(tx, saved, stampOf(ctx));
      return undefined;
    },
  });
  const { saved, action, isMerged } = outcome;
  if (!saved) throw notFound();
  const isByOthers = action === 'merged';
  return {
    revision: saved.revision,
    isMerged,
    isByOthers,
    values: valuesOfLesson(saved),
    at: ctx.clock.now(),
  };
}

type Outcome = { action: RevisionAction; isMerged: boolean; saved?: LessonRow };

/** Both authors changed the same passage: `mine` cannot be saved, and must not be lost. */
class Collided extends Error {
  readonly mine: LessonRow;
  constructor(mine: LessonRow) {
    super('collided');
    this.mine = mine;
  }
}

async function putAside(ctx: Ctx, at: LessonPlace, mine: LessonRow): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await keepAside(tx, mine, stampOf(ctx));
    const detail = { lesson: at.lesson };
    await audit(tx, ctx, {
      action: 'lesson.put_aside',
      subjectKind: 'course',
      subjectId: at.code,
      detail,
    });
  });
}

function refuseImpossibleMinimum(lesson: LessonRow): void {
  const tooShort = floorFault(lesson);
  if (tooShort)
    throw invalid([{ path: 'minimumSeconds', code: 'minimum_too_short', text: tooShort }], tooShort);
  const tooLong = minimumFault(lesson);
  if (!tooLong) return;
  throw invalid([{ path: 'minimumSeconds', code: 'minimum_longer_than_recording', text: tooLong }], tooLong);
}

/** The edit with what others saved since it began; nothing where both changed the same. */
async function mergedEdit(tx: Tx, lesson: LessonRow, edit: LessonEdit): Promise<LessonEdit | undefined> {
  if (lesson.revision === edit.revision) return edit;
  const snapshot = edit.base ? undefined : await snapshotAt({ read: tx }, lesson.lessonId, edit.revision);
  const base = edit.base ?? (snapshot ? valuesOfLesson(snapshot) : undefined);
  if (!base) return undefined;
  const { values, collisions } = mergeValues({
    base,
    mine: valuesOfEdit(edit),
    theirs: valuesOfLesson(lesson),
  });
  return collisions.length > 0 ? undefined : editOfValues(edit, values);
}

type Change = { edit: LessonEdit; files: CheckedFile[] };

async function edited(
  tx: Tx,
  lesson: LessonRow,
  { ctx, edit, files }: Change & { ctx: Ctx },
): Promise<LessonRow> {
  const contents = lesson.contents.filter(
    (content) => content.language !== 'hi' && content.language !== 'en',
  );
  for (const language of ['hi', 'en'] as const) {
    const content = withFiles(lesson, contentWith(lesson, language, edit[language]), files);
    if (!isEmpty(content)) contents.push(content);
  }
  const known = await knownFiles(
    ctx,
    tx,
    contents.flatMap((content) => content.imageIds ?? []),
  );
  return withTimes({
    ...lesson,
    titleHi: edit.titleHi,
    titleEn: edit.titleEn,
    givenMinutes: edit.durationMinutes,
    givenMinimumSeconds: edit.minimumSeconds,
    seenShare: edit.seenPercent === undefined ? lesson.seenShare : edit.seenPercent && edit.seenPercent / 100,
    revision: lesson.revision + 1,
    contents: contents.map((content) => ({
      ...content,
      imageIds: ownImages(content.imageIds ?? [], known),
    })),
  });
}

function contentWith(lesson: LessonRow, language: string, texts: LessonTexts): ContentRow {
  const old = contentOf(lesson, language);
  const body = texts.body === undefined ? old.bodyMarkdown : texts.body;
  return {
    ...old,
    bodyMarkdown: body,
    bodyHtml: body ? renderMarkdown(body) : null,
    imageIds: imagesIn(body ?? '').own,
    transcript: texts.transcript === undefined ? old.transcript : texts.transcript,
    altText: texts.altText === undefined ? old.altText : texts.altText,
  };
}
