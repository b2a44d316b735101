import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { invalid, notFound, Refusal } from '../../kernel/errors.ts';
import { changeDraft } from '../authoring/change-draft.ts';
import {
  type CourseRow,
  lockCourse,
  lockedLessonsOf,
  lockedVersionsOf,
  openVersion,
} from '../course-store.ts';
import { imagesIn } from '../markdown.ts';
import { actorId, mayEdit } from '../policy.ts';
import { stampOf } from '../save-course.ts';
import { writeColumns } from './columns.ts';
import {
  hashOf,
  type Made,
  type MadeByPlace,
  type Part,
  type PartState,
  stateOf,
  targetOf,
} from './parts.ts';
import { forgetMade, madeFrom, noteMade, noteWriterOf, openLanguage } from './store.ts';
import { type TranslatedText, textOf, unitsOf } from './translation-desk.ts';
import { requireTranslator } from './translation-rights.ts';

export type Piece = {
  place: string;
  /** '' takes the translation away. */
  text: string;
  /** The source it was made from, when that is not the source of now: it counts as stale from the start. */
  sourceHash?: string;
  /** The hash of the translation it takes the place of; refused (`stale`) where another stands there by now. */
  replaces?: string;
};
/** `textHash`: of what stands there now, for the next save. */
export type SavedPiece = { place: string; state: PartState; sourceHash: string; textHash: string };

/**
 * Saves translated texts of a course. The other of Hindi and English goes into an open draft itself, where an
 * author writes it; all else stands beside the versions, so that no review and no publication is in its way.
 */
export async function saveTranslation(
  ctx: Ctx,
  at: { code: string; language: string },
  pieces: readonly Piece[],
): Promise<SavedPiece[]> {
  const isColumn = at.language === 'hi' || at.language === 'en';
  const draft = isColumn ? await ownDraft(ctx, at.code) : undefined;
  if (!draft) return ctx.db.transaction((tx) => saveBeside(tx, ctx, { ...at, pieces }));
  let saved: SavedPiece[] = [];
  await changeDraft(ctx, at.code, {
    action: 'course.translated',
    async change(tx, open) {
      const text = await textOf(tx, open);
      const change = await writePieces(tx, ctx, { text, language: at.language, pieces, intoDraft: true });
      saved = change.saved;
      return writeColumns(tx, { ...open, ...change, to: at.language, stamp: stampOf(ctx) });
    },
  });
  return saved;
}

/** Whether an open draft takes what this actor translates; asked again under the lock by `changeDraft`. */
async function ownDraft(ctx: Ctx, code: string): Promise<true | undefined> {
  return ctx.db.transaction(async (tx) => {
    const course = await lockCourse(tx, code);
    if (!course || !mayEdit(ctx, course)) return undefined;
    const versions = await lockedVersionsOf(tx, course.courseId);
    return versions.some((version) => version.state === 'draft') ? true : undefined;
  });
}

type Asked = { code: string; language: string; pieces: readonly Piece[] };

async function saveBeside(tx: Tx, ctx: Ctx, { code, language, pieces }: Asked): Promise<SavedPiece[]> {
  const text = await lockText(tx, code);
  await requireTranslator(ctx, tx, { course: text.course, language });
  if (language === text.details.language) throw ownLanguage();
  const { saved } = await writePieces(tx, ctx, { text, language, pieces, intoDraft: false });
  if (saved.length === 0) return saved;
  await audit(tx, ctx, {
    action: 'course.translated',
    subjectKind: 'course',
    subjectId: code,
    officeId: text.course.officeId ?? undefined,
    detail: { language, parts: saved.length },
  });
  return saved;
}

/** The course locked, with the text that is translated now. */
export async function lockText(tx: Tx, code: string): Promise<TranslatedText> {
  const course = await lockCourse(tx, code);
  if (!course) throw notFound();
  const version = shownVersion(course, await lockedVersionsOf(tx, course.courseId));
  return textOf(tx, { course, version, lessons: await lockedLessonsOf(tx, version.courseVersionId) });
}

function shownVersion(course: CourseRow, versions: Awaited<ReturnType<typeof lockedVersionsOf>>) {
  const current = versions.find((one) => one.courseVersionId === course.currentVersionId);
  const version = openVersion(versions) ?? current ?? versions.at(-1);
  if (!version) throw notFound();
  return version;
}

