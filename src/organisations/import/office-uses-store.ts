import type { Use } from '../../kernel/imports/index.ts';

const isLive = 'u.voided_at is null';
// What a later import voided, its undo gives back.
const mayReturn = `(${isLive} or u.void_reason in ('transferred', 'unlisted', 'corrected by import'))`;
// Whoever reads the list should find the thing: an order has a number, a programme its code.
const numbered = 'u.order_number';

/**
 * Every column in which somebody's act, or a later import, names an office. A new column that names one gets its
 * line here, or in `undo-sees-all.test.ts` its reason why not; that test walks the whole schema.
 */
export const usesOfAnOffice: readonly Use[] = [
  { kind: 'posting', table: 'posting', column: 'office_id', where: mayReturn },
  { kind: 'completion', table: 'completion', column: 'office_id', where: mayReturn },
  { kind: 'role', table: 'role_grant', column: 'office_id' },
  { kind: 'token', table: 'api_token', column: 'office_id', where: 'u.revoked_at is null' },
  { kind: 'edit', table: 'post', column: 'office_id' },
  { kind: 'request', table: 'registration_request', column: 'office_id' },
  { kind: 'request', table: 'help_request', column: 'office_id' },
  { kind: 'request', table: 'help_request', column: 'desk_office_id' },
  { kind: 'case', table: 'review_case', column: 'office_id' },
  { kind: 'rule', table: 'review_rule', column: 'office_id' },
  { kind: 'file', table: 'file', column: 'office_id' },

  { kind: 'course', table: 'course', column: 'office_id', name: 'u.code' },
  { kind: 'collection', table: 'collection', column: 'office_id', name: 'u.code' },
  { kind: 'assignment', table: 'course_assignment', column: 'office_id' },
  { kind: 'competency', table: 'designation_competency', column: 'office_id' },
  { kind: 'bank', table: 'question_bank', column: 'office_id', name: 'u.code' },
  { kind: 'bank', table: 'blueprint', column: 'office_id', name: 'u.code' },
  { kind: 'campaign', table: 'campaign', column: 'office_id', name: 'u.code' },
  { kind: 'template', table: 'certificate_template', column: 'office_id' },
  { kind: 'run', table: 'certificate_batch', column: 'office_id' },

  { kind: 'order', table: 'mandate', column: 'office_id', name: 'u.number' },
  { kind: 'order', table: 'mandate', column: 'entered_at', name: 'u.number' },
  {
    kind: 'order',
    table: 'mandate',
    column: 'rules',
    rows: "select number, jsonb_array_elements_text(rules #> '{scope,offices}') as code from mandate",
    on: 'u.code = m.code',
    name: 'u.number',
  },
  { kind: 'calendar', table: 'appraisal_calendar', column: 'office_id', name: numbered },
  { kind: 'rule', table: 'promotion_rule', column: 'office_id', name: numbered },
  { kind: 'rule', table: 'promotion_rule', column: 'entered_at', name: numbered },
  { kind: 'rule', table: 'curriculum_rule', column: 'office_id', name: numbered },
  { kind: 'rule', table: 'curriculum_rule', column: 'entered_at', name: numbered },
  { kind: 'programme', table: 'programme', column: 'office_id', name: 'u.code' },
  { kind: 'plan', table: 'plan', column: 'office_id' },
  { kind: 'plan', table: 'plan_approval_rule', column: 'office_id' },
  { kind: 'session', table: 'training_session', column: 'office_id', where: isLive, name: 'u.code' },
  { kind: 'statement', table: 'statement', column: 'office_id', name: 'u.statement_no' },
  { kind: 'run', table: 'statement_batch', column: 'office_id' },
  { kind: 'run', table: 'statement_job', column: 'office_id' },

  { kind: 'report', table: 'report', column: 'office_id', where: 'u.removed_at is null' },
  {
    kind: 'report',
    table: 'report',
    column: 'definition',
    on: "u.definition ->> 'office' = m.code",
    where: 'u.removed_at is null',
  },
  { kind: 'run', table: 'report_run', column: 'office_id' },
  { kind: 'review', table: 'review_snapshot', column: 'scope_office_id' },
];
