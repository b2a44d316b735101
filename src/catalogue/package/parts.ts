import type { Ctx } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { Bilingual } from '../../kernel/i18n.ts';
import type { CourseDetails, CourseRow, LessonRow, VersionRow } from '../course-store.ts';
import type { AssetFile } from './store.ts';

/** What a reader of the report should know: nothing that stops the package. */
export type Note = { code: string; text: Bilingual };

export type TakenPart = {
  courseId: string;
  /** The draft that the package became. */
  version: VersionRow;
  /** What became of each path of the package: the id of a file kept here. */
  files: ReadonlyMap<string, string>;
  /** False where the package became the next version of a course that was there. */
  isNewCourse: boolean;
  officeId: string | null;
  /** The codes of blueprints in the lessons, where the part had to give them another. */
  renamed: ReadonlyMap<string, string>;
};

/** What a package says, for its parts to say theirs of it; files by id. */
export type WrittenPart = {
  course: CourseRow;
  version: VersionRow;
  details: CourseDetails;
  lessons: LessonRow[];
  files: ReadonlyMap<string, AssetFile>;
};

/** A part of a package that a feature above the catalogue keeps: prerequisites, the tests of drawn lessons. */
export type PackagePart = {
  name: string;
  /** What goes along with these lessons; undefined where there is nothing. Notes say what stays behind. */
  write(ctx: Ctx, of: WrittenPart): Promise<{ value?: unknown; notes: Note[] }>;
  /** What taking it would do and leave out. Throws a Refusal where its fields are not as they must be. */
  look(ctx: Ctx, value: unknown): Promise<Note[]>;
  /** Names that the lessons must use, where one of the package is taken here by something else. */
  rename?(ctx: Ctx, value: unknown): Promise<Map<string, string>>;
  take(tx: Tx, ctx: Ctx, taken: TakenPart & { value: unknown }): Promise<void>;
};

const parts = new Map<string, PackagePart>();

/** Hooked up by the feature that keeps the part. */
export function addPackagePart(part: PackagePart): void {
  parts.set(part.name, part);
}

export function packageParts(): PackagePart[] {
  return [...parts.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

export function packagePart(name: string): PackagePart | undefined {
  return parts.get(name);
}
