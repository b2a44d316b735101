import type { RawBuilder } from 'kysely';
import { personIdOf } from '../../kernel/context.ts';
import type { Tx } from '../../kernel/db.ts';
import type { ImportRun } from '../../kernel/imports/index.ts';
import { searchDocument } from '../../kernel/text/index.ts';
import { competencyDictionary } from '../competency-hooks.ts';
import * as store from './store.ts';

/** Writes the courses of the file and their new versions; completions keep the minutes frozen on them. */
export async function applyCourses(tx: Tx, run: ImportRun): Promise<void> {
  const owner = run.options.officeId ?? run.scopes.find((scope) => scope !== '*') ?? null;
  await store.writeCourses(tx, run, { person: personIdOf(run.ctx.actor) ?? null, officeId: owner });
  await writeSearchTexts(tx, store.writtenCourses);
}

/** What courses are found by, made anew from what they are now; `ids` is a query of them. */
export async function writeSearchTexts(tx: Tx, ids: RawBuilder<unknown>): Promise<void> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const courses = await store.courseTexts(tx, ids, after);
    const last = courses.at(-1);
    if (!last) return;
    await store.setSearchTexts(
      tx,
      courses.map((course) => course.courseId),
      courses.map(searchTextOf),
    );
    after = last.courseId;
  }
}

function searchTextOf(course: store.CourseText): string {
  const { code, titleHi, titleEn, tags, competencies, provider } = course;
  return searchDocument([
    code,
    titleHi ?? '',
    titleEn ?? '',
    ...tags,
    ...competencyDictionary().names(competencies),
    provider ?? '',
  ]);
}
