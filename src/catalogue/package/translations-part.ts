import { z } from 'zod';
import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import { contentLanguages, endonymOf } from '../../kernel/languages.ts';
import { lockedLessonsOf } from '../course-store.ts';
import { imagesIn } from '../markdown.ts';
import { actorId } from '../policy.ts';
import { stampOf } from '../save-course.ts';
import { hashOf, type Made, type MadeByPlace, type Part, targetOf } from '../translation/parts.ts';
import { madeFrom, madeInAll, noteMade, noteWriterOf, openLanguage } from '../translation/store.ts';
import { textOf, unitsOf } from '../translation/translation-desk.ts';
import { withAddresses } from './draft-input.ts';
import { fault, refused } from './faults.ts';
import type { Note, PackagePart, TakenPart } from './parts.ts';
import { withPaths } from './write-document.ts';

const piece = z.strictObject({
  place: z.string().min(1).max(300),
  /** Absent where it stands in the course's own fields, and only its age is told. */
  text: z.string().max(200_000).optional(),
  source: z.string().regex(/^[0-9a-f]{32}$/),
});
type Piece = z.output<typeof piece>;
const shape = z.partialRecord(z.enum(contentLanguages), z.array(piece).max(20_000));
const cuePlace = /^lesson\.(.+)\.cue\.[\w-]{1,40}$/;

/** What was translated beside the course, published or not: with another course it begins as a draft. */
export const translationsPart: PackagePart = {
  name: 'translations',
  async write(ctx, { course, version, details, lessons, files }) {
    const text = await textOf(ctx.db.read, { course, version, lessons });
    const byLanguage = await madeInAll(ctx.db.read, course.courseId);
    const toPackage = (body: string) => withPaths(body, files);
    const entries = [...byLanguage]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([language, made]) => {
        const parts = unitsOf({ ...text, details }, language).flatMap((unit) => unit.parts);
        const pieces = parts.flatMap((part) => pieceOf(part, made, toPackage));
        return pieces.length > 0 && language !== details.language ? [[language, pieces] as const] : [];
      });
    return { value: entries.length > 0 ? Object.fromEntries(entries) : undefined, notes: [] };
  },
  async look(_ctx, value) {
    const counts = Object.entries(parsed(value)).map(
      ([language, pieces]) => `${endonymOf(language)} (${pieces.length})`,
    );
    return counts.length > 0 ? [comesAsDraft(counts.join(', '))] : [];
  },
  async take(tx, ctx, taken) {
    const { courseId, version } = taken;
    const { details } = version;
    if (!details) return;
    const lessons = await lockedLessonsOf(tx, version.courseVersionId);
    const text = { details, lessons, tracks: new Map() };
    for (const [language, pieces] of Object.entries(parsed(taken.value))) {
      if (language === details.language) continue;
      const parts = unitsOf(text, language).flatMap((unit) => unit.parts);
      const codes = new Set(lessons.map((lesson) => lesson.code));
      const rows = rowsOf(pieces, { parts, codes, files: taken.files });
      await keep(tx, ctx, { courseId, language, rows });
    }
  },
};

function pieceOf(part: Part, made: MadeByPlace, toPackage: (body: string) => string): Piece[] {
  const known = made.get(part.place);
  if (!known) return [];
  const isOfNow = known.sourceHash === hashOf(part.source);
  const source = isOfNow ? hashOf(toPackage(part.source)) : known.sourceHash;
  if (known.text && known.text === targetOf(part, made))
    return [{ place: part.place, text: toPackage(known.text), source }];
  const isOldColumn = !isOfNow && known.text === null && known.textHash === hashOf(part.column);
  return isOldColumn ? [{ place: part.place, source }] : [];
}

function parsed(value: unknown): Record<string, Piece[]> {
  const read = shape.safeParse(value);
  if (read.success) return read.data as Record<string, Piece[]>;
  throw refused(
    read.error.issues.map((issue) => fault('bad_field', ['parts.translations', ...issue.path].join('.'))),
  );
}

function comesAsDraft(list: string): Note {
  return {
    code: 'translations',
    text: {
      hi: `अनुवाद भी आएँगे, बिना प्रकाशित हुए (भाषा, कितने अंश): ${list}`,
      en: `Translations come along, unpublished (language, how many pieces): ${list}`,
    },
  };
}

type Here = { parts: Part[]; codes: ReadonlySet<string>; files: TakenPart['files'] };

/** What fits no text of the course is left out, as is a text with pictures that its source does not show. */
function rowsOf(pieces: readonly Piece[], { parts, codes, files }: Here): Made[] {
  const byPlace = new Map(parts.map((part) => [part.place, part]));
  const pathOf = new Map([...files].map(([path, id]) => [id, path]));
  const rows = pieces.flatMap(({ place, text: given, source }): Made[] => {
    const part = byPlace.get(place);
    const lesson = cuePlace.exec(place)?.[1];
    // The cues of a file that came just now are not read yet; their words are the same everywhere.
    if (!part && !(lesson && codes.has(lesson))) return [];
    const text = given === undefined ? null : withAddresses(given, files).trim();
    if (text === '' || (text && part && !showsOnlyOf(part, text))) return [];
    const isOfNow = part && hashOf(inPackage(part.source, pathOf)) === source;
    const column = part?.column ?? '';
    return [
      {
        ...{ place, text, sourceHash: isOfNow ? hashOf(part.source) : source },
        ...{ baseHash: hashOf(column), textHash: hashOf(text ?? column) },
      },
    ];
  });
  return [...new Map(rows.map((row) => [row.place, row])).values()];
}

function showsOnlyOf(part: Part, text: string): boolean {
  const known = new Set(imagesIn(part.source).own);
  return imagesIn(text).own.every((id) => known.has(id));
}

function inPackage(source: string, pathOf: ReadonlyMap<string, string>): string {
  return source.replace(
    /\/media\/([0-9a-f-]{36})/gi,
    (all, id: string) => pathOf.get(id.toLowerCase()) ?? all,
  );
}

type Kept = { courseId: string; language: string; rows: Made[] };

/** In a course that was there already its own translators' texts stay, but for those of a source that is gone. */
async function keep(tx: Tx, ctx: Ctx, { courseId, language, rows }: Kept): Promise<void> {
  const of = { courseId, language };
  const { state } = await openLanguage(tx, of);
  if (state === 'in_review') return;
  const there = await madeFrom(tx, of);
  const wanted = rows.filter((row) => there.get(row.place)?.sourceHash !== row.sourceHash);
  if (wanted.length === 0) return;
  const { now, by } = stampOf(ctx);
  await noteMade(tx, wanted, { ...of, now, by });
  await noteWriterOf(tx, of, actorId(ctx));
}
