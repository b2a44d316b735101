import type { Use } from '../../../kernel/imports/index.ts';

const isLive = 'u.voided_at is null';
const byHand = { column: 'person_id', where: `${isLive} and u.import_id is null` };
const byImport = {
  kind: 'import',
  column: 'person_id',
  where: `${isLive} and u.import_id <> m.import_id`,
  name: 'u.import_id::text',
};

/**
 * Every table that says of a person what somebody did or a later import brought. A new column that names a person
 * gets its line here, or in `undo-sees-all.test.ts` its reason why not; that test walks the whole schema.
 */
export const usesOfAPerson: readonly Use[] = [
  { ...byImport, table: 'posting' },
  { ...byImport, table: 'completion' },
  { ...byImport, table: 'attendance' },
  { ...byImport, table: 'service_event' },
  { ...byHand, kind: 'posting', table: 'posting' },
  { ...byHand, kind: 'completion', table: 'completion' },
  { ...byHand, kind: 'attendance', table: 'attendance' },
  { ...byHand, kind: 'service', table: 'service_event' },

  { kind: 'role', table: 'role_grant', column: 'person_id' },
  {
    kind: 'token',
    table: 'api_token',
    column: 'person_id',
    where: 'u.revoked_at is null or u.last_used_at is not null',
  },
  { kind: 'match', table: 'import_unmatched', column: 'person_id', where: "u.state = 'matched'" },
  { kind: 'request', table: 'registration_request', column: 'person_id' },
  { kind: 'request', table: 'name_request', column: 'person_id' },
  { kind: 'request', table: 'contact_dispute', column: 'person_id' },
  { kind: 'request', table: 'sign_in_request', column: 'person_id' },
  { kind: 'request', table: 'help_request', column: 'person_id' },
  { kind: 'competency', table: 'competency_declaration', column: 'person_id' },
  { kind: 'report', table: 'report', column: 'owner_id', where: 'u.removed_at is null' },

  { kind: 'enrolment', table: 'enrolment', column: 'person_id' },
  { kind: 'enrolment', table: 'shelf_item', column: 'person_id' },
  { kind: 'enrolment', table: 'course_rating', column: 'person_id' },
  { kind: 'enrolment', table: 'extra_attempt', column: 'person_id' },
  { kind: 'enrolment', table: 'extra_time', column: 'person_id' },
  { kind: 'assignment', table: 'course_assignment_person', column: 'person_id' },
  { kind: 'edit', table: 'course_translator', column: 'person_id' },
  { kind: 'certificate', table: 'certificate', column: 'person_id', name: 'u.certificate_no' },
  { kind: 'case', table: 'review_case', column: 'person_id' },

  { kind: 'claim', table: 'claim', column: 'person_id', where: isLive },
  { kind: 'exemption', table: 'exemption', column: 'person_id', where: isLive },
  { kind: 'extension', table: 'extension_request', column: 'person_id', where: isLive },
  { kind: 'statement', table: 'statement', column: 'person_id', name: 'u.statement_no' },
  { kind: 'objection', table: 'objection', column: 'person_id' },
];
