import { type Ctx, requireRole } from '../../kernel/context.ts';
import { competencyDictionary } from '../competency-hooks.ts';
import { type CourseRow, courseByCode, openVersion, versionsOf } from '../course-store.ts';
import { authorRoles, mayEdit, mayReadDraft } from '../policy.ts';
import { checkAssets } from './check-assets.ts';
import { type CourseDocument, lessonsIn } from './document.ts';
import { languageNotes } from './draft-input.ts';
import { type Archive, openArchive } from './open-archive.ts';
import { type Note, packagePart } from './parts.ts';
import { type ReadDocument, readDocument } from './read-document.ts';
import { takenBefore, takenCodes } from './store.ts';

/** Why the package cannot simply become a new course of its code. */
export type Clash =
  /** The very same package was taken before, and what it became is still there. */
  | { kind: 'same_package'; code: string; version: number; takenAt: Date }
  /** There is a course of this code; `mayAddVersion` where it is the actor's and no draft of it is open. */
  | { kind: 'code_taken'; isOwn: boolean; mayAddVersion: boolean; hasDraft: boolean };

export type PackageReport = {
  document: CourseDocument;
  counts: {
    modules: number;
    lessons: number;
    questions: number;
    assets: number;
    assetBytes: number;
  };
  clash: Clash | null;
  /** A code that is free: the package's own, or one made of it. */
  freeCode: string;
  notes: Note[];
};

/** Reads a package whole and says what would come of it; changes nothing. Refuses what is wrong in itself. */
export async function lookAtPackage(ctx: Ctx, path: string): Promise<PackageReport> {
  requireRole(ctx, authorRoles);
  return withPackage(path, async (_archive, read) => reportOf(ctx, read));
}

/** Opens and checks a package; what it holds is as it was exported when `work` sees it. */
export async function withPackage<T>(
  path: string,
  work: (archive: Archive, read: ReadDocument) => Promise<T>,
): Promise<T> {
  const archive = await openArchive(path);
  try {
    const read = readDocument(await archive.document());
    await checkAssets(archive, read.document);
    return await work(archive, read);
  } finally {
    archive.close();
  }
}

export async function reportOf(ctx: Ctx, { document, hash }: ReadDocument): Promise<PackageReport> {
  const lessons = lessonsIn(document);
  return {
    document,
    counts: {
      modules: document.modules.filter((one) => one.title).length,
      lessons: lessons.length,
      questions: lessons.reduce((sum, lesson) => sum + (lesson.quiz?.questions.length ?? 0), 0),
      assets: document.assets.length,
      assetBytes: document.assets.reduce((sum, asset) => sum + asset.bytes, 0),
    },
    clash: await clashOf(ctx, document.course.code, hash),
    freeCode: await freeCodeFor(ctx, document.course.code),
    notes: await notesOf(ctx, document),
  };
}

async function clashOf(ctx: Ctx, code: string, hash: string): Promise<Clash | null> {
  const before = (await takenBefore(ctx.db.read, hash)).find((one) => mayReadDraft(ctx, one));
  if (before)
    return { kind: 'same_package', code: before.code, version: before.version, takenAt: before.takenAt };
  const course = await courseByCode(ctx.db, code);
  return course ? codeTaken(ctx, course) : null;
}

async function codeTaken(ctx: Ctx, course: CourseRow): Promise<Clash> {
  const isOwn = mayEdit(ctx, course);
  const hasDraft = isOwn && openVersion(await versionsOf(ctx.db, course.courseId)) !== undefined;
  return { kind: 'code_taken', isOwn, hasDraft, mayAddVersion: isOwn && !hasDraft };
}

/** The code itself where it is free, else the first of CODE-2, CODE-3 … */
export async function freeCodeFor(ctx: Pick<Ctx, 'db'>, code: string): Promise<string> {
  const stem = code.slice(0, 58);
  const candidates = [code, ...Array.from({ length: 300 }, (_, at) => `${stem}-${at + 2}`)];
  const taken = await takenCodes(ctx, candidates);
  return candidates.find((one) => !taken.has(one)) ?? code;
}

async function notesOf(ctx: Ctx, document: CourseDocument): Promise<Note[]> {
  const parts = await Promise.all(
    Object.entries(document.parts).map(
      async ([name, value]) => (await packagePart(name)?.look(ctx, value)) ?? [],
    ),
  );
  const { unknown } = await competenciesHere(ctx, document.course.competencies);
  return [...competencyNotes(unknown), ...languageNotes(document), ...parts.flat()];
}

/** A dictionary of another installation may hold other competencies: those not known here are left out, and told. */
export async function competenciesHere(
  ctx: Pick<Ctx, 'db'>,
  words: string[],
): Promise<{ known: string[]; unknown: string[] }> {
  if (words.length === 0) return { known: [], unknown: [] };
  const found = await competencyDictionary().resolve(ctx.db.read, words);
  const known = words.flatMap((word) => found.get(word) ?? []);
  return { known: [...new Set(known)], unknown: words.filter((word) => !found.has(word)) };
}

function competencyNotes(unknown: string[]): Note[] {
  if (unknown.length === 0) return [];
  const list = unknown.join(', ');
  const text = {
    hi: `ये दक्षताएँ यहाँ के कोश में नहीं हैं, छोड़ी जाएँगी: ${list}`,
    en: `These competencies are not in the dictionary here and are left out: ${list}`,
  };
  return [{ code: 'unknown_competencies', text }];
}