type Writing = { text: TranslatedText; language: string; pieces: readonly Piece[]; intoDraft: boolean };
export type Written = { given: Part[]; texts: Record<string, string>; saved: SavedPiece[] };

async function writePieces(tx: Tx, ctx: Ctx, writing: Writing): Promise<Written> {
  const { text, language, intoDraft } = writing;
  const of = { courseId: text.course.courseId, language };
  const row = await openLanguage(tx, of);
  if (row.state === 'in_review') throw inReview();
  const made = await madeFrom(tx, of);
  const parts = new Map(unitsOf(text, language).flatMap((unit) => unit.parts.map((one) => [one.place, one])));
  const changes = writing.pieces.map((piece) => {
    const part = parts.get(piece.place);
    if (!part) throw notFound();
    refuseOverwriting(piece, targetOf(part, made));
    refuseForeignImages(piece, part);
    return { piece, part, made: madeOf(piece, part, intoDraft) };
  });
  const gone = changes.filter(({ piece }) => !piece.text.trim()).map(({ part }) => part.place);
  const kept = changes.filter(({ piece }) => piece.text.trim());
  const { now, by } = stampOf(ctx);
  if (gone.length > 0) await forgetMade(tx, gone, of);
  if (kept.length > 0)
    await noteMade(
      tx,
      kept.map((one) => one.made),
      { ...of, now, by },
    );
  if (changes.length > 0) await noteWriterOf(tx, of, actorId(ctx));
  return {
    given: kept.filter(({ made: row }) => row.text === null).map(({ part }) => part),
    texts: Object.fromEntries(kept.map(({ piece }) => [piece.place, piece.text.trim()])),
    saved: changes.map(({ piece, part, made: row }) => ({
      ...{ place: part.place, sourceHash: row.sourceHash },
      textHash: piece.text.trim() ? row.textHash : hashOf(part.column),
      state: savedState(part, piece, row),
    })),
  };
}

/** Captions have no place in the course's own row of a language. */
function madeOf(piece: Piece, part: Part, intoDraft: boolean): Made {
  const text = piece.text.trim();
  return {
    place: part.place,
    text: intoDraft && part.field !== 'cue' ? null : text,
    sourceHash: piece.sourceHash ?? hashOf(part.source),
    baseHash: hashOf(part.column),
    textHash: hashOf(text),
  };
}

function savedState(part: Part, piece: Piece, row: Made): PartState {
  const made: MadeByPlace = piece.text.trim() ? new Map([[row.place, row]]) : new Map();
  return stateOf(row.text === null ? { ...part, column: piece.text } : part, made);
}

function refuseOverwriting(piece: Piece, now: string): void {
  if (piece.replaces === undefined || piece.replaces === hashOf(now) || piece.text.trim() === now.trim())
    return;
  const text = {
    hi: `आपके खोलने के बाद किसी और ने यह अनुवाद बदला है। अभी वहाँ है: “${now.slice(0, 300)}”। देखकर फिर सहेजें।`,
    en: `Somebody changed this translation after you opened it. It now says: “${now.slice(0, 300)}”. Compare, then save.`,
  };
  const path = `text:${piece.place}`;
  throw new Refusal('conflict', text, { reason: 'stale', fields: [{ path, code: 'stale', text }] });
}

/** A picture that the source does not show would be closed to learners, and is another lesson's. */
function refuseForeignImages(piece: Piece, part: Part): void {
  if (part.field !== 'bodyMarkdown') return;
  const known = new Set(imagesIn(part.source).own);
  if (imagesIn(piece.text).own.every((id) => known.has(id))) return;
  const text = {
    hi: 'अनुवाद में वही चित्र रखें जो मूल पाठ में हैं।',
    en: 'Keep to the pictures that stand in the source text.',
  };
  throw invalid([{ path: `text:${piece.place}`, code: 'foreign_image', text }], text);
}

function ownLanguage(): Refusal {
  return new Refusal(
    'conflict',
    { hi: 'यह कोर्स की अपनी भाषा है।', en: 'This is the language the course is written in.' },
    { reason: 'own_language' },
  );
}

function inReview(): Refusal {
  return new Refusal(
    'conflict',
    {
      hi: 'यह अनुवाद जाँच में है। बदलने के लिए पहले उसे वापस लें।',
      en: 'This translation is being checked. Take it back to change it.',
    },
    { reason: 'in_review' },
  );
}
