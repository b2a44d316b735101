/**
 * What becomes of each table where the database grows over several machines (Citus). A new table gets its
 * class here; `distribute.test.ts` fails until it has one, and says what each class demands.
 */
export type TableClass = 'person' | 'lookup' | 'reference' | 'local';

export const classWords: Record<TableClass, string> = {
  person:
    'rows of one person: person_id leads the primary key and stands in every unique index; no trigger; foreign keys to reference tables at most',
  lookup:
    'found by one value, whoever it belongs to: that column stands in the primary key and in every unique index',
  reference:
    'offices, courses, orders and other things that all people share, at most some lakhs of rows, read with persons: a copy on every machine',
  local: 'queues, imports, counters, sessions of work, audit: on the coordinator alone',
};

/** Distributed by `person_id`, all together: one person's rows lie on one machine. */
const person = [
  ...['person', 'person_name', 'person_notice', 'posting', 'role_grant', 'service_event'],
  ...['name_request', 'contact_dispute', 'help_request', 'help_message'],
  ...['sign_in_secret', 'sign_in_slip', 'sign_in_request', 'recovery_code', 'known_device'],
  ...[
    'enrolment',
    'engagement',
    'engagement_day',
    'learner_clock',
    'lesson_progress',
    'lesson_presence',
    'completion',
  ],
  ...['quiz_attempt', 'paper', 'paper_answer', 'extra_attempt', 'extra_time', 'attendance', 'claim'],
  ...['course_rating', 'course_translator', 'course_assignment_person', 'shelf_item'],
  ...['review_case', 'review_case_event', 'competency_declaration', 'certificate'],
  ...['exemption', 'extension_request', 'mandate_sheet_standing', 'order_feed'],
  ...['statement', 'statement_event', 'objection'],
  ...['reminder_item', 'reminder_digest', 'reminder_sending', 'campaign_progress'],
  ...['learning_digest', 'person_digest'],
];

/** Distributed by the value by which they are found. */
const lookup: Record<string, string> = {
  person_code: 'code',
  person_contact: 'value',
  certificate_number: 'certificate_no',
  statement_number: 'statement_no',
  session: 'session_digest',
  sign_in_flow: 'flow_digest',
};

const reference = [
  ...['area', 'office', 'office_name', 'designation', 'cadre', 'post'],
  ...['course', 'course_version', 'course_language', 'course_translation', 'published_translation'],
  ...['course_prerequisite', 'course_tag_history', 'course_review', 'course_comment', 'course_writer'],
  ...[
    'lesson',
    'lesson_content',
    'lesson_revision',
    'review_rule',
    'engagement_limit',
    'engagement_slot',
    'training_session',
  ],
  ...['file', 'file_page', 'caption_track'],
  ...['collection', 'collection_course', 'collection_history', 'course_assignment', 'counted_mark'],
  ...['question_bank', 'bank_question', 'bank_question_version', 'blueprint', 'blueprint_version'],
  ...['competency_framework', 'competency', 'designation_competency'],
  ...['certificate_template', 'certificate_picture'],
  ...['mandate', 'reminder_rule', 'appraisal_calendar', 'promotion_rule', 'statement_word'],
  ...['curriculum_rule', 'curriculum_reason', 'programme', 'programme_syllabus', 'syllabus_part'],
  ...['plan', 'plan_version', 'plan_line', 'plan_approval_rule', 'campaign'],
];

const local = [
  // Only to be locked.
  'office_gate',
  // The chain is sealed behind the coordinator's oldest transaction.
  ...['audit_event', 'audit_seal'],
  // Counters and what waits to be counted.
  ...['office_counter', 'counter_delta', 'course_rating_total', 'course_assignment_count'],
  ...['mandate_sheet_counter', 'promotion_tally', 'review_field_cadre'],
  ...['campaign_delta', 'campaign_counter', 'campaign_result'],
  ...['digest_touched', 'digest_state', 'roster_change'],
  // Queues and work under way. Who was touched waits here although each row names a person.
  ...['mandate_build', 'mandate_build_sheet', 'mandate_build_part', 'mandate_build_touched'],
  ...['mandate_touched', 'mandate_recount', 'mandate_scan', 'mandate_sheet_discarded'],
  ...['course_redo', 'course_package', 'file_rendition', 'upload'],
  ...['certificate_batch', 'statement_batch', 'statement_job'],
  ...['report', 'report_run', 'report_run_part'],
  ...['reminder_run', 'reminder_number', 'reminder_bounce', 'local_message'],
  // Imports, and what is derived from them.
  ...['import', 'import_change', 'import_progress', 'import_unmatched'],
  ...['review_roster_read', 'review_roster_reach', 'review_snapshot'],
  // Small, found by several values, and never read together with persons.
  ...['api_token', 'attempt_budget', 'digilocker_request', 'registration_request', 'visitor_help_request'],
  ...['installation_fact', 'migration', 'signing_key'],
];

export type Classified = { table: string; class: TableClass; column?: string };

/** Every table with its class; `column` is the one that spreads its rows. */
export const classified: readonly Classified[] = [
  ...person.map((table) => ({ table, class: 'person' as const, column: 'person_id' })),
  ...Object.entries(lookup).map(([table, column]) => ({ table, class: 'lookup' as const, column })),
  ...reference.map((table) => ({ table, class: 'reference' as const })),
  ...local.map((table) => ({ table, class: 'local' as const })),
];
