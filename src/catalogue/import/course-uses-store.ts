import type { Use } from '../../kernel/imports/index.ts';

const isLive = 'u.voided_at is null';
// Lists of courses and tests by code stand anywhere in a nested condition.
const named = (path: string) => ({
  rows: `select distinct number, code #>> '{}' as code
    from mandate, jsonb_path_query(rules, '$.condition.**.${path}') as found (code)`,
  on: 'u.code = m.code',
  name: 'u.number',
});
const byImport = { kind: 'import', name: 'u.import_id::text' };
// Whoever reads the list should find the thing: an order by its number, a session by its code.

/**
 * Every column in which somebody's act, or a later import, names a course. A new column that names one gets its
 * line here, or in `undo-sees-all.test.ts` its reason why not; that test walks the whole schema.
 */
export const usesOfACourse: readonly Use[] = [
  { ...byImport, table: 'completion', column: 'course_id', where: `${isLive} and u.import_id is not null` },
  {
    kind: 'completion',
    table: 'completion',
    column: 'course_id',
    where: `${isLive} and u.import_id is null`,
  },
  { kind: 'enrolment', table: 'enrolment', column: 'course_id' },
  { kind: 'certificate', table: 'certificate', column: 'course_id', name: 'u.certificate_no' },
  { kind: 'run', table: 'certificate_batch', column: 'course_id' },
  { kind: 'enrolment', table: 'paper', column: 'course_id' },
  { kind: 'enrolment', table: 'shelf_item', column: 'course_id' },
  { kind: 'enrolment', table: 'course_rating', column: 'course_id' },
  { kind: 'claim', table: 'claim', column: 'course_id', where: isLive },
  { kind: 'session', table: 'training_session', column: 'course_id', where: isLive, name: 'u.code' },
  { ...byImport, table: 'import_unmatched', column: 'course_id' },

  { kind: 'edit', table: 'course_version', column: 'course_id', where: 'u.import_id is null' },
  { kind: 'edit', table: 'course_language', column: 'course_id' },
  { kind: 'edit', table: 'course_translation', column: 'course_id' },
  { kind: 'edit', table: 'published_translation', column: 'course_id' },
  { kind: 'edit', table: 'course_translator', column: 'course_id' },
  { kind: 'edit', table: 'course_package', column: 'course_id' },
  { kind: 'edit', table: 'course_prerequisite', column: 'course_id' },
  { kind: 'edit', table: 'course_prerequisite', column: 'required_course_id' },
  { kind: 'edit', table: 'course_comment', column: 'course_id' },
  { kind: 'edit', table: 'course_review', column: 'course_id' },
  { kind: 'edit', table: 'course_redo', column: 'course_id' },

  { kind: 'collection', table: 'collection_course', column: 'course_id' },
  {
    kind: 'collection',
    table: 'collection_history',
    column: 'course_ids',
    rows: 'select unnest(course_ids) as course_id from collection_history',
    on: 'u.course_id = m.id',
  },
  { kind: 'assignment', table: 'course_assignment', column: 'course_id' },
  { kind: 'programme', table: 'syllabus_part', column: 'course_id' },
  { kind: 'plan', table: 'plan_line', column: 'course_id' },
  { kind: 'order', table: 'mandate', column: 'rules', ...named('of[*]') },
  { kind: 'order', table: 'mandate', column: 'rules', ...named('passed.assessment') },
];

// Of a course that the import made, they are found by the course.
const isOfOlder = `${isLive} and u.course_id not in (select course_id from course where import_id = m.import_id)`;

/** The same for versions, which an import makes of courses that were there as well. */
export const usesOfAVersion: readonly Use[] = [
  {
    ...byImport,
    table: 'completion',
    column: 'course_version_id',
    where: `${isOfOlder} and u.import_id is not null`,
  },
  {
    kind: 'completion',
    table: 'completion',
    column: 'course_version_id',
    where: `${isOfOlder} and u.import_id is null`,
  },
  { kind: 'enrolment', table: 'enrolment', column: 'course_version_id' },
  { kind: 'edit', table: 'lesson', column: 'course_version_id' },
  { kind: 'edit', table: 'lesson_revision', column: 'course_version_id' },
  { kind: 'edit', table: 'course_writer', column: 'course_version_id' },
  { kind: 'edit', table: 'course_review', column: 'course_version_id' },
  { kind: 'edit', table: 'course_package', column: 'course_version_id' },
  { kind: 'edit', table: 'course_redo', column: 'course_version_id' },
];
