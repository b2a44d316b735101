import type { Tx } from '../../kernel/db.ts';
import { type Dependent, type ImportRun, laterImports } from '../../kernel/imports/index.ts';
import { writeSearchTexts } from './apply-courses.ts';
import * as store from './undo-store.ts';

/** Completions, enrolments and lessons of a course that the import made; edits and later imports of any it changed. */
export async function courseDependents(tx: Tx, run: ImportRun): Promise<Dependent[]> {
  return [
    ...(await laterImports(tx, run, store.touchedCourses(run))),
    ...(await store.usesOfCourses(tx, run)),
    ...(await store.editsSince(tx, run)),
  ];
}

export async function takeBackCourses(tx: Tx, run: ImportRun): Promise<void> {
  await store.restoreCourses(tx, run);
  await writeSearchTexts(tx, store.touchedCourses(run));
}
