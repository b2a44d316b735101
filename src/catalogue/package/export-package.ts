import { PassThrough, pipeline, type Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { audit } from '../../kernel/audit.ts';
import type { Ctx } from '../../kernel/context.ts';
import { notFound, Refusal } from '../../kernel/errors.ts';
import type { Storage } from '../../kernel/storage.ts';
import { detailsOfCourse } from '../course-face.ts';
import {
  type CourseRow,
  courseByCode,
  lessonsOf,
  openVersion,
  type VersionRow,
  versionsOf,
} from '../course-store.ts';
import { requireAuthor } from '../policy.ts';
import { type CourseDocument, documentName } from './document.ts';
import { type Note, packageParts, type WrittenPart } from './parts.ts';
import { type AssetFile, assetFiles } from './store.ts';
import { documentOf, fileIdsOf, missingIn } from './write-document.ts';

export type PackedCourse = {
  course: CourseRow;
  document: CourseDocument;
  files: ReadonlyMap<string, AssetFile>;
  /** What stays behind, beside people, marks, ratings and comments, which always do. */
  notes: Note[];
};

/**
 * A version of a course as its package says it: the one named, else the one in the catalogue, else the open draft.
 * For authors of the owning office alone: it holds the answer keys.
 */
export async function packedCourse(
  ctx: Ctx,
  code: string,
  wanted: { version?: number } = {},
): Promise<PackedCourse> {
  const course = await courseByCode(ctx.db, code);
  if (!course) throw notFound();
  requireAuthor(ctx, course);
  const version = versionAmong(course, await versionsOf(ctx.db, course.courseId), wanted.version);
  const lessons = await lessonsOf(ctx.db, version.courseVersionId);
  const files = await assetFiles(
    ctx,
    lessons.flatMap((lesson) => lesson.contents.flatMap(fileIdsOf)),
  );
  const details = detailsAt(course, version);
  const { parts, notes } = await partsOf(ctx, { course, version, details, lessons, files });
  const origin = {
    exportedAt: ctx.clock.now().toISOString(),
    exportedFrom: ctx.config.baseUrl,
    version: version.number,
    state: version.state,
  };
  const document = documentOf({ course, version, details, lessons, files, parts, origin });
  return { course, document, files, notes: [...notes, ...missingNotes(document)] };
}

function versionAmong(course: CourseRow, versions: VersionRow[], wanted: number | undefined): VersionRow {
  const current = versions.find((one) => one.courseVersionId === course.currentVersionId);
  const found =
    wanted === undefined ? (current ?? openVersion(versions)) : versions.find((one) => one.number === wanted);
  if (!found) throw notFound();
  return found;
}

/** A published version without details of its own says what the course says. */
function detailsAt(course: CourseRow, version: VersionRow) {
  return version.details ?? detailsOfCourse(course);
}

async function partsOf(ctx: Ctx, of: WrittenPart) {
  const parts: Record<string, unknown> = {};
  const notes: Note[] = [];
  for (const part of packageParts()) {
    const written = await part.write(ctx, of);
    if (written.value !== undefined) parts[part.name] = written.value;
    notes.push(...written.notes);
  }
  return { parts, notes };
}

function missingNotes(document: CourseDocument): Note[] {
  const count = missingIn(document);
  if (count === 0) return [];
  const text = {
    hi: `पाठों के ${count} पते ऐसी फ़ाइलों के हैं जो कोर्स में नहीं हैं; वे साथ नहीं जाते।`,
    en: `${count} addresses in the texts lead to files that are not in the course; they stay behind.`,
  };
  return [{ code: 'missing_files', text }];
}

export type Package = { name: string; bytes: number; stream: Readable; notes: Note[] };

/** The package as a stream: one file at a time goes through memory, in pieces, whatever the recordings weigh. */
export async function exportCourse(
  ctx: Ctx,
  storage: Storage,
  wanted: { code: string; version?: number },
): Promise<Package> {
  const { course, document, files, notes } = await packedCourse(ctx, wanted.code, wanted);
  await refuseLostFiles(storage, files);
  await ctx.db.transaction((tx) =>
    audit(tx, ctx, {
      action: 'course.exported',
      subjectKind: 'course',
      subjectId: course.code,
      officeId: course.officeId ?? undefined,
      detail: { version: document.origin.version, assets: document.assets.length },
    }),
  );
  const name = `${course.code.replaceAll('/', '_')}-v${document.origin.version}.daksh.zip`;
  return { name, notes, ...(await zipped(document, [...files.values()], storage)) };
}

/** Said before the first byte goes out. */
async function refuseLostFiles(storage: Storage, files: ReadonlyMap<string, AssetFile>): Promise<void> {
  for (const file of files.values()) {
    const bytes = await storage.size(file.storageKey).catch(() => undefined);
    if (bytes === file.bytes) continue;
    throw new Refusal(
      'unavailable',
      {
        hi: `कोर्स की फ़ाइल "${file.name}" भंडार में नहीं मिली। उसे फिर से अपलोड करें।`,
        en: `The file "${file.name}" of the course is not in the store. Upload it again.`,
      },
      { reason: 'file_lost' },
    );
  }
}

// The same course gives the same bytes, whenever it is packed; 1980 is where a zip's clock begins.
const noTime = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };

async function zipped(document: CourseDocument, files: AssetFile[], storage: Storage) {
  const zip = new ZipFile();
  const output = new PassThrough();
  let current: Readable | undefined;
  zip.addBuffer(Buffer.from(`${JSON.stringify(document, null, 2)}\n`), documentName, {
    ...noTime,
    compress: false,
  });
  const byPath = new Map(files.map((file) => [file.path, file]));
  for (const { path, bytes } of document.assets)
    zip.addReadStreamLazy(path, { ...noTime, compress: false, size: bytes }, (take) => {
      storage.open(byPath.get(path)?.storageKey ?? '').then(
        (stream) => {
          current = stream;
          stream.on('error', (error) => output.destroy(error));
          take(null, stream);
        },
        (error: unknown) => output.destroy(error instanceof Error ? error : new Error(String(error))),
      );
    });
  // Who gives up in the middle of a recording leaves no open file behind.
  output.once('close', () => current?.destroy());
  zip.on('error', (error) => output.destroy(error));
  const bytes = await sizeOf(zip);
  pipeline(zip.outputStream as Readable, output, () => undefined);
  return { bytes, stream: output as Readable };
}

/** Nothing is compressed, so that the size is known before: a browser shows how much is still to come. */
function sizeOf(zip: ZipFile): Promise<number> {
  const end = zip.end as (options: object, told: (bytes: number) => void) => void;
  return new Promise((resolve) => end.call(zip, {}, resolve));
}
