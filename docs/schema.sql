-- Made from the migrated database by `npm run schema`; do not edit.
-- columns
api_token.token_digest bytea not null
api_token.api_token_id uuid not null
api_token.role text
api_token.office_id uuid
api_token.person_id uuid
api_token.created_at timestamp with time zone not null default now()
api_token.expires_at timestamp with time zone
api_token.revoked_at timestamp with time zone
api_token.name text
api_token.created_by uuid
api_token.last_used_at timestamp with time zone
appraisal_calendar.calendar_id uuid not null
appraisal_calendar.code text not null
appraisal_calendar.year text not null
appraisal_calendar.office_id uuid not null
appraisal_calendar.service_groups text[]
appraisal_calendar.from_on date not null
appraisal_calendar.until_on date not null
appraisal_calendar.cut_off_on date not null
appraisal_calendar.freeze_on date not null
appraisal_calendar.service_on date not null
appraisal_calendar.objection_days integer not null
appraisal_calendar.steps jsonb not null default '[]'::jsonb
appraisal_calendar.order_number text
appraisal_calendar.order_date date
appraisal_calendar.extends_calendar_id uuid
appraisal_calendar.sources jsonb not null default '[]'::jsonb
appraisal_calendar.doubts jsonb not null default '[]'::jsonb
appraisal_calendar.recorded_at timestamp with time zone not null default now()
appraisal_calendar.recorded_by uuid
appraisal_calendar.applied_at timestamp with time zone
appraisal_calendar.moved_count integer not null default 0
area.area_id text not null
area.kind text not null
area.code text not null
area.name_hi text
area.name_en text not null
area.parent_id text
area.census_2011_code text
area.note text
area.node_id uuid not null default (md5(('area '::text || area_id)))::uuid
attempt_budget.budget_key bytea not null
attempt_budget.spent integer not null
attempt_budget.blocked_until timestamp with time zone not null
attempt_budget.last_spent_at timestamp with time zone not null
attendance.person_id uuid not null
attendance.attendance_id uuid not null
attendance.session_id uuid not null
attendance.minutes integer not null
attendance.status text not null
attendance.import_id uuid
attendance.recorded_at timestamp with time zone not null default now()
attendance.recorded_by uuid
attendance.voided_at timestamp with time zone
attendance.void_reason text
audit_event.audit_event_id uuid not null
audit_event.happened_at timestamp with time zone not null
audit_event.recorded_at timestamp with time zone not null default clock_timestamp()
audit_event.actor_kind text not null
audit_event.actor_person_id uuid
audit_event.actor_name text
audit_event.action text not null
audit_event.subject_kind text not null
audit_event.subject_id text not null
audit_event.person_id uuid
audit_event.office_id uuid
audit_event.ip inet
audit_event.request_id text not null
audit_event.detail jsonb not null default '{}'::jsonb
audit_event.written_by xid8 not null default pg_current_xact_id()
audit_seal.seal_number bigint not null
audit_seal.audit_event_id uuid not null
audit_seal.salt bytea
audit_seal.digest bytea not null
audit_seal.link bytea not null
audit_seal.sealed_at timestamp with time zone not null default now()
bank_question.bank_question_id uuid not null
bank_question.question_bank_id uuid not null
bank_question.code text not null
bank_question.kind text not null
bank_question.difficulty smallint not null default 2
bank_question.tags text[] not null default '{}'::text[]
bank_question.revision integer not null default 1
bank_question.stale_language text
bank_question.changed_at timestamp with time zone not null
bank_question.changed_by uuid
bank_question.retired_at timestamp with time zone
bank_question_version.bank_question_id uuid not null
bank_question_version.revision integer not null
bank_question_version.content jsonb not null
bank_question_version.saved_at timestamp with time zone not null
bank_question_version.saved_by uuid
blueprint.blueprint_id uuid not null
blueprint.code text not null
blueprint.title_hi text
blueprint.title_en text
blueprint.office_id uuid
blueprint.revision integer not null default 1
blueprint.created_at timestamp with time zone not null
blueprint.created_by uuid
blueprint.changed_at timestamp with time zone not null
blueprint.changed_by uuid
blueprint.retired_at timestamp with time zone
blueprint_version.blueprint_id uuid not null
blueprint_version.revision integer not null
blueprint_version.rules jsonb not null
blueprint_version.saved_at timestamp with time zone not null
blueprint_version.saved_by uuid
cadre.cadre_id uuid not null
cadre.name text not null
cadre.name_key text not null
cadre.is_field boolean not null default false
cadre.name_en text
campaign.campaign_id uuid not null
campaign.code text not null
campaign.title_hi text not null
campaign.title_en text
campaign.office_id uuid not null
campaign.from_day date not null
campaign.to_day date not null
campaign.target_minutes integer not null
campaign.tags text[] not null default '{}'::text[]
campaign.order_number text
campaign.entered_at timestamp with time zone not null
campaign.entered_by uuid
campaign.entered_by_hi text
campaign.entered_by_en text
campaign.announced_at timestamp with time zone
campaign.cancelled_at timestamp with time zone
campaign.cancel_reason text
campaign.counting_behind text
campaign.counted_at timestamp with time zone
campaign.kept_at timestamp with time zone
campaign_counter.campaign_id uuid not null
campaign_counter.node_id uuid not null
campaign_counter.met integer not null
campaign_delta.campaign_delta_id bigint not null
campaign_delta.campaign_id uuid not null
campaign_delta.nodes uuid[] not null
campaign_delta.met integer not null
campaign_progress.person_id uuid not null
campaign_progress.campaign_id uuid not null
campaign_progress.minutes integer not null
campaign_progress.courses integer not null
campaign_progress.met_on date
campaign_progress.met_office_id uuid
campaign_result.campaign_id uuid not null
campaign_result.office_id uuid not null
campaign_result.people integer not null
campaign_result.completions integer not null
campaign_result.minutes bigint not null
campaign_result.met integer not null
campaign_result.parent_id uuid
campaign_result.is_hidden boolean
caption_track.file_id uuid not null
caption_track.cues jsonb not null
certificate.person_id uuid not null
certificate.certificate_id uuid not null
certificate.completion_id uuid not null
certificate.course_id uuid not null
certificate.certificate_no text not null
certificate.content jsonb not null
certificate.signature text not null
certificate.issued_at timestamp with time zone not null
certificate.replaces_no text
certificate.replaced_by_no text
certificate.replaced_at timestamp with time zone
certificate.replaced_reason text
certificate.revoked_at timestamp with time zone
certificate.revoked_reason text
certificate.revoked_by uuid
certificate.status_index bigint not null
certificate.certificate_template_id uuid
certificate.replaced_class text
certificate_batch.certificate_batch_id uuid not null
certificate_batch.kind text not null
certificate_batch.office_id uuid not null
certificate_batch.course_id uuid
certificate_batch.state text not null default 'waiting'::text
certificate_batch.total integer not null
certificate_batch.done integer not null default 0
certificate_batch.left_out integer not null default 0
certificate_batch.after_person_id uuid
certificate_batch.after_id uuid
certificate_batch.storage_key text
certificate_batch.bytes bigint
certificate_batch.reason text
certificate_batch.created_at timestamp with time zone not null
certificate_batch.created_by uuid not null
certificate_batch.finished_at timestamp with time zone
certificate_batch.failure text
certificate_batch.file_until date
certificate_number.certificate_no text not null
certificate_number.person_id uuid not null
certificate_number.certificate_id uuid not null
certificate_number.status_index bigint not null default nextval('certificate_status_seq'::regclass)
certificate_picture.sha256 text not null
certificate_picture.png bytea not null
certificate_picture.width integer not null
certificate_picture.height integer not null
certificate_picture.created_at timestamp with time zone not null
certificate_template.certificate_template_id uuid not null
certificate_template.office_id uuid not null
certificate_template.state text not null
certificate_template.content jsonb not null
certificate_template.created_at timestamp with time zone not null
certificate_template.created_by uuid
certificate_template.in_force_at timestamp with time zone
certificate_template.ended_at timestamp with time zone
claim.person_id uuid not null
claim.claim_id uuid not null
claim.course_title text not null
claim.provider text
claim.course_id uuid
claim.minutes integer not null default 0
claim.completed_on date not null
claim.certificate_no text
claim.file_id uuid
claim.state text not null default 'asked'::text
claim.decided_by uuid
claim.decided_at timestamp with time zone
claim.decision_reason text
claim.recorded_at timestamp with time zone not null default now()
claim.voided_at timestamp with time zone
claim.voided_by uuid
claim.void_reason text
claim.claimed_topics text[] not null default '{}'::text[]
claim.topics text[]
claim.entered_by uuid
collection.collection_id uuid not null
collection.code text not null
collection.office_id uuid
collection.title_hi text
collection.title_en text
collection.summary_hi text
collection.summary_en text
collection.state text not null default 'draft'::text
collection.changed_at timestamp with time zone not null
collection.changed_by uuid
collection_course.collection_id uuid not null
collection_course.course_id uuid not null
collection_course.ordinal integer not null
collection_history.collection_id uuid not null
collection_history.recorded_at timestamp with time zone not null
collection_history.state text not null
collection_history.course_ids uuid[] not null
competency.competency_id uuid not null
competency.key text not null
competency.framework text not null
competency.kind text not null
competency.name_hi text not null
competency.name_en text not null
competency.sub_themes jsonb not null default '[]'::jsonb
competency.descriptors jsonb not null
competency.ordinal integer not null
competency.revision integer not null default 1
competency.changed_at timestamp with time zone not null default now()
competency.changed_by uuid
competency.retired_at timestamp with time zone
competency_declaration.person_id uuid not null
competency_declaration.competency_declaration_id uuid not null
competency_declaration.competency_id uuid not null
competency_declaration.level smallint not null
competency_declaration.note text not null
competency_declaration.declared_at timestamp with time zone not null
competency_declaration.withdrawn_at timestamp with time zone
competency_declaration.withdrawn_reason text
competency_framework.framework text not null
competency_framework.name_hi text not null
competency_framework.name_en text not null
competency_framework.note_hi text
competency_framework.note_en text
competency_framework.level_names jsonb not null
completion.person_id uuid not null
completion.completion_id uuid not null
completion.course_id uuid not null
completion.course_version_id uuid
completion.completed_day date not null
completion.completed_at timestamp with time zone
completion.source text not null
completion.foreign_certificate_no text
completion.enrolment_id uuid
completion.import_id uuid
completion.minutes integer not null default 0
completion.office_id uuid
completion.area_id text
completion.service_group character(1)
completion.engagement text
completion.recorded_at timestamp with time zone not null default now()
completion.voided_at timestamp with time zone
completion.void_reason text
contact_dispute.person_id uuid not null
contact_dispute.contact_dispute_id uuid not null
contact_dispute.kind text not null
contact_dispute.value text not null
contact_dispute.reported_at timestamp with time zone not null
contact_dispute.decided_at timestamp with time zone
contact_dispute.decided_by uuid
contact_dispute.decision text
counted_mark.kind text not null
counted_mark.subject_id uuid not null
counted_mark.up_to uuid not null
counter_delta.counter_delta_id bigint not null
counter_delta.offices uuid[] not null
counter_delta.day date not null
counter_delta.registered integer not null default 0
counter_delta.onboarded integer not null default 0
counter_delta.signed_in integer not null default 0
counter_delta.completions integer not null default 0
counter_delta.renewals integer not null default 0
counter_delta.digital_minutes bigint not null default 0
counter_delta.classroom_minutes bigint not null default 0
counter_delta.at_least_one integer not null default 0
counter_delta.three_or_more integer not null default 0
counter_delta.begun integer not null default 0
counter_delta.not_on_roster integer not null default 0
counter_delta.former integer not null default 0
counter_delta.activity_completions integer not null default 0
counter_delta.activity_renewals integer not null default 0
counter_delta.activity_minutes bigint not null default 0
counter_delta.ai_reach integer not null default 0
counter_delta.cyber_reach integer not null default 0
course.course_id uuid not null
course.code text not null
course.title_hi text
course.title_en text
course.summary_hi text
course.summary_en text
course.provider text
course.audience_hi text
course.audience_en text
course.tags text[] not null default '{}'::text[]
course.competencies text[] not null default '{}'::text[]
course.languages text[] not null default '{}'::text[]
course.state text not null default 'draft'::text
course.is_playable boolean not null default false
course.office_id uuid
course.current_version_id uuid
course.search_text text not null default ''::text
course.import_id uuid
course.created_at timestamp with time zone not null default now()
course.created_by uuid
course.published_at timestamp with time zone
course.retired_at timestamp with time zone
course.course_no bigint not null
course_assignment.course_assignment_id uuid not null
course_assignment.course_id uuid not null
course_assignment.office_id uuid not null
course_assignment.target text not null
course_assignment.designation_id uuid
course_assignment.cadre_id uuid
course_assignment.service_group character(1)
course_assignment.wish_day date
course_assignment.reason text
course_assignment.made_at timestamp with time zone not null
course_assignment.made_by uuid
course_assignment.withdrawn_at timestamp with time zone
course_assignment.withdrawn_by uuid
course_assignment_count.course_assignment_id uuid not null
course_assignment_count.asked integer
course_assignment_count.done integer
course_assignment_count.begun integer
course_assignment_count.counted_at timestamp with time zone
course_assignment_count.running_after uuid
course_assignment_count.running_asked integer not null default 0
course_assignment_count.running_done integer not null default 0
course_assignment_count.running_begun integer not null default 0
course_assignment_person.person_id uuid not null
course_assignment_person.course_assignment_id uuid not null
course_comment.course_comment_id uuid not null
course_comment.course_id uuid not null
course_comment.version_number integer not null
course_comment.lesson_code text
course_comment.thread_id uuid
course_comment.text text not null
course_comment.written_at timestamp with time zone not null
course_comment.written_by uuid
course_comment.resolved_at timestamp with time zone
course_comment.resolved_by uuid
course_language.course_id uuid not null
course_language.language text not null
course_language.state text not null default 'working'::text
course_language.writers uuid[] not null default '{}'::uuid[]
course_language.sent_at timestamp with time zone
course_language.sent_by uuid
course_language.reason text
course_language.published_at timestamp with time zone
course_language.published_by uuid
course_language.search_text text not null default ''::text
course_package.course_package_id uuid not null
course_package.owner text not null
course_package.name text not null
course_package.document_hash text not null
course_package.created_at timestamp with time zone not null
course_package.expires_at timestamp with time zone
course_package.taken_at timestamp with time zone
course_package.taken_by uuid
course_package.course_id uuid
course_package.course_version_id uuid
course_prerequisite.course_id uuid not null
course_prerequisite.required_course_id uuid not null
course_prerequisite.is_must boolean not null
course_prerequisite.ordinal integer not null
course_rating.person_id uuid not null
course_rating.course_id uuid not null
course_rating.course_rating_id uuid not null
course_rating.stars smallint not null
course_rating.words text
course_rating.rated_at timestamp with time zone not null
course_rating.changed_at timestamp with time zone not null
course_rating.reported_at timestamp with time zone
course_rating.reported_by uuid
course_rating.report_reason text
course_rating.decided_at timestamp with time zone
course_rating.decided_by uuid
course_rating.decision text
course_rating_total.course_id uuid not null
course_rating_total.ratings integer not null
course_rating_total.stars integer not null
course_redo.course_version_id uuid not null
course_redo.course_id uuid not null
course_redo.redo text not null
course_redo.total integer not null
course_redo.done integer not null default 0
course_redo.begun_at timestamp with time zone not null
course_redo.finished_at timestamp with time zone
course_review.course_review_id uuid not null
course_review.course_id uuid not null
course_review.course_version_id uuid not null
course_review.version_number integer not null
course_review.note text
course_review.sent_at timestamp with time zone not null
course_review.sent_by uuid
course_review.state text not null default 'open'::text
course_review.reason text
course_review.decided_at timestamp with time zone
course_review.decided_by uuid
course_tag_history.course_id uuid not null
course_tag_history.recorded_at timestamp with time zone not null
course_tag_history.tags text[] not null
course_translation.course_id uuid not null
course_translation.language text not null
course_translation.place text not null
course_translation.text text
course_translation.source_hash text not null
course_translation.text_hash text not null
course_translation.translated_at timestamp with time zone not null
course_translation.translated_by uuid
course_translation.base_hash text not null default ''::text
course_translator.person_id uuid not null
course_translator.course_translator_id uuid not null
course_translator.course_id uuid not null
course_translator.languages text[] not null
course_translator.until date not null
course_translator.invited_at timestamp with time zone not null
course_translator.invited_by uuid
course_translator.ended_at timestamp with time zone
course_translator.ended_by uuid
course_version.course_version_id uuid not null
course_version.course_id uuid not null
course_version.number integer not null
course_version.state text not null default 'draft'::text
course_version.duration_minutes integer not null default 0
course_version.in_force_from date
course_version.completion_rule jsonb not null default '{"lessons": "all"}'::jsonb
course_version.sources jsonb not null default '[]'::jsonb
course_version.import_id uuid
course_version.created_at timestamp with time zone not null default now()
course_version.published_at timestamp with time zone
course_version.published_by uuid
course_version.details jsonb
course_version.revision integer not null default 1
course_version.changed_at timestamp with time zone
course_version.changed_by uuid
course_version.redo text not null default 'nobody'::text
course_writer.course_version_id uuid not null
course_writer.writer_id uuid not null
curriculum_reason.curriculum_reason_id uuid not null
curriculum_reason.kind text not null
curriculum_reason.subject_id uuid not null
curriculum_reason.reason text not null
curriculum_reason.given_on date not null
curriculum_reason.until_on date not null
curriculum_reason.given_by uuid
curriculum_reason.recorded_at timestamp with time zone not null
curriculum_rule.curriculum_rule_id uuid not null
curriculum_rule.order_number text not null
curriculum_rule.order_date date not null
curriculum_rule.issuer text not null
curriculum_rule.title_hi text
curriculum_rule.title_en text
curriculum_rule.office_id uuid not null
curriculum_rule.kinds text[] not null
curriculum_rule.tags text[] not null
curriculum_rule.minimum_minutes integer not null default 0
curriculum_rule.enforcement text not null
curriculum_rule.stale_after_years smallint
curriculum_rule.valid_from date not null
curriculum_rule.valid_until date
curriculum_rule.end_order_number text
curriculum_rule.recorded_at timestamp with time zone not null default now()
curriculum_rule.recorded_by uuid
curriculum_rule.doubts jsonb not null default '[]'::jsonb
curriculum_rule.entered_at uuid
designation.designation_id uuid not null
designation.name text not null
designation.name_key text not null
designation.name_en text
designation_competency.office_id uuid not null
designation_competency.designation_id uuid not null
designation_competency.competency_id uuid not null
designation_competency.level smallint not null
designation_competency.set_at timestamp with time zone not null
designation_competency.set_by uuid
digest_state.is_only boolean not null default true
digest_state.built_to uuid not null
digest_state.is_whole boolean not null
digest_touched.digest_touched_id bigint not null
digest_touched.person_id uuid not null
digilocker_request.txn text not null
digilocker_request.received_at timestamp with time zone not null
engagement.person_id uuid not null
engagement.engagement_id uuid not null
engagement.enrolment_id uuid not null
engagement.lesson_id uuid not null
engagement.happened_at timestamp with time zone not null
engagement.reported_seconds integer not null
engagement.credited_seconds smallint not null
engagement.slot smallint not null
engagement.position numeric
engagement.segments int4multirange
engagement.seen int4multirange
engagement_day.person_id uuid not null
engagement_day.enrolment_id uuid not null
engagement_day.lesson_id uuid not null
engagement_day.day date not null
engagement_day.reports integer not null
engagement_day.reported_seconds bigint not null
engagement_day.credited_seconds integer not null
engagement_day.first_at timestamp with time zone not null
engagement_day.last_at timestamp with time zone not null
engagement_day.position numeric
engagement_day.seen int4multirange
engagement_limit.starts_on date not null
engagement_limit.excess_seconds integer not null
engagement_limit.times numeric not null
engagement_limit.lapse_days integer not null
engagement_limit.set_by uuid
engagement_limit.set_at timestamp with time zone not null default now()
engagement_slot.slot smallint not null
engagement_slot.state text not null default 'empty'::text
engagement_slot.opened_at timestamp with time zone
engagement_slot.closed_at timestamp with time zone
engagement_slot.after_person_id uuid
engagement_slot.reports bigint not null default 0
engagement_slot.days bigint not null default 0
engagement_slot.thinned_at timestamp with time zone
enrolment.person_id uuid not null
enrolment.enrolment_id uuid not null
enrolment.course_id uuid not null
enrolment.course_version_id uuid not null
enrolment.language text not null default 'hi'::text
enrolment.enrolled_at timestamp with time zone not null
enrolment.enrolled_day date not null
enrolment.last_active_at timestamp with time zone not null
enrolment.lessons_total integer not null default 0
enrolment.lessons_met integer not null default 0
enrolment.current_lesson_id uuid
enrolment.started_at timestamp with time zone
enrolment.completed_at timestamp with time zone
enrolment.withdrawn_at timestamp with time zone
enrolment.withdrawn_day date
enrolment.superseded_at timestamp with time zone
enrolment.redo_of uuid
exemption.person_id uuid not null
exemption.exemption_id uuid not null
exemption.mandate_id uuid not null
exemption.reason_class text not null
exemption.reason text
exemption.order_number text not null
exemption.approved_by uuid
exemption.starts_on date not null
exemption.ends_on date
exemption.recorded_at timestamp with time zone not null default now()
exemption.recorded_by uuid
exemption.voided_at timestamp with time zone
exemption.voided_by uuid
exemption.void_reason text
extension_request.person_id uuid not null
extension_request.extension_request_id uuid not null
extension_request.mandate_id uuid not null
extension_request.asked_until date not null
extension_request.reason text
extension_request.state text not null default 'asked'::text
extension_request.granted_until date
extension_request.decided_by uuid
extension_request.decided_at timestamp with time zone
extension_request.decision_reason text
extension_request.recorded_at timestamp with time zone not null default now()
extension_request.voided_at timestamp with time zone
extension_request.voided_by uuid
extension_request.void_reason text
extra_attempt.person_id uuid not null
extra_attempt.extra_attempt_id uuid not null
extra_attempt.enrolment_id uuid not null
extra_attempt.lesson_code text not null
extra_attempt.reason text not null
extra_attempt.given_at timestamp with time zone not null
extra_attempt.given_by uuid not null
extra_time.person_id uuid not null
extra_time.extra_time_id uuid not null
extra_time.percent smallint not null
extra_time.until_day date
extra_time.set_at timestamp with time zone not null
extra_time.set_by uuid
extra_time.ended_at timestamp with time zone
extra_time.reason text
extra_time.end_reason text
extra_time.ended_by uuid
file.file_id uuid not null
file.storage_key text not null
file.sha256 text not null
file.bytes bigint not null
file.content_type text not null
file.name text not null
file.created_at timestamp with time zone not null default now()
file.created_by uuid
file.office_id uuid
file.duration_seconds numeric
file.examined_at timestamp with time zone
file.licence text
file.page_count integer
file.pages_fault text
file.pages_drawn_at timestamp with time zone
file.renditions_planned_at timestamp with time zone
file_page.file_id uuid not null
file_page.page integer not null
file_page.storage_key text not null
file_page.bytes integer not null
file_rendition.file_id uuid not null
file_rendition.kind text not null
file_rendition.state text not null
file_rendition.progress integer not null default 0
file_rendition.made_file_id uuid
file_rendition.fault text
file_rendition.changed_at timestamp with time zone not null
help_message.person_id uuid not null
help_message.help_message_id uuid not null
help_message.help_request_id uuid not null
help_message.author_person_id uuid not null
help_message.is_from_desk boolean not null
help_message.text text not null
help_message.written_at timestamp with time zone not null
help_request.person_id uuid not null
help_request.help_request_id uuid not null
help_request.office_id uuid
help_request.desk_office_id uuid
help_request.page_path text not null
help_request.course_code text
help_request.language text not null
help_request.state text not null default 'open'::text
help_request.asked_at timestamp with time zone not null
help_request.changed_at timestamp with time zone not null
help_request.closed_at timestamp with time zone
help_request.seen_at timestamp with time zone
import.import_id uuid not null
import.kind text not null
import.state text not null
import.file_name text
import.headings text[] not null default '{}'::text[]
import.has_staging boolean not null default false
import.scope_office_ids uuid[]
import.office_id uuid
import.options jsonb not null default '{}'::jsonb
import.reading jsonb
import.result jsonb
import.samples jsonb
import.problem jsonb
import.created_at timestamp with time zone not null default now()
import.created_by uuid
import.changed_at timestamp with time zone not null default now()
import.import_day date
import.committed_at timestamp with time zone
import.committed_by uuid
import.undone_at timestamp with time zone
import.undone_by uuid
import.asked jsonb
import_change.import_change_id bigint not null
import_change.import_id uuid not null
import_change.thing text not null
import_change.thing_id uuid not null
import_change.person_id uuid
import_change.what text not null
import_change.before jsonb
import_change.after jsonb
import_progress.import_id uuid not null
import_progress.rows_done bigint not null
import_progress.changed_at timestamp with time zone not null default now()
import_unmatched.import_unmatched_id uuid not null
import_unmatched.import_id uuid not null
import_unmatched.line integer not null
import_unmatched.reason text not null
import_unmatched.course_id uuid not null
import_unmatched.completed_day date not null
import_unmatched.completed_at timestamp with time zone
import_unmatched.source text
import_unmatched.certificate_no text
import_unmatched.given jsonb not null
import_unmatched.given_key text not null
import_unmatched.candidate_ids uuid[] not null default '{}'::uuid[]
import_unmatched.scope_office_ids uuid[]
import_unmatched.state text not null default 'open'::text
import_unmatched.person_id uuid
import_unmatched.completion_id uuid
import_unmatched.decided_at timestamp with time zone
import_unmatched.decided_by uuid
import_unmatched.created_at timestamp with time zone not null default now()
installation_fact.name text not null
installation_fact.value jsonb not null
installation_fact.changed_at timestamp with time zone not null default now()
known_device.person_id uuid not null
known_device.device_digest bytea not null
known_device.first_seen_at timestamp with time zone not null
known_device.last_seen_at timestamp with time zone not null
learner_clock.person_id uuid not null
learner_clock.last_report_at timestamp with time zone not null
learner_clock.carried_seconds numeric not null default 0
learner_clock.claimed_on date
learner_clock.claimed_seconds integer not null default 0
learner_clock.excess_seconds integer not null default 0
learner_clock.spent int8multirange
learning_digest.person_id uuid not null
learning_digest.part integer not null
learning_digest.office_id uuid not null
learning_digest.class smallint not null
learning_digest.source text not null
learning_digest.is_renewal boolean not null
learning_digest.days date[] not null
learning_digest.course_nos integer[] not null
learning_digest.minutes integer[] not null
learning_digest.total_minutes integer not null
learning_digest.designation_id uuid
learning_digest.cadre_id uuid
lesson.lesson_id uuid not null
lesson.course_version_id uuid not null
lesson.code text not null
lesson.ordinal integer not null
lesson.kind text not null
lesson.title_hi text
lesson.title_en text
lesson.duration_minutes numeric not null default 0
lesson.minimum_seconds integer not null default 0
lesson.quiz jsonb
lesson.revision integer not null default 1
lesson.changed_at timestamp with time zone
lesson.changed_by uuid
lesson.given_minutes numeric
lesson.given_minimum_seconds integer
lesson.module_hi text
lesson.module_en text
lesson.seen_share numeric
lesson_content.lesson_id uuid not null
lesson_content.language text not null
lesson_content.body_markdown text
lesson_content.body_html text
lesson_content.file_id uuid
lesson_content.captions_file_id uuid
lesson_content.transcript text
lesson_content.alt_text text
lesson_content.asset_reference text
lesson_content.title text
lesson_content.minimum_seconds integer
lesson_content.image_ids uuid[] not null default '{}'::uuid[]
lesson_presence.person_id uuid not null
lesson_presence.lesson_id uuid not null
lesson_presence.seen_at timestamp with time zone not null
lesson_progress.person_id uuid not null
lesson_progress.enrolment_id uuid not null
lesson_progress.lesson_id uuid not null
lesson_progress.opened_at timestamp with time zone not null
lesson_progress.last_report_at timestamp with time zone
lesson_progress.credited_seconds integer not null default 0
lesson_progress.position numeric
lesson_progress.met_at timestamp with time zone
lesson_progress.seen int4multirange
lesson_progress.seen_in text
lesson_progress.seen_seconds numeric
lesson_revision.lesson_revision_id uuid not null
lesson_revision.course_version_id uuid not null
lesson_revision.lesson_id uuid not null
lesson_revision.lesson_code text not null
lesson_revision.revision integer not null
lesson_revision.action text not null
lesson_revision.snapshot jsonb not null
lesson_revision.saved_at timestamp with time zone not null
lesson_revision.saved_by uuid
local_message.local_message_id uuid not null
local_message.channel text not null
local_message.recipient text not null
local_message.subject text not null default ''::text
local_message.body text not null
local_message.made_at timestamp with time zone not null
mandate.mandate_id uuid not null
mandate.number text not null
mandate.kind text not null default 'order'::text
mandate.order_date date not null
mandate.issuer text not null
mandate.title_hi text
mandate.title_en text
mandate.office_id uuid not null
mandate.rules jsonb not null
mandate.rules_digest text not null
mandate.state text not null default 'draft'::text
mandate.amends_mandate_id uuid
mandate.effective_on date
mandate.scan_file_id uuid
mandate.recorded_at timestamp with time zone not null default now()
mandate.recorded_by uuid
mandate.published_at timestamp with time zone
mandate.published_by uuid
mandate.counted_at timestamp with time zone
mandate.lineage uuid[] not null default '{}'::uuid[]
mandate.entered_at uuid
mandate.designation_ids uuid[]
mandate.cadre_ids uuid[]
mandate.sheet_id uuid not null default gen_random_uuid()
mandate.build_id uuid
mandate.extension_held date
mandate.known_at timestamp with time zone
mandate.issuer_en text
mandate.takes_back_id uuid
mandate_build.build_id uuid not null
mandate_build.mandate_id uuid
mandate_build.asked_at timestamp with time zone not null
mandate_build.asked_by uuid
mandate_build.planned_at timestamp with time zone
mandate_build.finished_at timestamp with time zone
mandate_build.failure text
mandate_build.attempts integer not null default 0
mandate_build.failed_at timestamp with time zone
mandate_build.not_before timestamp with time zone
mandate_build_part.sheet_id uuid not null
mandate_build_part.part integer not null
mandate_build_part.after_id uuid
mandate_build_part.until_id uuid
mandate_build_part.persons integer not null
mandate_build_part.done_at timestamp with time zone
mandate_build_sheet.build_id uuid not null
mandate_build_sheet.mandate_id uuid not null
mandate_build_sheet.sheet_id uuid not null
mandate_build_sheet.counted_at timestamp with time zone
mandate_build_touched.person_id uuid not null
mandate_build_touched.touch_id bigint not null
mandate_build_touched.build_id uuid not null
mandate_recount.mandate_recount_id bigint not null
mandate_recount.mandate_id uuid
mandate_recount.reason text not null
mandate_recount.recorded_at timestamp with time zone not null default now()
mandate_scan.mandate_scan_id uuid not null
mandate_scan.mandate_id uuid not null
mandate_scan.storage_key text not null
mandate_scan.bytes bigint not null
mandate_scan.recorded_at timestamp with time zone not null default now()
mandate_scan.content_type text not null default 'application/pdf'::text
mandate_sheet_counter.sheet_id uuid not null
mandate_sheet_counter.office_id uuid not null
mandate_sheet_counter.day date not null
mandate_sheet_counter.met bigint not null default 0
mandate_sheet_counter.met_late bigint not null default 0
mandate_sheet_counter.open bigint not null default 0
mandate_sheet_counter.overdue bigint not null default 0
mandate_sheet_counter.exempt bigint not null default 0
mandate_sheet_discarded.sheet_id uuid not null
mandate_sheet_discarded.discarded_at timestamp with time zone not null
mandate_sheet_standing.person_id uuid not null
mandate_sheet_standing.sheet_id uuid not null
mandate_sheet_standing.office_ids uuid[] not null
mandate_sheet_standing.bound_days datemultirange[] not null
mandate_sheet_standing.reached_on date
mandate_sheet_standing.due_on date
mandate_sheet_standing.overdue_from date
mandate_sheet_standing.exempt_days datemultirange not null default '{}'::datemultirange
mandate_sheet_standing.first_day date
mandate_sheet_standing.last_day date
mandate_sheet_standing.in_days integer
mandate_touched.person_id uuid not null
mandate_touched.touch_id bigint not null
migration.name text not null
migration.digest text not null
migration.applied_at timestamp with time zone not null default now()
name_request.person_id uuid not null
name_request.name_request_id uuid not null
name_request.name_hi text
name_request.name_en text
name_request.reason text not null
name_request.requested_at timestamp with time zone not null
name_request.state text not null default 'open'::text
name_request.decided_at timestamp with time zone
name_request.decided_by uuid
name_request.decision_reason text
objection.person_id uuid not null
objection.objection_id uuid not null
objection.statement_id uuid not null
objection.items jsonb not null default '[]'::jsonb
objection.body text not null
objection.raised_by uuid
objection.is_by_helper boolean not null default false
objection.raised_at timestamp with time zone not null
objection.state text not null default 'open'::text
objection.decision text
objection.decided_by uuid
objection.decided_at timestamp with time zone
objection.corrected_no text
objection.order_number text
office.office_id uuid not null
office.code text not null
office.name_hi text not null
office.name_en text
office.parent_id uuid
office.kind text
office.area_code text
office.area_id text
office.strength integer
office.valid_from date
office.valid_until date
office.path uuid[] not null
office.search_text text not null default ''::text
office.created_at timestamp with time zone not null default now()
office.changed_at timestamp with time zone not null default now()
office.import_id uuid
office.nodes uuid[] not null default '{}'::uuid[]
office.class_nodes uuid[] not null default '{}'::uuid[]
office_counter.office_id uuid not null
office_counter.grain character(1) not null
office_counter.day date not null
office_counter.registered integer not null default 0
office_counter.onboarded integer not null default 0
office_counter.signed_in integer not null default 0
office_counter.completions integer not null default 0
office_counter.renewals integer not null default 0
office_counter.digital_minutes bigint not null default 0
office_counter.classroom_minutes bigint not null default 0
office_counter.at_least_one integer not null default 0
office_counter.three_or_more integer not null default 0
office_counter.begun integer not null default 0
office_counter.not_on_roster integer not null default 0
office_counter.former integer not null default 0
office_counter.activity_completions integer not null default 0
office_counter.activity_renewals integer not null default 0
office_counter.activity_minutes bigint not null default 0
office_counter.ai_reach integer not null default 0
office_counter.cyber_reach integer not null default 0
office_gate.office_id uuid not null
office_name.office_name_id uuid not null
office_name.office_id uuid not null
office_name.name_hi text not null
office_name.name_en text
office_name.starts_on date not null
office_name.recorded_at timestamp with time zone not null default now()
order_feed.person_id uuid not null
order_feed.order_feed_id uuid not null
order_feed.secret_hash bytea not null
order_feed.made_at timestamp with time zone not null default now()
order_feed.ended_at timestamp with time zone
paper.person_id uuid not null
paper.paper_id uuid not null
paper.course_id uuid not null
paper.enrolment_id uuid not null
paper.lesson_id uuid not null
paper.blueprint_id uuid not null
paper.blueprint_revision integer not null
paper.number integer not null
paper.seed text not null
paper.language text not null default 'hi'::text
paper.questions jsonb not null
paper.started_at timestamp with time zone not null
paper.due_at timestamp with time zone
paper.extra_percent smallint not null default 0
paper.submitted_at timestamp with time zone
paper.submitted_by text
paper.waits_for_marker boolean not null default false
paper.score numeric
paper.max_score numeric
paper.is_passed boolean
paper.sections jsonb
paper_answer.person_id uuid not null
paper_answer.paper_id uuid not null
paper_answer.place smallint not null
paper_answer.bank_question_id uuid not null
paper_answer.revision integer not null
paper_answer.answer jsonb
paper_answer.saved_at timestamp with time zone not null
paper_answer.share numeric
paper_answer.points numeric
paper_answer.mark_state text
paper_answer.criteria jsonb
paper_answer.mark_note text
paper_answer.marked_at timestamp with time zone
paper_answer.marked_by uuid
person.person_id uuid not null
person.issuer text not null default 'EHRMS'::text
person.employee_code text
person.name_hi text
person.name_en text
person.mobile text
person.email text
person.language text not null default 'hi'::text
person.joined_on date
person.retires_on date
person.controlling_officer_code text
person.account_day date
person.account_source text
person.registered_on date
person.signed_in_day date
person.last_signed_in_at timestamp with time zone
person.notice_accepted_at timestamp with time zone
person.merged_into uuid
person.import_id uuid
person.created_at timestamp with time zone not null default now()
person.changed_at timestamp with time zone not null default now()
person.voided_at timestamp with time zone
person.search_text text not null default ''::text
person.search_of bigint not null default 0
person.notice_version text
person_code.code text not null
person_code.issuer text not null
person_code.person_id uuid not null
person_contact.value text not null
person_contact.kind text not null
person_contact.person_id uuid not null
person_digest.person_id uuid not null
person_digest.office_id uuid
person_digest.office_ids uuid[]
person_digest.class smallint not null
person_digest.is_registered boolean not null
person_digest.has_signed_in boolean not null
person_digest.has_begun boolean not null
person_digest.has_ai boolean not null
person_digest.has_cyber boolean not null
person_digest.designation_id uuid
person_digest.cadre_id uuid
person_digest.completions integer not null
person_digest.renewals integer not null
person_digest.minutes bigint not null
person_digest.classroom_minutes bigint not null
person_digest.valid_from date not null
person_digest.valid_until date not null
person_name.person_id uuid not null
person_name.person_name_id uuid not null
person_name.name_hi text
person_name.name_en text
person_name.starts_on date not null
person_name.reason text not null
person_name.recorded_at timestamp with time zone not null default now()
person_notice.person_id uuid not null
person_notice.person_notice_id uuid not null
person_notice.kind text not null
person_notice.detail jsonb not null default '{}'::jsonb
person_notice.href text not null
person_notice.made_at timestamp with time zone not null
person_notice.seen_at timestamp with time zone
plan.plan_id uuid not null
plan.office_id uuid not null
plan.year text not null
plan.recorded_at timestamp with time zone not null default now()
plan_approval_rule.office_id uuid not null
plan_approval_rule.wants_second_person boolean not null
plan_approval_rule.set_at timestamp with time zone not null
plan_approval_rule.set_by uuid
plan_line.plan_version_id uuid not null
plan_line.ordinal integer not null
plan_line.designation_id uuid
plan_line.course_id uuid
plan_line.programme_id uuid
plan_line.owner text not null
plan_line.quarter smallint not null
plan_line.headcount integer not null
plan_line.owner_en text
plan_version.plan_version_id uuid not null
plan_version.plan_id uuid not null
plan_version.version integer not null
plan_version.state text not null default 'draft'::text
plan_version.amendment_reason text
plan_version.writers uuid[] not null default '{}'::uuid[]
plan_version.recorded_at timestamp with time zone not null default now()
plan_version.approved_on date
plan_version.approved_by uuid
post.post_id uuid not null
post.office_id uuid not null
post.designation_id uuid not null
post.service_group character(1)
post.sanctioned integer not null
posting.person_id uuid not null
posting.posting_id uuid not null
posting.office_id uuid not null
posting.designation_id uuid
posting.cadre_id uuid
posting.service_group character(1)
posting.engagement text
posting.kind text not null default 'regular'::text
posting.is_primary boolean not null default false
posting.starts_on date not null
posting.ends_on date
posting.end_reason text
posting.import_id uuid
posting.recorded_at timestamp with time zone not null default now()
posting.changed_at timestamp with time zone not null default now()
posting.voided_at timestamp with time zone
posting.void_reason text
programme.programme_id uuid not null
programme.code text not null
programme.office_id uuid not null
programme.title_hi text
programme.title_en text
programme.closed_on date
programme.import_id uuid
programme.recorded_at timestamp with time zone not null default now()
programme.recorded_by uuid
programme_syllabus.programme_syllabus_id uuid not null
programme_syllabus.programme_id uuid not null
programme_syllabus.version integer not null
programme_syllabus.state text not null default 'draft'::text
programme_syllabus.revised_on date not null
programme_syllabus.is_induction boolean not null default false
programme_syllabus.published_on date
programme_syllabus.published_by uuid
programme_syllabus.import_id uuid
programme_syllabus.recorded_at timestamp with time zone not null default now()
programme_syllabus.recorded_by uuid
promotion_rule.promotion_rule_id uuid not null
promotion_rule.order_number text not null
promotion_rule.order_date date not null
promotion_rule.title_hi text
promotion_rule.title_en text
promotion_rule.office_id uuid not null
promotion_rule.rules jsonb not null
promotion_rule.starts_on date not null
promotion_rule.ends_on date
promotion_rule.replaces_rule_id uuid
promotion_rule.end_order_number text
promotion_rule.recorded_at timestamp with time zone not null default now()
promotion_rule.recorded_by uuid
promotion_rule.entered_at uuid
promotion_rule.cadre_ids uuid[]
promotion_rule.designation_ids uuid[]
promotion_tally.promotion_rule_id uuid not null
promotion_tally.office_id uuid not null
promotion_tally.as_of date not null
promotion_tally.state text not null default 'waiting'::text
promotion_tally.after_person_id uuid
promotion_tally.met integer not null default 0
promotion_tally.open integer not null default 0
promotion_tally.exempt integer not null default 0
promotion_tally.disputed integer not null default 0
promotion_tally.asked_at timestamp with time zone not null
promotion_tally.counted_at timestamp with time zone
published_translation.course_id uuid not null
published_translation.language text not null
published_translation.place text not null
published_translation.source_hash text not null
published_translation.base_hash text not null
published_translation.text text not null
published_translation.html text
published_translation.cue_of text
published_translation.published_at timestamp with time zone not null
question_bank.question_bank_id uuid not null
question_bank.code text not null
question_bank.title_hi text
question_bank.title_en text
question_bank.office_id uuid
question_bank.revision integer not null default 1
question_bank.created_at timestamp with time zone not null
question_bank.created_by uuid
question_bank.retired_at timestamp with time zone
quiz_attempt.person_id uuid not null
quiz_attempt.quiz_attempt_id uuid not null
quiz_attempt.enrolment_id uuid not null
quiz_attempt.lesson_id uuid not null
quiz_attempt.number integer not null
quiz_attempt.answers jsonb not null
quiz_attempt.score numeric not null
quiz_attempt.max_score numeric not null
quiz_attempt.is_passed boolean not null
quiz_attempt.submitted_at timestamp with time zone not null
recovery_code.person_id uuid not null
recovery_code.recovery_code_id uuid not null
recovery_code.code_digest bytea not null
recovery_code.made_at timestamp with time zone not null
recovery_code.used_at timestamp with time zone
registration_request.registration_request_id uuid not null
registration_request.name_hi text
registration_request.name_en text
registration_request.issuer text not null default 'EHRMS'::text
registration_request.employee_code text not null
registration_request.mobile text not null
registration_request.office_id uuid not null
registration_request.designation text
registration_request.service_group character(1)
registration_request.engagement text
registration_request.joined_on date
registration_request.language text not null default 'hi'::text
registration_request.requested_at timestamp with time zone not null
registration_request.state text not null default 'open'::text
registration_request.decided_at timestamp with time zone
registration_request.decided_by uuid
registration_request.decision_reason text
registration_request.person_id uuid
reminder_bounce.address text not null
reminder_bounce.channel text not null
reminder_bounce.reason text
reminder_bounce.source text not null
reminder_bounce.recorded_at timestamp with time zone not null
reminder_bounce.message_at timestamp with time zone
reminder_digest.person_id uuid not null
reminder_digest.reminder_digest_id uuid not null
reminder_digest.day date not null
reminder_digest.made_at timestamp with time zone not null
reminder_digest.seen_at timestamp with time zone
reminder_item.person_id uuid not null
reminder_item.mandate_id uuid not null
reminder_item.due_on date not null
reminder_item.days_before integer not null
reminder_item.audience text not null
reminder_item.recipient_id uuid not null
reminder_item.office_id uuid not null
reminder_item.day date not null
reminder_item.reminder_digest_id uuid
reminder_number.number text not null
reminder_number.day date not null
reminder_number.reminder_sending_id uuid not null
reminder_rule.mandate_id uuid not null
reminder_rule.state text not null default 'off'::text
reminder_rule.person_days integer[] not null
reminder_rule.officer_days integer[] not null
reminder_rule.channels text[] not null
reminder_rule.since date
reminder_rule.changed_at timestamp with time zone not null
reminder_rule.changed_by uuid
reminder_run.mandate_id uuid not null
reminder_run.day date not null
reminder_run.after_person_id uuid
reminder_run.found bigint not null default 0
reminder_run.finished_at timestamp with time zone
reminder_sending.person_id uuid not null
reminder_sending.reminder_digest_id uuid not null
reminder_sending.channel text not null
reminder_sending.reminder_sending_id uuid not null
reminder_sending.day date not null
reminder_sending.state text not null
reminder_sending.reason text
reminder_sending.attempts integer not null default 0
reminder_sending.retry_at timestamp with time zone
reminder_sending.claimed_at timestamp with time zone
reminder_sending.settled_at timestamp with time zone
reminder_sending.address text
reminder_sending.carried_by uuid
report.report_id uuid not null
report.owner_id uuid not null
report.office_id uuid not null
report.name text not null
report.definition jsonb not null
report.is_shared boolean not null default false
report.schedule text not null default 'none'::text
report.next_on date
report.format text not null default 'xlsx'::text
report.language text not null default 'hi'::text
report.is_mailed boolean not null default false
report.pause_reason text
report.created_at timestamp with time zone not null
report.changed_at timestamp with time zone not null
report.removed_at timestamp with time zone
report_run.run_id uuid not null
report_run.report_id uuid
report_run.created_by uuid not null
report_run.office_id uuid not null
report_run.name text not null
report_run.definition jsonb not null
report_run.as_of date not null
report_run.format text not null
report_run.language text not null
report_run.state text not null default 'waiting'::text
report_run.parts integer
report_run.parts_done integer not null default 0
report_run.rows bigint not null default 0
report_run.bytes bigint
report_run.storage_key text
report_run.file_until date
report_run.failure text
report_run.created_at timestamp with time zone not null
report_run.finished_at timestamp with time zone
report_run.scheduled_on date
report_run_part.run_id uuid not null
report_run_part.part integer not null
report_run_part.after_id uuid
report_run_part.until_id uuid
report_run_part.posted_below uuid
report_run_part.rows integer
report_run_part.storage_key text
report_run_part.done_at timestamp with time zone
review_case.person_id uuid not null
review_case.review_case_id uuid not null
review_case.day date not null
review_case.office_id uuid
review_case.enrolment_id uuid
review_case.lesson_id uuid
review_case.claimed_seconds integer not null
review_case.excess_seconds integer not null
review_case.opened_at timestamp with time zone not null
review_case.lapses_on date not null
review_case.state text not null default 'open'::text
review_case.answer text
review_case.answered_at timestamp with time zone
review_case.reason text
review_case.decided_by uuid
review_case.decided_at timestamp with time zone
review_case.seen_at timestamp with time zone
review_case.controlling_code text
review_case_event.person_id uuid not null
review_case_event.review_case_event_id uuid not null
review_case_event.review_case_id uuid not null
review_case_event.kind text not null
review_case_event.text text
review_case_event.actor_person_id uuid
review_case_event.happened_at timestamp with time zone not null
review_field_cadre.node_id uuid not null
review_field_cadre.cadre_id uuid not null
review_field_cadre.registered bigint not null
review_field_cadre.signed_in bigint not null
review_field_cadre.at_least_one bigint not null
review_field_cadre.three_or_more bigint not null
review_field_cadre.completions bigint not null
review_field_cadre.renewals bigint not null
review_field_cadre.digital_minutes bigint not null
review_field_cadre.ai_reach bigint not null
review_field_cadre.cyber_reach bigint not null
review_field_cadre.begun bigint not null
review_field_cadre.counted_at timestamp with time zone not null
review_field_cadre.classroom_minutes bigint not null default 0
review_roster_reach.import_id uuid not null
review_roster_reach.office_id uuid not null
review_roster_read.import_id uuid not null
review_rule.office_id uuid not null
review_rule.wants_second_person boolean not null
review_rule.set_by uuid
review_rule.set_at timestamp with time zone not null
review_snapshot.review_snapshot_id uuid not null
review_snapshot.node text not null
review_snapshot.place_code text not null
review_snapshot.scope_office_id uuid not null
review_snapshot.as_of date not null
review_snapshot.compare_on date
review_snapshot.note text
review_snapshot.content text not null
review_snapshot.digest bytea not null
review_snapshot.published_at timestamp with time zone not null
review_snapshot.published_by uuid
review_snapshot.publisher_hi text
review_snapshot.publisher_en text
role_grant.person_id uuid not null
role_grant.role_grant_id uuid not null
role_grant.role text not null
role_grant.office_id uuid not null
role_grant.posting_id uuid
role_grant.is_link boolean not null default false
role_grant.may_see_names boolean not null default false
role_grant.starts_on date not null
role_grant.ends_on date
role_grant.granted_by uuid
role_grant.recorded_at timestamp with time zone not null default now()
role_grant.ended_at timestamp with time zone
roster_change.written_by xid8 not null default pg_current_xact_id()
roster_change.written_at timestamp with time zone not null default now()
service_event.person_id uuid not null
service_event.service_event_id uuid not null
service_event.kind text not null
service_event.starts_on date not null
service_event.ends_on date
service_event.order_number text
service_event.reason text
service_event.import_id uuid
service_event.recorded_at timestamp with time zone not null default now()
service_event.recorded_by uuid
service_event.voided_at timestamp with time zone
service_event.voided_by uuid
service_event.void_reason text
session.session_digest bytea not null
session.session_id uuid not null
session.person_id uuid not null
session.method text not null
session.device text not null
session.idle_minutes integer not null
session.created_at timestamp with time zone not null
session.last_seen_at timestamp with time zone not null
session.expires_at timestamp with time zone not null
session.second_factor_at timestamp with time zone
session.ended_at timestamp with time zone
session.end_reason text
shelf_item.person_id uuid not null
shelf_item.course_id uuid not null
shelf_item.kept_at timestamp with time zone not null
sign_in_flow.flow_digest bytea not null
sign_in_flow.purpose text not null
sign_in_flow.candidate_ids uuid[] not null
sign_in_flow.contact_kind text
sign_in_flow.contact_value text
sign_in_flow.contact_is_shared boolean not null default false
sign_in_flow.code_digest bytea
sign_in_flow.code_expires_at timestamp with time zone
sign_in_flow.tries_left smallint not null default 5
sign_in_flow.verified_at timestamp with time zone
sign_in_flow.person_id uuid
sign_in_flow.identity_checked_at timestamp with time zone
sign_in_flow.sign_in_slip_id uuid
sign_in_flow.return_path text
sign_in_flow.created_at timestamp with time zone not null
sign_in_flow.expires_at timestamp with time zone not null
sign_in_flow.consumed_at timestamp with time zone
sign_in_request.person_id uuid not null
sign_in_request.sign_in_request_id uuid not null
sign_in_request.new_mobile text not null
sign_in_request.asked_at timestamp with time zone not null
sign_in_request.decided_at timestamp with time zone
sign_in_request.decided_by uuid
sign_in_request.decision text
sign_in_request.note text
sign_in_secret.person_id uuid not null
sign_in_secret.password_hash text
sign_in_secret.password_set_at timestamp with time zone
sign_in_secret.pin_hash text
sign_in_secret.pin_set_at timestamp with time zone
sign_in_secret.totp_sealed bytea
sign_in_secret.totp_confirmed_at timestamp with time zone
sign_in_secret.totp_last_step bigint
sign_in_secret.changed_at timestamp with time zone not null
sign_in_slip.person_id uuid not null
sign_in_slip.sign_in_slip_id uuid not null
sign_in_slip.key_digest bytea not null
sign_in_slip.made_at timestamp with time zone not null
sign_in_slip.made_by uuid
sign_in_slip.expires_at timestamp with time zone not null
sign_in_slip.used_at timestamp with time zone
sign_in_slip.cancelled_at timestamp with time zone
signing_key.kid text not null
signing_key.public_jwk jsonb not null
signing_key.sealed_private_jwk bytea not null
signing_key.sealed_by text not null
signing_key.created_at timestamp with time zone not null default now()
signing_key.retired_at timestamp with time zone
statement.person_id uuid not null
statement.statement_id uuid not null
statement.year text not null
statement.statement_no text not null
statement.calendar_id uuid
statement.office_id uuid
statement.content text not null
statement.inputs jsonb not null
statement.digest bytea not null
statement.signature bytea not null
statement.key_id text not null
statement.frozen_at timestamp with time zone not null
statement.service_on date not null
statement.objection_days integer not null
statement.served_on date
statement.objection_until date
statement.is_disputed boolean not null default false
statement.replaces_no text
statement.replaced_by_no text
statement.replaced_at timestamp with time zone
statement.visibility text not null default 'genuine'::text
statement.minutes integer not null
statement.training_days integer not null
statement.listed_name text not null default ''::text
statement_batch.statement_batch_id uuid not null
statement_batch.year text not null
statement_batch.office_id uuid not null
statement_batch.language text not null
statement_batch.state text not null default 'waiting'::text
statement_batch.total integer not null
statement_batch.done integer not null default 0
statement_batch.storage_key text
statement_batch.bytes bigint
statement_batch.file_until date
statement_batch.failure text
statement_batch.created_at timestamp with time zone not null
statement_batch.created_by uuid not null
statement_batch.finished_at timestamp with time zone
statement_batch.begun_at timestamp with time zone not null default clock_timestamp()
statement_event.person_id uuid not null
statement_event.statement_event_id uuid not null
statement_event.statement_id uuid not null
statement_event.kind text not null
statement_event.happened_at timestamp with time zone not null default clock_timestamp()
statement_event.feed_position bigint
statement_job.statement_job_id uuid not null
statement_job.kind text not null
statement_job.year text not null
statement_job.office_id uuid not null
statement_job.state text not null default 'waiting'::text
statement_job.total integer not null
statement_job.done integer not null default 0
statement_job.made integer not null default 0
statement_job.left_out integer not null default 0
statement_job.after_person_id uuid
statement_job.order_number text
statement_job.reason text
statement_job.created_at timestamp with time zone not null
statement_job.created_by uuid
statement_job.finished_at timestamp with time zone
statement_job.failure text
statement_number.statement_no text not null
statement_number.person_id uuid not null
statement_number.statement_id uuid not null
statement_word.kind text not null
statement_word.word_key text not null
statement_word.recorded_at timestamp with time zone not null
statement_word.words jsonb not null
syllabus_part.programme_syllabus_id uuid not null
syllabus_part.ordinal integer not null
syllabus_part.course_id uuid
syllabus_part.title text
syllabus_part.tags text[] not null default '{}'::text[]
syllabus_part.minutes integer not null default 0
training_session.session_id uuid not null
training_session.code text not null
training_session.programme_code text not null
training_session.title_hi text
training_session.title_en text
training_session.day date not null
training_session.minutes integer not null
training_session.mode text not null default 'classroom'::text
training_session.institute_code text
training_session.office_id uuid
training_session.course_id uuid
training_session.import_id uuid
training_session.recorded_at timestamp with time zone not null default now()
training_session.voided_at timestamp with time zone
upload.upload_id uuid not null
upload.owner text not null
upload.name text not null
upload.bytes bigint not null
upload.created_at timestamp with time zone not null
upload.expires_at timestamp with time zone not null
upload.finishing_at timestamp with time zone
upload.file_id uuid
visitor_help_request.visitor_help_request_id uuid not null
visitor_help_request.name text not null
visitor_help_request.employee_code text
visitor_help_request.mobile text
visitor_help_request.page_path text not null
visitor_help_request.language text not null
visitor_help_request.text text not null
visitor_help_request.asked_at timestamp with time zone not null
visitor_help_request.state text not null default 'open'::text
visitor_help_request.closed_at timestamp with time zone
visitor_help_request.closed_by uuid
visitor_help_request.closing_note text

-- constraints
api_token: CHECK ((((role IS NOT NULL) AND (office_id IS NOT NULL)) OR (person_id IS NOT NULL)))
api_token: PRIMARY KEY (token_digest)
api_token: UNIQUE (api_token_id)
appraisal_calendar: CHECK (((extends_calendar_id IS NULL) OR (order_number IS NOT NULL)))
appraisal_calendar: CHECK (((from_on <= until_on) AND (cut_off_on >= from_on) AND (freeze_on >= cut_off_on) AND (service_on >= freeze_on)))
appraisal_calendar: CHECK (((objection_days >= 1) AND (objection_days <= 366)))
appraisal_calendar: CHECK ((year ~ '^\d{4}-\d{2}$'::text))
appraisal_calendar: PRIMARY KEY (calendar_id)
area: CHECK ((kind = ANY (ARRAY['country'::text, 'state'::text, 'division'::text, 'district'::text, 'tehsil'::text, 'block'::text, 'urban_body'::text, 'gram_panchayat'::text, 'ward'::text])))
area: FOREIGN KEY (parent_id) REFERENCES area(area_id)
area: PRIMARY KEY (area_id)
area: UNIQUE (kind, code)
attempt_budget: PRIMARY KEY (budget_key)
attendance: CHECK ((minutes >= 0))
attendance: CHECK ((status = ANY (ARRAY['present'::text, 'absent'::text])))
attendance: PRIMARY KEY (person_id, attendance_id)
audit_event: CHECK ((actor_kind = ANY (ARRAY['anonymous'::text, 'system'::text, 'person'::text, 'token'::text])))
audit_event: PRIMARY KEY (audit_event_id)
audit_seal: PRIMARY KEY (seal_number)
audit_seal: UNIQUE (audit_event_id)
bank_question: CHECK (((difficulty >= 1) AND (difficulty <= 3)))
bank_question: CHECK ((kind = ANY (ARRAY['single'::text, 'multiple'::text, 'truth'::text, 'numeric'::text, 'ordering'::text, 'matching'::text, 'fill'::text, 'short'::text])))
bank_question: CHECK ((stale_language = ANY (ARRAY['hi'::text, 'en'::text])))
bank_question: FOREIGN KEY (question_bank_id) REFERENCES question_bank(question_bank_id)
bank_question: PRIMARY KEY (bank_question_id)
bank_question: UNIQUE (question_bank_id, code)
bank_question_version: FOREIGN KEY (bank_question_id) REFERENCES bank_question(bank_question_id)
bank_question_version: PRIMARY KEY (bank_question_id, revision)
blueprint: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
blueprint: PRIMARY KEY (blueprint_id)
blueprint: UNIQUE (code)
blueprint_version: FOREIGN KEY (blueprint_id) REFERENCES blueprint(blueprint_id)
blueprint_version: PRIMARY KEY (blueprint_id, revision)
cadre: CHECK ((name_en <> ''::text))
cadre: PRIMARY KEY (cadre_id)
cadre: UNIQUE (name_key)
campaign: CHECK ((target_minutes > 0))
campaign: CHECK ((to_day >= from_day))
campaign: FOREIGN KEY (office_id) REFERENCES office(office_id)
campaign: PRIMARY KEY (campaign_id)
campaign: UNIQUE (code)
campaign_counter: PRIMARY KEY (campaign_id, node_id)
campaign_delta: PRIMARY KEY (campaign_delta_id)
campaign_progress: PRIMARY KEY (person_id, campaign_id)
campaign_result: PRIMARY KEY (campaign_id, office_id)
caption_track: FOREIGN KEY (file_id) REFERENCES file(file_id)
caption_track: PRIMARY KEY (file_id)
certificate: CHECK (((replaced_by_no IS NULL) = (replaced_at IS NULL)))
certificate: CHECK (((revoked_at IS NULL) = (revoked_reason IS NULL)))
certificate: CHECK ((replaced_class = ANY (ARRAY['name'::text, 'template'::text, 'other'::text])))
certificate: PRIMARY KEY (person_id, certificate_id)
certificate_batch: CHECK ((failure = ANY (ARRAY['no_space'::text, 'interrupted'::text, 'error'::text, 'no_right'::text])))
certificate_batch: CHECK ((kind = ANY (ARRAY['issue'::text, 'reissue'::text, 'download'::text])))
certificate_batch: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text])))
certificate_batch: PRIMARY KEY (certificate_batch_id)
certificate_number: PRIMARY KEY (certificate_no)
certificate_picture: PRIMARY KEY (sha256)
certificate_template: CHECK ((state = ANY (ARRAY['draft'::text, 'in_force'::text, 'ended'::text])))
certificate_template: PRIMARY KEY (certificate_template_id)
claim: CHECK ((decided_by <> person_id))
claim: CHECK ((minutes >= 0))
claim: CHECK ((state = ANY (ARRAY['asked'::text, 'accepted'::text, 'refused'::text, 'withdrawn'::text])))
claim: PRIMARY KEY (person_id, claim_id)
collection: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
collection: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
collection: FOREIGN KEY (office_id) REFERENCES office(office_id)
collection: PRIMARY KEY (collection_id)
collection: UNIQUE (code)
collection_course: FOREIGN KEY (collection_id) REFERENCES collection(collection_id)
collection_course: FOREIGN KEY (course_id) REFERENCES course(course_id)
collection_course: PRIMARY KEY (collection_id, course_id)
collection_history: FOREIGN KEY (collection_id) REFERENCES collection(collection_id)
collection_history: PRIMARY KEY (collection_id, recorded_at)
competency: CHECK ((jsonb_array_length(descriptors) = 5))
competency: CHECK ((key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'::text))
competency: CHECK ((kind = ANY (ARRAY['behavioural_core'::text, 'behavioural_leadership'::text, 'functional'::text])))
competency: FOREIGN KEY (framework) REFERENCES competency_framework(framework)
competency: PRIMARY KEY (competency_id)
competency: UNIQUE (key)
competency_declaration: CHECK (((level >= 1) AND (level <= 5)))
competency_declaration: CHECK (((withdrawn_at IS NULL) = (withdrawn_reason IS NULL)))
competency_declaration: CHECK ((withdrawn_reason = ANY (ARRAY['withdrawn'::text, 'replaced'::text, 'merged'::text])))
competency_declaration: PRIMARY KEY (person_id, competency_declaration_id)
competency_framework: CHECK ((jsonb_array_length(level_names) = 5))
competency_framework: PRIMARY KEY (framework)
completion: PRIMARY KEY (person_id, completion_id)
contact_dispute: CHECK ((decision = ANY (ARRAY['kept'::text, 'removed'::text])))
contact_dispute: CHECK ((kind = ANY (ARRAY['mobile'::text, 'email'::text])))
contact_dispute: PRIMARY KEY (person_id, contact_dispute_id)
counted_mark: CHECK ((kind = ANY (ARRAY['ai'::text, 'cyber'::text, 'field'::text])))
counted_mark: PRIMARY KEY (subject_id, kind)
counter_delta: PRIMARY KEY (counter_delta_id)
course: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
course: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'retired'::text])))
course: PRIMARY KEY (course_id)
course: UNIQUE (code)
course_assignment: CHECK ((service_group = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar, 'D'::bpchar])))
course_assignment: CHECK ((target = ANY (ARRAY['posts'::text, 'persons'::text])))
course_assignment: FOREIGN KEY (cadre_id) REFERENCES cadre(cadre_id)
course_assignment: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_assignment: FOREIGN KEY (designation_id) REFERENCES designation(designation_id)
course_assignment: FOREIGN KEY (office_id) REFERENCES office(office_id)
course_assignment: PRIMARY KEY (course_assignment_id)
course_assignment_count: CHECK (((counted_at IS NULL) = (asked IS NULL)))
course_assignment_count: FOREIGN KEY (course_assignment_id) REFERENCES course_assignment(course_assignment_id)
course_assignment_count: PRIMARY KEY (course_assignment_id)
course_assignment_person: PRIMARY KEY (person_id, course_assignment_id)
course_comment: CHECK (((length(text) >= 1) AND (length(text) <= 4000)))
course_comment: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_comment: FOREIGN KEY (thread_id) REFERENCES course_comment(course_comment_id)
course_comment: PRIMARY KEY (course_comment_id)
course_language: CHECK ((state = ANY (ARRAY['working'::text, 'in_review'::text])))
course_language: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_language: PRIMARY KEY (course_id, language)
course_package: CHECK (((taken_at IS NULL) = (course_id IS NULL)))
course_package: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_package: PRIMARY KEY (course_package_id)
course_prerequisite: CHECK ((course_id <> required_course_id))
course_prerequisite: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_prerequisite: FOREIGN KEY (required_course_id) REFERENCES course(course_id)
course_prerequisite: PRIMARY KEY (course_id, required_course_id)
course_rating: CHECK (((stars >= 1) AND (stars <= 5)))
course_rating: CHECK ((decision = ANY (ARRAY['kept'::text, 'removed'::text])))
course_rating: PRIMARY KEY (person_id, course_id)
course_rating_total: CHECK ((ratings >= 0))
course_rating_total: CHECK ((stars >= 0))
course_rating_total: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_rating_total: PRIMARY KEY (course_id)
course_redo: CHECK ((redo = ANY (ARRAY['unfinished'::text, 'everybody'::text])))
course_redo: PRIMARY KEY (course_version_id)
course_review: CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'returned'::text, 'withdrawn'::text, 'published'::text])))
course_review: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_review: PRIMARY KEY (course_review_id)
course_tag_history: FOREIGN KEY (course_id) REFERENCES course(course_id) ON DELETE CASCADE
course_tag_history: PRIMARY KEY (course_id, recorded_at)
course_translation: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_translation: PRIMARY KEY (course_id, language, place)
course_translator: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_translator: PRIMARY KEY (person_id, course_translator_id)
course_version: CHECK ((duration_minutes >= 0))
course_version: CHECK ((redo = ANY (ARRAY['nobody'::text, 'unfinished'::text, 'everybody'::text])))
course_version: CHECK ((state = ANY (ARRAY['draft'::text, 'in_review'::text, 'published'::text, 'superseded'::text])))
course_version: FOREIGN KEY (course_id) REFERENCES course(course_id)
course_version: PRIMARY KEY (course_version_id)
course_version: UNIQUE (course_id, number)
course_writer: PRIMARY KEY (course_version_id, writer_id)
curriculum_reason: CHECK ((kind = ANY (ARRAY['programme'::text, 'plan'::text, 'collection'::text])))
curriculum_reason: CHECK ((until_on >= given_on))
curriculum_reason: PRIMARY KEY (curriculum_reason_id)
curriculum_rule: CHECK (((kinds <@ '{programme,plan,collection}'::text[]) AND (cardinality(kinds) > 0)))
curriculum_rule: CHECK (((stale_after_years >= 1) AND (stale_after_years <= 50)))
curriculum_rule: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
curriculum_rule: CHECK (((valid_until IS NULL) OR (valid_until >= valid_from)))
curriculum_rule: CHECK ((cardinality(tags) > 0))
curriculum_rule: CHECK ((enforcement = ANY (ARRAY['blocking'::text, 'warning'::text])))
curriculum_rule: CHECK ((minimum_minutes >= 0))
curriculum_rule: FOREIGN KEY (entered_at) REFERENCES office(office_id)
curriculum_rule: FOREIGN KEY (office_id) REFERENCES office(office_id)
curriculum_rule: PRIMARY KEY (curriculum_rule_id)
designation: PRIMARY KEY (designation_id)
designation: UNIQUE (name_key)
designation_competency: CHECK (((level >= 1) AND (level <= 5)))
designation_competency: FOREIGN KEY (competency_id) REFERENCES competency(competency_id)
designation_competency: FOREIGN KEY (designation_id) REFERENCES designation(designation_id)
designation_competency: FOREIGN KEY (office_id) REFERENCES office(office_id)
designation_competency: PRIMARY KEY (office_id, designation_id, competency_id)
digest_state: CHECK (is_only)
digest_state: PRIMARY KEY (is_only)
digest_touched: PRIMARY KEY (digest_touched_id)
digilocker_request: PRIMARY KEY (txn)
engagement: PRIMARY KEY (person_id, engagement_id, slot)
engagement_day: PRIMARY KEY (person_id, enrolment_id, lesson_id, day)
engagement_limit: CHECK (((excess_seconds >= 60) AND (excess_seconds <= 86400)))
engagement_limit: CHECK (((lapse_days >= 7) AND (lapse_days <= 365)))
engagement_limit: CHECK (((times >= 1.5) AND (times <= (1000)::numeric)))
engagement_limit: PRIMARY KEY (starts_on)
engagement_slot: CHECK (((slot >= 0) AND (slot <= 7)))
engagement_slot: CHECK ((state = ANY (ARRAY['empty'::text, 'open'::text, 'closed'::text, 'thinning'::text, 'thinned'::text])))
engagement_slot: PRIMARY KEY (slot)
enrolment: PRIMARY KEY (person_id, enrolment_id)
exemption: CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
exemption: CHECK ((approved_by <> person_id))
exemption: CHECK ((reason_class = ANY (ARRAY['medical'::text, 'maternity'::text, 'retirement'::text, 'course_not_offered'::text, 'administrative'::text, 'other'::text])))
exemption: PRIMARY KEY (person_id, exemption_id)
extension_request: CHECK (((state = 'granted'::text) = (granted_until IS NOT NULL)))
extension_request: CHECK ((decided_by <> person_id))
extension_request: CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'refused'::text, 'withdrawn'::text])))
extension_request: PRIMARY KEY (person_id, extension_request_id)
extra_attempt: PRIMARY KEY (person_id, extra_attempt_id)
extra_time: CHECK (((percent >= 1) AND (percent <= 300)))
extra_time: PRIMARY KEY (person_id, extra_time_id)
file: CHECK (((page_count >= 1) AND (page_count <= 20000)))
file: CHECK ((bytes >= 0))
file: CHECK ((duration_seconds > (0)::numeric))
file: CHECK ((pages_fault = ANY (ARRAY['locked'::text, 'unreadable'::text])))
file: PRIMARY KEY (file_id)
file_page: CHECK ((page >= 1))
file_page: FOREIGN KEY (file_id) REFERENCES file(file_id)
file_page: PRIMARY KEY (file_id, page)
file_rendition: CHECK (((progress >= 0) AND (progress <= 100)))
file_rendition: CHECK (((state = 'made'::text) = (made_file_id IS NOT NULL)))
file_rendition: CHECK ((kind = ANY (ARRAY['video360'::text, 'video144'::text, 'audio'::text])))
file_rendition: CHECK ((state = ANY (ARRAY['waiting'::text, 'making'::text, 'made'::text, 'heavier'::text, 'failed'::text])))
file_rendition: FOREIGN KEY (file_id) REFERENCES file(file_id)
file_rendition: FOREIGN KEY (made_file_id) REFERENCES file(file_id)
file_rendition: PRIMARY KEY (file_id, kind)
help_message: PRIMARY KEY (person_id, help_message_id)
help_request: CHECK ((state = ANY (ARRAY['open'::text, 'answered'::text, 'closed'::text])))
help_request: PRIMARY KEY (person_id, help_request_id)
import: CHECK ((state = ANY (ARRAY['receiving'::text, 'received'::text, 'checking'::text, 'checked'::text, 'committing'::text, 'committed'::text, 'undoing'::text, 'undone'::text, 'failed'::text, 'discarded'::text])))
import: PRIMARY KEY (import_id)
import_change: PRIMARY KEY (import_change_id)
import_progress: PRIMARY KEY (import_id)
import_unmatched: CHECK ((state = ANY (ARRAY['open'::text, 'matched'::text, 'dismissed'::text, 'withdrawn'::text])))
import_unmatched: PRIMARY KEY (import_unmatched_id)
installation_fact: PRIMARY KEY (name)
known_device: PRIMARY KEY (person_id, device_digest)
learner_clock: CHECK (((carried_seconds >= (0)::numeric) AND (carried_seconds < (1)::numeric)))
learner_clock: PRIMARY KEY (person_id)
learning_digest: PRIMARY KEY (person_id, part)
lesson: CHECK (((kind = 'quiz'::text) = (quiz IS NOT NULL)))
lesson: CHECK (((seen_share >= 0.5) AND (seen_share <= (1)::numeric)))
lesson: CHECK ((given_minimum_seconds >= 0))
lesson: CHECK ((kind = ANY (ARRAY['text'::text, 'video'::text, 'audio'::text, 'pdf'::text, 'quiz'::text])))
lesson: CHECK ((minimum_seconds >= 0))
lesson: FOREIGN KEY (course_version_id) REFERENCES course_version(course_version_id)
lesson: PRIMARY KEY (lesson_id)
lesson: UNIQUE (course_version_id, code)
lesson_content: CHECK ((minimum_seconds >= 0))
lesson_content: FOREIGN KEY (captions_file_id) REFERENCES file(file_id)
lesson_content: FOREIGN KEY (file_id) REFERENCES file(file_id)
lesson_content: FOREIGN KEY (lesson_id) REFERENCES lesson(lesson_id)
lesson_content: PRIMARY KEY (lesson_id, language)
lesson_presence: PRIMARY KEY (person_id, lesson_id)
lesson_progress: CHECK ((seen_seconds >= (0)::numeric))
lesson_progress: PRIMARY KEY (person_id, enrolment_id, lesson_id)
lesson_revision: CHECK ((action = ANY (ARRAY['begun'::text, 'saved'::text, 'autosaved'::text, 'merged'::text, 'restored'::text, 'removed'::text, 'aside'::text])))
lesson_revision: PRIMARY KEY (lesson_revision_id)
local_message: CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text])))
local_message: PRIMARY KEY (local_message_id)
mandate: CHECK (((kind = 'order'::text) = (amends_mandate_id IS NULL)))
mandate: CHECK (((takes_back_id IS NULL) OR (kind = 'extension'::text)))
mandate: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
mandate: CHECK ((kind = ANY (ARRAY['order'::text, 'extension'::text, 'amendment'::text, 'withdrawal'::text])))
mandate: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text, 'withdrawn'::text])))
mandate: FOREIGN KEY (amends_mandate_id) REFERENCES mandate(mandate_id)
mandate: FOREIGN KEY (entered_at) REFERENCES office(office_id)
mandate: FOREIGN KEY (office_id) REFERENCES office(office_id)
mandate: FOREIGN KEY (takes_back_id) REFERENCES mandate(mandate_id)
mandate: PRIMARY KEY (mandate_id)
mandate: UNIQUE (number)
mandate: UNIQUE (sheet_id)
mandate_build: FOREIGN KEY (mandate_id) REFERENCES mandate(mandate_id)
mandate_build: PRIMARY KEY (build_id)
mandate_build_part: FOREIGN KEY (sheet_id) REFERENCES mandate_build_sheet(sheet_id)
mandate_build_part: PRIMARY KEY (sheet_id, part)
mandate_build_sheet: FOREIGN KEY (build_id) REFERENCES mandate_build(build_id)
mandate_build_sheet: FOREIGN KEY (mandate_id) REFERENCES mandate(mandate_id)
mandate_build_sheet: PRIMARY KEY (build_id, mandate_id)
mandate_build_sheet: UNIQUE (sheet_id)
mandate_build_touched: FOREIGN KEY (build_id) REFERENCES mandate_build(build_id)
mandate_build_touched: PRIMARY KEY (person_id, touch_id)
mandate_recount: PRIMARY KEY (mandate_recount_id)
mandate_scan: FOREIGN KEY (mandate_id) REFERENCES mandate(mandate_id)
mandate_scan: PRIMARY KEY (mandate_scan_id)
mandate_sheet_counter: PRIMARY KEY (sheet_id, office_id, day)
mandate_sheet_discarded: PRIMARY KEY (sheet_id)
mandate_sheet_standing: PRIMARY KEY (sheet_id, person_id)
mandate_touched: PRIMARY KEY (person_id, touch_id)
migration: PRIMARY KEY (name)
name_request: CHECK (((name_hi IS NOT NULL) OR (name_en IS NOT NULL)))
name_request: CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text, 'withdrawn'::text])))
name_request: PRIMARY KEY (person_id, name_request_id)
objection: CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'partly'::text, 'rejected'::text, 'withdrawn'::text])))
objection: PRIMARY KEY (person_id, objection_id)
office: CHECK ((parent_id <> office_id))
office: CHECK ((strength >= 0))
office: FOREIGN KEY (area_id) REFERENCES area(area_id)
office: FOREIGN KEY (parent_id) REFERENCES office(office_id)
office: PRIMARY KEY (office_id)
office: UNIQUE (code)
office_counter: CHECK ((grain = ANY (ARRAY['d'::bpchar, 'm'::bpchar, 'y'::bpchar, 't'::bpchar])))
office_counter: PRIMARY KEY (office_id, grain, day)
office_gate: FOREIGN KEY (office_id) REFERENCES office(office_id) ON DELETE CASCADE
office_gate: PRIMARY KEY (office_id)
office_name: FOREIGN KEY (office_id) REFERENCES office(office_id)
office_name: PRIMARY KEY (office_name_id)
order_feed: PRIMARY KEY (person_id, order_feed_id)
paper: CHECK ((submitted_by = ANY (ARRAY['person'::text, 'clock'::text])))
paper: PRIMARY KEY (person_id, paper_id)
paper: UNIQUE (person_id, course_id, blueprint_id, number)
paper_answer: CHECK ((mark_state = ANY (ARRAY['waiting'::text, 'marked'::text])))
paper_answer: PRIMARY KEY (person_id, paper_id, place)
person: CHECK (((name_hi IS NOT NULL) OR (name_en IS NOT NULL)))
person: CHECK ((account_source = ANY (ARRAY['import'::text, 'self'::text, 'nodal'::text, 'demonstration'::text])))
person: PRIMARY KEY (person_id)
person_code: PRIMARY KEY (code, issuer)
person_contact: CHECK ((kind = ANY (ARRAY['mobile'::text, 'email'::text])))
person_contact: PRIMARY KEY (value, kind, person_id)
person_digest: PRIMARY KEY (person_id)
person_name: PRIMARY KEY (person_id, person_name_id)
person_notice: PRIMARY KEY (person_id, person_notice_id)
plan: CHECK ((year ~ '^\d{4}-\d{2}$'::text))
plan: FOREIGN KEY (office_id) REFERENCES office(office_id)
plan: PRIMARY KEY (plan_id)
plan: UNIQUE (office_id, year)
plan_approval_rule: FOREIGN KEY (office_id) REFERENCES office(office_id)
plan_approval_rule: PRIMARY KEY (office_id, set_at)
plan_line: CHECK (((course_id IS NULL) <> (programme_id IS NULL)))
plan_line: CHECK (((quarter >= 1) AND (quarter <= 4)))
plan_line: CHECK ((headcount > 0))
plan_line: FOREIGN KEY (course_id) REFERENCES course(course_id)
plan_line: FOREIGN KEY (designation_id) REFERENCES designation(designation_id)
plan_line: FOREIGN KEY (plan_version_id) REFERENCES plan_version(plan_version_id)
plan_line: FOREIGN KEY (programme_id) REFERENCES programme(programme_id)
plan_line: PRIMARY KEY (plan_version_id, ordinal)
plan_version: CHECK (((state = 'approved'::text) = (approved_on IS NOT NULL)))
plan_version: CHECK ((state = ANY (ARRAY['draft'::text, 'approved'::text])))
plan_version: FOREIGN KEY (plan_id) REFERENCES plan(plan_id)
plan_version: PRIMARY KEY (plan_version_id)
plan_version: UNIQUE (plan_id, version)
post: CHECK ((sanctioned >= 0))
post: CHECK ((service_group = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar, 'D'::bpchar])))
post: FOREIGN KEY (designation_id) REFERENCES designation(designation_id)
post: FOREIGN KEY (office_id) REFERENCES office(office_id)
post: PRIMARY KEY (post_id)
post: UNIQUE (office_id, designation_id, service_group)
posting: CHECK (((ends_on IS NULL) OR (ends_on >= starts_on) OR (voided_at IS NOT NULL)))
posting: CHECK ((end_reason = ANY (ARRAY['retired'::text, 'died'::text, 'transferred'::text, 'contract_ended'::text, 'other'::text])))
posting: CHECK ((engagement = ANY (ARRAY['permanent'::text, 'temporary'::text, 'contract'::text, 'outsourced'::text, 'honorary'::text, 'elected'::text, 'trainee'::text])))
posting: CHECK ((kind = ANY (ARRAY['regular'::text, 'additional_charge'::text, 'deputation'::text, 'attached'::text])))
posting: CHECK ((service_group = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar, 'D'::bpchar])))
posting: PRIMARY KEY (person_id, posting_id)
programme: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
programme: FOREIGN KEY (office_id) REFERENCES office(office_id)
programme: PRIMARY KEY (programme_id)
programme: UNIQUE (code)
programme_syllabus: CHECK (((state = 'published'::text) = (published_on IS NOT NULL)))
programme_syllabus: CHECK ((state = ANY (ARRAY['draft'::text, 'published'::text])))
programme_syllabus: FOREIGN KEY (programme_id) REFERENCES programme(programme_id)
programme_syllabus: PRIMARY KEY (programme_syllabus_id)
programme_syllabus: UNIQUE (programme_id, version)
promotion_rule: CHECK (((ends_on IS NULL) = (end_order_number IS NULL)))
promotion_rule: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
promotion_rule: FOREIGN KEY (entered_at) REFERENCES office(office_id)
promotion_rule: PRIMARY KEY (promotion_rule_id)
promotion_tally: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text])))
promotion_tally: FOREIGN KEY (promotion_rule_id) REFERENCES promotion_rule(promotion_rule_id)
promotion_tally: PRIMARY KEY (promotion_rule_id, office_id, as_of)
published_translation: FOREIGN KEY (course_id) REFERENCES course(course_id)
published_translation: PRIMARY KEY (course_id, language, place, source_hash, base_hash)
question_bank: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
question_bank: PRIMARY KEY (question_bank_id)
question_bank: UNIQUE (code)
quiz_attempt: PRIMARY KEY (person_id, quiz_attempt_id)
quiz_attempt: UNIQUE (person_id, enrolment_id, lesson_id, number)
recovery_code: PRIMARY KEY (person_id, recovery_code_id)
registration_request: CHECK (((name_hi IS NOT NULL) OR (name_en IS NOT NULL)))
registration_request: CHECK ((engagement = ANY (ARRAY['permanent'::text, 'temporary'::text, 'contract'::text, 'outsourced'::text, 'honorary'::text, 'elected'::text, 'trainee'::text])))
registration_request: CHECK ((service_group = ANY (ARRAY['A'::bpchar, 'B'::bpchar, 'C'::bpchar, 'D'::bpchar])))
registration_request: CHECK ((state = ANY (ARRAY['open'::text, 'approved'::text, 'refused'::text])))
registration_request: PRIMARY KEY (registration_request_id)
reminder_bounce: CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text])))
reminder_bounce: CHECK ((source = ANY (ARRAY['server'::text, 'report'::text])))
reminder_bounce: PRIMARY KEY (address, channel)
reminder_digest: PRIMARY KEY (person_id, reminder_digest_id)
reminder_item: CHECK ((audience = ANY (ARRAY['person'::text, 'officer'::text])))
reminder_item: PRIMARY KEY (person_id, mandate_id, due_on, days_before, audience)
reminder_number: PRIMARY KEY (number, day)
reminder_rule: CHECK ((state = ANY (ARRAY['off'::text, 'on'::text, 'paused'::text])))
reminder_rule: PRIMARY KEY (mandate_id)
reminder_run: PRIMARY KEY (mandate_id, day)
reminder_sending: CHECK ((channel = ANY (ARRAY['mail'::text, 'sms'::text])))
reminder_sending: CHECK ((state = ANY (ARRAY['waiting'::text, 'sending'::text, 'sent'::text, 'failed'::text, 'unknown'::text, 'shared'::text, 'bounced'::text, 'lapsed'::text])))
reminder_sending: PRIMARY KEY (person_id, reminder_digest_id, channel)
report: CHECK ((((schedule = 'none'::text) = (next_on IS NULL)) OR (pause_reason IS NOT NULL)))
report: CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'pdf'::text])))
report: CHECK ((language = ANY (ARRAY['hi'::text, 'en'::text])))
report: CHECK ((schedule = ANY (ARRAY['none'::text, 'daily'::text, 'weekly'::text, 'monthly'::text])))
report: PRIMARY KEY (report_id)
report_run: CHECK ((failure = ANY (ARRAY['no_space'::text, 'interrupted'::text, 'error'::text, 'no_right'::text, 'too_long'::text, 'too_many'::text, 'unknown_value'::text])))
report_run: CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text, 'pdf'::text])))
report_run: CHECK ((language = ANY (ARRAY['hi'::text, 'en'::text])))
report_run: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text])))
report_run: FOREIGN KEY (report_id) REFERENCES report(report_id)
report_run: PRIMARY KEY (run_id)
report_run_part: FOREIGN KEY (run_id) REFERENCES report_run(run_id)
report_run_part: PRIMARY KEY (run_id, part)
review_case: CHECK ((state = ANY (ARRAY['open'::text, 'cleared'::text, 'upheld'::text, 'lapsed'::text])))
review_case: PRIMARY KEY (person_id, review_case_id)
review_case: UNIQUE (person_id, day)
review_case_event: CHECK ((kind = ANY (ARRAY['opened'::text, 'answered'::text, 'cleared'::text, 'upheld'::text, 'lapsed'::text])))
review_case_event: PRIMARY KEY (person_id, review_case_event_id)
review_field_cadre: PRIMARY KEY (node_id, cadre_id)
review_roster_reach: PRIMARY KEY (import_id, office_id)
review_roster_read: PRIMARY KEY (import_id)
review_rule: PRIMARY KEY (office_id)
review_snapshot: CHECK ((node = ANY (ARRAY['office'::text, 'area'::text])))
review_snapshot: FOREIGN KEY (scope_office_id) REFERENCES office(office_id)
review_snapshot: PRIMARY KEY (review_snapshot_id)
role_grant: CHECK ((role = ANY (ARRAY['nodal'::text, 'leader'::text, 'author'::text, 'reviewer'::text, 'publisher'::text, 'appraisal'::text, 'centre'::text, 'editor'::text, 'operator'::text, 'auditor'::text])))
role_grant: PRIMARY KEY (person_id, role_grant_id)
roster_change: PRIMARY KEY (written_by)
service_event: CHECK (((ends_on IS NULL) OR (ends_on >= starts_on)))
service_event: CHECK ((kind = ANY (ARRAY['long_leave'::text, 'suspension'::text, 'deputation_out'::text, 'late_joining'::text, 'death'::text])))
service_event: PRIMARY KEY (person_id, service_event_id)
session: CHECK ((end_reason = ANY (ARRAY['signed_out'::text, 'ended'::text, 'replaced'::text, 'reset'::text, 'merged'::text])))
session: CHECK ((idle_minutes > 0))
session: CHECK ((method = ANY (ARRAY['password'::text, 'code'::text, 'pin'::text, 'slip'::text])))
session: PRIMARY KEY (session_digest)
shelf_item: PRIMARY KEY (person_id, course_id)
sign_in_flow: CHECK ((contact_kind = ANY (ARRAY['mobile'::text, 'email'::text])))
sign_in_flow: CHECK ((purpose = ANY (ARRAY['sign_in'::text, 'first_use'::text, 'slip'::text])))
sign_in_flow: PRIMARY KEY (flow_digest)
sign_in_request: CHECK ((decision = ANY (ARRAY['approved'::text, 'refused'::text])))
sign_in_request: PRIMARY KEY (person_id, sign_in_request_id)
sign_in_secret: PRIMARY KEY (person_id)
sign_in_slip: PRIMARY KEY (person_id, sign_in_slip_id)
signing_key: PRIMARY KEY (kid)
statement: CHECK ((visibility = ANY (ARRAY['genuine'::text, 'totals'::text, 'items'::text])))
statement: PRIMARY KEY (person_id, statement_id)
statement_batch: CHECK ((failure = ANY (ARRAY['no_space'::text, 'interrupted'::text, 'error'::text, 'no_right'::text])))
statement_batch: CHECK ((language = ANY (ARRAY['hi'::text, 'en'::text])))
statement_batch: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text])))
statement_batch: PRIMARY KEY (statement_batch_id)
statement_event: CHECK ((kind = ANY (ARRAY['frozen'::text, 'served'::text, 'disputed'::text, 'withdrawn'::text, 'upheld'::text, 'rejected'::text, 'corrected'::text])))
statement_event: PRIMARY KEY (person_id, statement_event_id)
statement_job: CHECK ((kind = ANY (ARRAY['freeze'::text, 'correct'::text])))
statement_job: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'stopped'::text, 'failed'::text])))
statement_job: PRIMARY KEY (statement_job_id)
statement_number: PRIMARY KEY (statement_no)
statement_word: CHECK ((kind = ANY (ARRAY['course'::text, 'office'::text, 'designation'::text, 'cadre'::text, 'competency'::text])))
statement_word: PRIMARY KEY (kind, word_key, recorded_at)
syllabus_part: CHECK (((course_id IS NULL) <> (title IS NULL)))
syllabus_part: CHECK (((course_id IS NULL) OR (tags = '{}'::text[])))
syllabus_part: CHECK ((minutes >= 0))
syllabus_part: FOREIGN KEY (course_id) REFERENCES course(course_id)
syllabus_part: FOREIGN KEY (programme_syllabus_id) REFERENCES programme_syllabus(programme_syllabus_id)
syllabus_part: PRIMARY KEY (programme_syllabus_id, ordinal)
training_session: CHECK (((title_hi IS NOT NULL) OR (title_en IS NOT NULL)))
training_session: CHECK ((minutes > 0))
training_session: CHECK ((mode = ANY (ARRAY['classroom'::text, 'online'::text, 'residential'::text])))
training_session: PRIMARY KEY (session_id)
upload: CHECK ((bytes > 0))
upload: FOREIGN KEY (file_id) REFERENCES file(file_id)
upload: PRIMARY KEY (upload_id)
visitor_help_request: CHECK (((employee_code IS NOT NULL) OR (mobile IS NOT NULL)))
visitor_help_request: CHECK ((state = ANY (ARRAY['open'::text, 'closed'::text])))
visitor_help_request: PRIMARY KEY (visitor_help_request_id)

-- indexes
CREATE INDEX api_token_office_idx ON public.api_token USING btree (office_id) WHERE (revoked_at IS NULL)
CREATE INDEX appraisal_calendar_to_apply ON public.appraisal_calendar USING btree (recorded_at, calendar_id) WHERE (applied_at IS NULL)
CREATE INDEX appraisal_calendar_year ON public.appraisal_calendar USING btree (year, office_id)
CREATE INDEX area_code ON public.area USING btree (code)
CREATE INDEX area_parent ON public.area USING btree (parent_id)
CREATE INDEX attempt_budget_age ON public.attempt_budget USING btree (last_spent_at)
CREATE INDEX attendance_import ON public.attendance USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX attendance_session ON public.attendance USING btree (session_id) WHERE (voided_at IS NULL)
CREATE INDEX audit_event_actor ON public.audit_event USING btree (actor_person_id, happened_at DESC) WHERE (actor_person_id IS NOT NULL)
CREATE INDEX audit_event_competency ON public.audit_event USING btree (subject_id, happened_at DESC) WHERE (subject_kind = 'competency'::text)
CREATE INDEX audit_event_office ON public.audit_event USING btree (office_id, happened_at DESC) WHERE (office_id IS NOT NULL)
CREATE INDEX audit_event_person ON public.audit_event USING btree (person_id, happened_at DESC) WHERE (person_id IS NOT NULL)
CREATE INDEX audit_event_taken ON public.audit_event USING btree (audit_event_id DESC) WHERE (action = ANY (ARRAY['export.begun'::text, 'export.taken'::text, 'export.broken'::text, 'report.export_begun'::text, 'report.exported'::text, 'report.export_broken'::text, 'report_file.taken'::text, 'persons.exported'::text, 'mandate.persons_exported'::text, 'statement.list_exported'::text, 'statement_file.taken'::text, 'promotion.exported'::text, 'claim.file_opened'::text]))
CREATE INDEX audit_event_taken_end ON public.audit_event USING btree (subject_id) WHERE (action = ANY (ARRAY['export.taken'::text, 'export.broken'::text, 'report.exported'::text, 'report.export_broken'::text]))
CREATE INDEX audit_event_time ON public.audit_event USING btree (happened_at DESC)
CREATE INDEX audit_event_written ON public.audit_event USING btree (written_by, audit_event_id)
CREATE INDEX campaign_office ON public.campaign USING btree (office_id)
CREATE INDEX campaign_result_below ON public.campaign_result USING btree (campaign_id, parent_id)
CREATE INDEX certificate_batch_files ON public.certificate_batch USING btree (file_until) WHERE (storage_key IS NOT NULL)
CREATE INDEX certificate_batch_open ON public.certificate_batch USING btree (state) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE INDEX certificate_batch_own ON public.certificate_batch USING btree (created_by, certificate_batch_id)
CREATE INDEX certificate_withdrawn ON public.certificate USING btree (status_index) WHERE ((revoked_at IS NOT NULL) OR (replaced_by_no IS NOT NULL))
CREATE INDEX claim_certificate ON public.claim USING btree (lower(certificate_no)) WHERE (certificate_no IS NOT NULL)
CREATE INDEX claim_decided ON public.claim USING btree (decided_at) WHERE (decided_at IS NOT NULL)
CREATE INDEX claim_file ON public.claim USING btree (file_id) WHERE (file_id IS NOT NULL)
CREATE INDEX claim_open ON public.claim USING btree (recorded_at) WHERE (state = 'asked'::text)
CREATE INDEX claim_open_person ON public.claim USING btree (person_id) WHERE (state = 'asked'::text)
CREATE INDEX collection_course_course ON public.collection_course USING btree (course_id)
CREATE INDEX completion_course ON public.completion USING btree (course_id) WHERE (voided_at IS NULL)
CREATE INDEX completion_foreign_no ON public.completion USING btree (foreign_certificate_no) WHERE ((foreign_certificate_no IS NOT NULL) AND (voided_at IS NULL))
CREATE INDEX completion_import ON public.completion USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX completion_office ON public.completion USING btree (office_id) WHERE ((source = 'daksh'::text) AND (voided_at IS NULL))
CREATE INDEX contact_dispute_open ON public.contact_dispute USING btree (reported_at) WHERE (decided_at IS NULL)
CREATE INDEX course_assignment_live ON public.course_assignment USING btree (office_id) WHERE (withdrawn_at IS NULL)
CREATE INDEX course_assignment_person_of ON public.course_assignment_person USING btree (course_assignment_id)
CREATE INDEX course_comment_course ON public.course_comment USING btree (course_id, written_at)
CREATE INDEX course_competencies ON public.course USING gin (competencies)
CREATE INDEX course_import ON public.course USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX course_package_document ON public.course_package USING btree (document_hash) WHERE (taken_at IS NOT NULL)
CREATE INDEX course_package_expires ON public.course_package USING btree (expires_at) WHERE (taken_at IS NULL)
CREATE INDEX course_rating_words ON public.course_rating USING btree (course_id, changed_at DESC) WHERE (words IS NOT NULL)
CREATE INDEX course_review_course ON public.course_review USING btree (course_id, sent_at)
CREATE INDEX course_search ON public.course USING gin (search_text gin_trgm_ops)
CREATE INDEX course_tags ON public.course USING gin (tags)
CREATE INDEX course_translation_place ON public.course_translation USING btree (course_id, place)
CREATE INDEX course_translator_course ON public.course_translator USING btree (course_id)
CREATE INDEX course_version_import ON public.course_version USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX curriculum_reason_subject ON public.curriculum_reason USING btree (subject_id, recorded_at)
CREATE INDEX enrolment_course ON public.enrolment USING btree (course_id) WHERE ((withdrawn_at IS NULL) AND (superseded_at IS NULL))
CREATE INDEX exemption_mandate ON public.exemption USING btree (mandate_id) WHERE (voided_at IS NULL)
CREATE INDEX extension_request_decided ON public.extension_request USING btree (decided_at) WHERE (decided_at IS NOT NULL)
CREATE INDEX extension_request_mandate ON public.extension_request USING btree (mandate_id, state)
CREATE INDEX extension_request_open ON public.extension_request USING btree (recorded_at) WHERE (state = 'asked'::text)
CREATE INDEX extension_request_open_person ON public.extension_request USING btree (person_id) WHERE (state = 'asked'::text)
CREATE INDEX file_content ON public.file USING btree (sha256)
CREATE INDEX file_rendition_made ON public.file_rendition USING btree (made_file_id) WHERE (made_file_id IS NOT NULL)
CREATE INDEX file_unexamined ON public.file USING btree (file_id) WHERE (examined_at IS NULL)
CREATE INDEX file_unplanned ON public.file USING btree (file_id) WHERE ((renditions_planned_at IS NULL) AND ((content_type ~~ 'video/%'::text) OR (content_type ~~ 'audio/%'::text)))
CREATE INDEX help_request_desk ON public.help_request USING btree (desk_office_id, changed_at)
CREATE INDEX help_request_open ON public.help_request USING btree (changed_at) WHERE (state = 'open'::text)
CREATE INDEX import_change_import ON public.import_change USING btree (import_id, thing)
CREATE INDEX import_change_thing ON public.import_change USING btree (thing_id)
CREATE INDEX import_time ON public.import USING btree (created_at DESC, import_id)
CREATE INDEX import_under_way ON public.import USING btree (changed_at) WHERE (state = ANY (ARRAY['receiving'::text, 'received'::text, 'checking'::text, 'committing'::text]))
CREATE INDEX import_unmatched_import ON public.import_unmatched USING btree (import_id)
CREATE INDEX learning_digest_last_day ON public.learning_digest USING brin ((days[cardinality(days)])) WITH (autosummarize='on')
CREATE INDEX lesson_content_captions ON public.lesson_content USING btree (captions_file_id) WHERE (captions_file_id IS NOT NULL)
CREATE INDEX lesson_content_file ON public.lesson_content USING btree (file_id) WHERE (file_id IS NOT NULL)
CREATE INDEX lesson_content_images ON public.lesson_content USING gin (image_ids)
CREATE INDEX lesson_presence_lesson ON public.lesson_presence USING btree (lesson_id, seen_at)
CREATE INDEX lesson_revision_history ON public.lesson_revision USING btree (course_version_id, lesson_code, saved_at DESC)
CREATE INDEX local_message_time ON public.local_message USING btree (made_at DESC)
CREATE INDEX mandate_amends ON public.mandate USING btree (amends_mandate_id) WHERE (amends_mandate_id IS NOT NULL)
CREATE INDEX mandate_build_mandate ON public.mandate_build USING btree (mandate_id)
CREATE INDEX mandate_build_open ON public.mandate_build USING btree (asked_at) WHERE (finished_at IS NULL)
CREATE INDEX mandate_build_touched_build ON public.mandate_build_touched USING btree (build_id)
CREATE INDEX mandate_office ON public.mandate USING btree (office_id)
CREATE INDEX mandate_scan_mandate ON public.mandate_scan USING btree (mandate_id)
CREATE INDEX mandate_takes_back ON public.mandate USING btree (takes_back_id) WHERE (takes_back_id IS NOT NULL)
CREATE INDEX name_request_open ON public.name_request USING btree (requested_at) WHERE (state = 'open'::text)
CREATE INDEX objection_by_id ON public.objection USING btree (objection_id)
CREATE INDEX objection_state ON public.objection USING btree (state, raised_at)
CREATE INDEX office_nodes ON public.office USING gin (nodes)
CREATE INDEX office_parent ON public.office USING btree (parent_id)
CREATE INDEX office_path ON public.office USING gin (path)
CREATE INDEX office_search ON public.office USING gin (search_text gin_trgm_ops)
CREATE INDEX paper_answer_question ON public.paper_answer USING btree (bank_question_id, revision) WHERE (share IS NOT NULL)
CREATE INDEX paper_answer_waiting ON public.paper_answer USING btree (bank_question_id) WHERE (mark_state = 'waiting'::text)
CREATE INDEX paper_blueprint ON public.paper USING btree (blueprint_id, submitted_at)
CREATE INDEX paper_waiting ON public.paper USING btree (blueprint_id) WHERE waits_for_marker
CREATE INDEX person_code_person ON public.person_code USING btree (person_id)
CREATE INDEX person_contact_person ON public.person_contact USING btree (person_id)
CREATE INDEX person_contact_tail ON public.person_contact USING btree ("right"(value, 4)) WHERE (kind = 'mobile'::text)
CREATE INDEX person_controlling ON public.person USING btree (controlling_officer_code) WHERE (controlling_officer_code IS NOT NULL)
CREATE INDEX person_digest_until ON public.person_digest USING btree (valid_until) WHERE (valid_until < 'infinity'::date)
CREATE INDEX person_import ON public.person USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX person_merged_into ON public.person USING btree (merged_into) WHERE (merged_into IS NOT NULL)
CREATE INDEX person_name_en_order ON public.person USING btree (COALESCE(name_en, name_hi) COLLATE "C", person_id)
CREATE INDEX person_name_hi_order ON public.person USING btree (COALESCE(name_hi, name_en) COLLATE "C", person_id)
CREATE INDEX person_not_counted ON public.person USING btree (person_id) WHERE ((account_day IS NULL) OR (merged_into IS NOT NULL))
CREATE INDEX person_notice_open ON public.person_notice USING btree (person_id, made_at) WHERE (seen_at IS NULL)
CREATE INDEX person_search ON public.person USING gin (search_text gin_trgm_ops)
CREATE INDEX person_search_stale ON public.person USING btree (person_id) WHERE (search_of <> names_hash(name_hi, name_en))
CREATE INDEX person_without_account ON public.person USING btree (person_id) WHERE ((account_day IS NULL) AND (merged_into IS NULL))
CREATE INDEX posting_import ON public.posting USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX posting_office ON public.posting USING btree (office_id, person_id) WHERE (voided_at IS NULL)
CREATE INDEX programme_import ON public.programme USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX programme_office ON public.programme USING btree (office_id)
CREATE INDEX promotion_rule_office ON public.promotion_rule USING btree (office_id)
CREATE INDEX published_translation_cues ON public.published_translation USING btree (course_id, language, cue_of) WHERE (cue_of IS NOT NULL)
CREATE INDEX registration_request_open ON public.registration_request USING btree (office_id, requested_at) WHERE (state = 'open'::text)
CREATE INDEX reminder_digest_by_day ON public.reminder_digest USING brin (day)
CREATE INDEX reminder_item_day ON public.reminder_item USING brin (day)
CREATE INDEX reminder_item_digest ON public.reminder_item USING btree (reminder_digest_id) WHERE (reminder_digest_id IS NOT NULL)
CREATE INDEX reminder_item_order ON public.reminder_item USING btree (mandate_id, day, person_id)
CREATE INDEX reminder_item_waiting ON public.reminder_item USING btree (day, recipient_id) WHERE (reminder_digest_id IS NULL)
CREATE INDEX reminder_sending_carried ON public.reminder_sending USING btree (carried_by) WHERE (carried_by IS NOT NULL)
CREATE INDEX reminder_sending_day ON public.reminder_sending USING brin (day)
CREATE INDEX reminder_sending_reference ON public.reminder_sending USING btree (reminder_sending_id)
CREATE INDEX reminder_sending_waiting ON public.reminder_sending USING btree (day, person_id) WHERE (state = ANY (ARRAY['waiting'::text, 'sending'::text]))
CREATE INDEX report_due ON public.report USING btree (next_on) WHERE ((removed_at IS NULL) AND (next_on IS NOT NULL))
CREATE INDEX report_office ON public.report USING btree (office_id) WHERE ((removed_at IS NULL) AND is_shared)
CREATE INDEX report_owner ON public.report USING btree (owner_id) WHERE (removed_at IS NULL)
CREATE INDEX report_run_files ON public.report_run USING btree (file_until) WHERE (storage_key IS NOT NULL)
CREATE INDEX report_run_open ON public.report_run USING btree (run_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE INDEX report_run_own ON public.report_run USING btree (created_by, created_at)
CREATE INDEX report_run_report ON public.report_run USING btree (report_id) WHERE (report_id IS NOT NULL)
CREATE INDEX review_case_event_case ON public.review_case_event USING btree (person_id, review_case_id)
CREATE INDEX review_case_lapsing ON public.review_case USING btree (lapses_on) WHERE (state = 'open'::text)
CREATE INDEX review_roster_reach_office ON public.review_roster_reach USING btree (office_id)
CREATE INDEX review_snapshot_area ON public.review_snapshot USING btree (place_code, published_at DESC, review_snapshot_id DESC) WHERE (node = 'area'::text)
CREATE INDEX review_snapshot_office ON public.review_snapshot USING btree (scope_office_id, published_at DESC, review_snapshot_id DESC) WHERE (node = 'office'::text)
CREATE INDEX role_grant_office ON public.role_grant USING btree (office_id)
CREATE INDEX service_event_import ON public.service_event USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX session_expiry ON public.session USING btree (expires_at)
CREATE INDEX session_person ON public.session USING btree (person_id) WHERE (ended_at IS NULL)
CREATE INDEX sign_in_flow_expiry ON public.sign_in_flow USING btree (expires_at)
CREATE INDEX sign_in_request_open ON public.sign_in_request USING btree (asked_at) WHERE (decided_at IS NULL)
CREATE INDEX statement_batch_files ON public.statement_batch USING btree (file_until) WHERE (storage_key IS NOT NULL)
CREATE INDEX statement_batch_own ON public.statement_batch USING btree (created_by, created_at)
CREATE INDEX statement_corrected ON public.statement USING btree (office_id, year, listed_name, statement_no) WHERE ((replaced_by_no IS NULL) AND (replaces_no IS NOT NULL))
CREATE INDEX statement_desk ON public.statement USING btree (office_id, year, listed_name, statement_no) INCLUDE (served_on) WHERE (replaced_by_no IS NULL)
CREATE INDEX statement_disputed ON public.statement USING btree (office_id, year, listed_name, statement_no) WHERE ((replaced_by_no IS NULL) AND is_disputed)
CREATE INDEX statement_event_feed ON public.statement_event USING btree (feed_position) WHERE (feed_position IS NOT NULL)
CREATE INDEX statement_event_new ON public.statement_event USING btree (statement_event_id) WHERE (feed_position IS NULL)
CREATE INDEX statement_unserved ON public.statement USING btree (service_on) WHERE ((served_on IS NULL) AND (replaced_by_no IS NULL))
CREATE INDEX syllabus_part_course ON public.syllabus_part USING btree (course_id) WHERE (course_id IS NOT NULL)
CREATE INDEX training_session_import ON public.training_session USING btree (import_id) WHERE (import_id IS NOT NULL)
CREATE INDEX training_session_programme ON public.training_session USING btree (programme_code, day)
CREATE INDEX upload_expires ON public.upload USING btree (expires_at)
CREATE INDEX upload_owner ON public.upload USING btree (owner)
CREATE INDEX visitor_help_request_open ON public.visitor_help_request USING btree (asked_at) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX api_token_api_token_id_key ON public.api_token USING btree (api_token_id)
CREATE UNIQUE INDEX api_token_pkey ON public.api_token USING btree (token_digest)
CREATE UNIQUE INDEX appraisal_calendar_pkey ON public.appraisal_calendar USING btree (calendar_id)
CREATE UNIQUE INDEX area_kind_code_key ON public.area USING btree (kind, code)
CREATE UNIQUE INDEX area_node ON public.area USING btree (node_id)
CREATE UNIQUE INDEX area_pkey ON public.area USING btree (area_id)
CREATE UNIQUE INDEX attempt_budget_pkey ON public.attempt_budget USING btree (budget_key)
CREATE UNIQUE INDEX attendance_once ON public.attendance USING btree (person_id, session_id) WHERE (voided_at IS NULL)
CREATE UNIQUE INDEX attendance_pkey ON public.attendance USING btree (person_id, attendance_id)
CREATE UNIQUE INDEX audit_event_pkey ON public.audit_event USING btree (audit_event_id)
CREATE UNIQUE INDEX audit_seal_audit_event_id_key ON public.audit_seal USING btree (audit_event_id)
CREATE UNIQUE INDEX audit_seal_pkey ON public.audit_seal USING btree (seal_number)
CREATE UNIQUE INDEX bank_question_pkey ON public.bank_question USING btree (bank_question_id)
CREATE UNIQUE INDEX bank_question_question_bank_id_code_key ON public.bank_question USING btree (question_bank_id, code)
CREATE UNIQUE INDEX bank_question_version_pkey ON public.bank_question_version USING btree (bank_question_id, revision)
CREATE UNIQUE INDEX blueprint_code_key ON public.blueprint USING btree (code)
CREATE UNIQUE INDEX blueprint_pkey ON public.blueprint USING btree (blueprint_id)
CREATE UNIQUE INDEX blueprint_version_pkey ON public.blueprint_version USING btree (blueprint_id, revision)
CREATE UNIQUE INDEX cadre_name_key_key ON public.cadre USING btree (name_key)
CREATE UNIQUE INDEX cadre_pkey ON public.cadre USING btree (cadre_id)
CREATE UNIQUE INDEX campaign_code_key ON public.campaign USING btree (code)
CREATE UNIQUE INDEX campaign_counter_pkey ON public.campaign_counter USING btree (campaign_id, node_id)
CREATE UNIQUE INDEX campaign_delta_pkey ON public.campaign_delta USING btree (campaign_delta_id)
CREATE UNIQUE INDEX campaign_pkey ON public.campaign USING btree (campaign_id)
CREATE UNIQUE INDEX campaign_progress_pkey ON public.campaign_progress USING btree (person_id, campaign_id)
CREATE UNIQUE INDEX campaign_result_pkey ON public.campaign_result USING btree (campaign_id, office_id)
CREATE UNIQUE INDEX caption_track_pkey ON public.caption_track USING btree (file_id)
CREATE UNIQUE INDEX certificate_batch_pkey ON public.certificate_batch USING btree (certificate_batch_id)
CREATE UNIQUE INDEX certificate_live ON public.certificate USING btree (person_id, completion_id) WHERE (replaced_by_no IS NULL)
CREATE UNIQUE INDEX certificate_number_pkey ON public.certificate_number USING btree (certificate_no)
CREATE UNIQUE INDEX certificate_picture_pkey ON public.certificate_picture USING btree (sha256)
CREATE UNIQUE INDEX certificate_pkey ON public.certificate USING btree (person_id, certificate_id)
CREATE UNIQUE INDEX certificate_template_one ON public.certificate_template USING btree (office_id, state) WHERE (state <> 'ended'::text)
CREATE UNIQUE INDEX certificate_template_pkey ON public.certificate_template USING btree (certificate_template_id)
CREATE UNIQUE INDEX claim_pkey ON public.claim USING btree (person_id, claim_id)
CREATE UNIQUE INDEX collection_code_key ON public.collection USING btree (code)
CREATE UNIQUE INDEX collection_course_pkey ON public.collection_course USING btree (collection_id, course_id)
CREATE UNIQUE INDEX collection_history_pkey ON public.collection_history USING btree (collection_id, recorded_at)
CREATE UNIQUE INDEX collection_pkey ON public.collection USING btree (collection_id)
CREATE UNIQUE INDEX competency_declaration_live ON public.competency_declaration USING btree (person_id, competency_id) WHERE (withdrawn_at IS NULL)
CREATE UNIQUE INDEX competency_declaration_pkey ON public.competency_declaration USING btree (person_id, competency_declaration_id)
CREATE UNIQUE INDEX competency_framework_pkey ON public.competency_framework USING btree (framework)
CREATE UNIQUE INDEX competency_key_key ON public.competency USING btree (key)
CREATE UNIQUE INDEX competency_pkey ON public.competency USING btree (competency_id)
CREATE UNIQUE INDEX completion_once ON public.completion USING btree (person_id, course_id, completed_day) WHERE (voided_at IS NULL)
CREATE UNIQUE INDEX completion_pkey ON public.completion USING btree (person_id, completion_id)
CREATE UNIQUE INDEX contact_dispute_pkey ON public.contact_dispute USING btree (person_id, contact_dispute_id)
CREATE UNIQUE INDEX counted_mark_pkey ON public.counted_mark USING btree (subject_id, kind)
CREATE UNIQUE INDEX counter_delta_pkey ON public.counter_delta USING btree (counter_delta_id)
CREATE UNIQUE INDEX course_assignment_count_pkey ON public.course_assignment_count USING btree (course_assignment_id)
CREATE UNIQUE INDEX course_assignment_person_pkey ON public.course_assignment_person USING btree (person_id, course_assignment_id)
CREATE UNIQUE INDEX course_assignment_pkey ON public.course_assignment USING btree (course_assignment_id)
CREATE UNIQUE INDEX course_code_key ON public.course USING btree (code)
CREATE UNIQUE INDEX course_comment_pkey ON public.course_comment USING btree (course_comment_id)
CREATE UNIQUE INDEX course_course_no ON public.course USING btree (course_no)
CREATE UNIQUE INDEX course_language_pkey ON public.course_language USING btree (course_id, language)
CREATE UNIQUE INDEX course_package_pkey ON public.course_package USING btree (course_package_id)
CREATE UNIQUE INDEX course_pkey ON public.course USING btree (course_id)
CREATE UNIQUE INDEX course_prerequisite_pkey ON public.course_prerequisite USING btree (course_id, required_course_id)
CREATE UNIQUE INDEX course_rating_pkey ON public.course_rating USING btree (person_id, course_id)
CREATE UNIQUE INDEX course_rating_total_pkey ON public.course_rating_total USING btree (course_id)
CREATE UNIQUE INDEX course_redo_pkey ON public.course_redo USING btree (course_version_id)
CREATE UNIQUE INDEX course_review_pkey ON public.course_review USING btree (course_review_id)
CREATE UNIQUE INDEX course_review_standing ON public.course_review USING btree (course_version_id) WHERE (state = ANY (ARRAY['open'::text, 'approved'::text]))
CREATE UNIQUE INDEX course_tag_history_pkey ON public.course_tag_history USING btree (course_id, recorded_at)
CREATE UNIQUE INDEX course_translation_pkey ON public.course_translation USING btree (course_id, language, place)
CREATE UNIQUE INDEX course_translator_pkey ON public.course_translator USING btree (person_id, course_translator_id)
CREATE UNIQUE INDEX course_version_course_id_number_key ON public.course_version USING btree (course_id, number)
CREATE UNIQUE INDEX course_version_pkey ON public.course_version USING btree (course_version_id)
CREATE UNIQUE INDEX course_writer_pkey ON public.course_writer USING btree (course_version_id, writer_id)
CREATE UNIQUE INDEX curriculum_reason_pkey ON public.curriculum_reason USING btree (curriculum_reason_id)
CREATE UNIQUE INDEX curriculum_rule_pkey ON public.curriculum_rule USING btree (curriculum_rule_id)
CREATE UNIQUE INDEX designation_competency_pkey ON public.designation_competency USING btree (office_id, designation_id, competency_id)
CREATE UNIQUE INDEX designation_name_key_key ON public.designation USING btree (name_key)
CREATE UNIQUE INDEX designation_pkey ON public.designation USING btree (designation_id)
CREATE UNIQUE INDEX digest_state_pkey ON public.digest_state USING btree (is_only)
CREATE UNIQUE INDEX digest_touched_pkey ON public.digest_touched USING btree (digest_touched_id)
CREATE UNIQUE INDEX digilocker_request_pkey ON public.digilocker_request USING btree (txn)
CREATE UNIQUE INDEX engagement_0_pkey ON public.engagement_0 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_1_pkey ON public.engagement_1 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_2_pkey ON public.engagement_2 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_3_pkey ON public.engagement_3 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_4_pkey ON public.engagement_4 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_5_pkey ON public.engagement_5 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_6_pkey ON public.engagement_6 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_7_pkey ON public.engagement_7 USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_day_pkey ON public.engagement_day USING btree (person_id, enrolment_id, lesson_id, day)
CREATE UNIQUE INDEX engagement_limit_pkey ON public.engagement_limit USING btree (starts_on)
CREATE UNIQUE INDEX engagement_pkey ON ONLY public.engagement USING btree (person_id, engagement_id, slot)
CREATE UNIQUE INDEX engagement_slot_open ON public.engagement_slot USING btree (state) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX engagement_slot_pkey ON public.engagement_slot USING btree (slot)
CREATE UNIQUE INDEX enrolment_active ON public.enrolment USING btree (person_id, course_id) WHERE ((withdrawn_at IS NULL) AND (superseded_at IS NULL))
CREATE UNIQUE INDEX enrolment_pkey ON public.enrolment USING btree (person_id, enrolment_id)
CREATE UNIQUE INDEX exemption_pkey ON public.exemption USING btree (person_id, exemption_id)
CREATE UNIQUE INDEX extension_request_pkey ON public.extension_request USING btree (person_id, extension_request_id)
CREATE UNIQUE INDEX extra_attempt_pkey ON public.extra_attempt USING btree (person_id, extra_attempt_id)
CREATE UNIQUE INDEX extra_time_open ON public.extra_time USING btree (person_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX extra_time_pkey ON public.extra_time USING btree (person_id, extra_time_id)
CREATE UNIQUE INDEX file_page_pkey ON public.file_page USING btree (file_id, page)
CREATE UNIQUE INDEX file_pkey ON public.file USING btree (file_id)
CREATE UNIQUE INDEX file_rendition_pkey ON public.file_rendition USING btree (file_id, kind)
CREATE UNIQUE INDEX help_message_pkey ON public.help_message USING btree (person_id, help_message_id)
CREATE UNIQUE INDEX help_request_pkey ON public.help_request USING btree (person_id, help_request_id)
CREATE UNIQUE INDEX import_change_pkey ON public.import_change USING btree (import_change_id)
CREATE UNIQUE INDEX import_pkey ON public.import USING btree (import_id)
CREATE UNIQUE INDEX import_progress_pkey ON public.import_progress USING btree (import_id)
CREATE UNIQUE INDEX import_unmatched_once ON public.import_unmatched USING btree (given_key) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX import_unmatched_pkey ON public.import_unmatched USING btree (import_unmatched_id)
CREATE UNIQUE INDEX installation_fact_pkey ON public.installation_fact USING btree (name)
CREATE UNIQUE INDEX known_device_pkey ON public.known_device USING btree (person_id, device_digest)
CREATE UNIQUE INDEX learner_clock_pkey ON public.learner_clock USING btree (person_id)
CREATE UNIQUE INDEX learning_digest_pkey ON public.learning_digest USING btree (person_id, part)
CREATE UNIQUE INDEX lesson_content_pkey ON public.lesson_content USING btree (lesson_id, language)
CREATE UNIQUE INDEX lesson_course_version_id_code_key ON public.lesson USING btree (course_version_id, code)
CREATE UNIQUE INDEX lesson_pkey ON public.lesson USING btree (lesson_id)
CREATE UNIQUE INDEX lesson_presence_pkey ON public.lesson_presence USING btree (person_id, lesson_id)
CREATE UNIQUE INDEX lesson_progress_pkey ON public.lesson_progress USING btree (person_id, enrolment_id, lesson_id)
CREATE UNIQUE INDEX lesson_revision_pkey ON public.lesson_revision USING btree (lesson_revision_id)
CREATE UNIQUE INDEX lesson_revision_stamp ON public.lesson_revision USING btree (lesson_id, revision) WHERE (action <> 'aside'::text)
CREATE UNIQUE INDEX local_message_pkey ON public.local_message USING btree (local_message_id)
CREATE UNIQUE INDEX mandate_build_part_pkey ON public.mandate_build_part USING btree (sheet_id, part)
CREATE UNIQUE INDEX mandate_build_pkey ON public.mandate_build USING btree (build_id)
CREATE UNIQUE INDEX mandate_build_sheet_pkey ON public.mandate_build_sheet USING btree (build_id, mandate_id)
CREATE UNIQUE INDEX mandate_build_sheet_sheet_id_key ON public.mandate_build_sheet USING btree (sheet_id)
CREATE UNIQUE INDEX mandate_build_touched_pkey ON public.mandate_build_touched USING btree (person_id, touch_id)
CREATE UNIQUE INDEX mandate_number_key ON public.mandate USING btree (number)
CREATE UNIQUE INDEX mandate_pkey ON public.mandate USING btree (mandate_id)
CREATE UNIQUE INDEX mandate_recount_pkey ON public.mandate_recount USING btree (mandate_recount_id)
CREATE UNIQUE INDEX mandate_scan_pkey ON public.mandate_scan USING btree (mandate_scan_id)
CREATE UNIQUE INDEX mandate_sheet_counter_pkey ON public.mandate_sheet_counter USING btree (sheet_id, office_id, day)
CREATE UNIQUE INDEX mandate_sheet_discarded_pkey ON public.mandate_sheet_discarded USING btree (sheet_id)
CREATE UNIQUE INDEX mandate_sheet_id_key ON public.mandate USING btree (sheet_id)
CREATE UNIQUE INDEX mandate_sheet_standing_pkey ON public.mandate_sheet_standing USING btree (sheet_id, person_id)
CREATE UNIQUE INDEX mandate_touched_pkey ON public.mandate_touched USING btree (person_id, touch_id)
CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (name)
CREATE UNIQUE INDEX name_request_once ON public.name_request USING btree (person_id) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX name_request_pkey ON public.name_request USING btree (person_id, name_request_id)
CREATE UNIQUE INDEX objection_open ON public.objection USING btree (person_id, statement_id) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX objection_pkey ON public.objection USING btree (person_id, objection_id)
CREATE UNIQUE INDEX office_code_key ON public.office USING btree (code)
CREATE UNIQUE INDEX office_counter_pkey ON public.office_counter USING btree (office_id, grain, day)
CREATE UNIQUE INDEX office_gate_pkey ON public.office_gate USING btree (office_id)
CREATE UNIQUE INDEX office_name_pkey ON public.office_name USING btree (office_name_id)
CREATE UNIQUE INDEX office_pkey ON public.office USING btree (office_id)
CREATE UNIQUE INDEX order_feed_live ON public.order_feed USING btree (person_id) WHERE (ended_at IS NULL)
CREATE UNIQUE INDEX order_feed_pkey ON public.order_feed USING btree (person_id, order_feed_id)
CREATE UNIQUE INDEX paper_answer_pkey ON public.paper_answer USING btree (person_id, paper_id, place)
CREATE UNIQUE INDEX paper_open ON public.paper USING btree (person_id, course_id, blueprint_id) WHERE (submitted_at IS NULL)
CREATE UNIQUE INDEX paper_person_id_course_id_blueprint_id_number_key ON public.paper USING btree (person_id, course_id, blueprint_id, number)
CREATE UNIQUE INDEX paper_pkey ON public.paper USING btree (person_id, paper_id)
CREATE UNIQUE INDEX person_code_pkey ON public.person_code USING btree (code, issuer)
CREATE UNIQUE INDEX person_contact_pkey ON public.person_contact USING btree (value, kind, person_id)
CREATE UNIQUE INDEX person_digest_pkey ON public.person_digest USING btree (person_id)
CREATE UNIQUE INDEX person_name_pkey ON public.person_name USING btree (person_id, person_name_id)
CREATE UNIQUE INDEX person_notice_pkey ON public.person_notice USING btree (person_id, person_notice_id)
CREATE UNIQUE INDEX person_pkey ON public.person USING btree (person_id)
CREATE UNIQUE INDEX plan_approval_rule_pkey ON public.plan_approval_rule USING btree (office_id, set_at)
CREATE UNIQUE INDEX plan_line_pkey ON public.plan_line USING btree (plan_version_id, ordinal)
CREATE UNIQUE INDEX plan_office_id_year_key ON public.plan USING btree (office_id, year)
CREATE UNIQUE INDEX plan_pkey ON public.plan USING btree (plan_id)
CREATE UNIQUE INDEX plan_version_draft ON public.plan_version USING btree (plan_id) WHERE (state = 'draft'::text)
CREATE UNIQUE INDEX plan_version_pkey ON public.plan_version USING btree (plan_version_id)
CREATE UNIQUE INDEX plan_version_plan_id_version_key ON public.plan_version USING btree (plan_id, version)
CREATE UNIQUE INDEX post_office_id_designation_id_service_group_key ON public.post USING btree (office_id, designation_id, service_group)
CREATE UNIQUE INDEX post_pkey ON public.post USING btree (post_id)
CREATE UNIQUE INDEX posting_pkey ON public.posting USING btree (person_id, posting_id)
CREATE UNIQUE INDEX programme_code_key ON public.programme USING btree (code)
CREATE UNIQUE INDEX programme_pkey ON public.programme USING btree (programme_id)
CREATE UNIQUE INDEX programme_syllabus_draft ON public.programme_syllabus USING btree (programme_id) WHERE (state = 'draft'::text)
CREATE UNIQUE INDEX programme_syllabus_pkey ON public.programme_syllabus USING btree (programme_syllabus_id)
CREATE UNIQUE INDEX programme_syllabus_programme_id_version_key ON public.programme_syllabus USING btree (programme_id, version)
CREATE UNIQUE INDEX promotion_rule_pkey ON public.promotion_rule USING btree (promotion_rule_id)
CREATE UNIQUE INDEX promotion_rule_successor ON public.promotion_rule USING btree (replaces_rule_id) WHERE (replaces_rule_id IS NOT NULL)
CREATE UNIQUE INDEX promotion_tally_pkey ON public.promotion_tally USING btree (promotion_rule_id, office_id, as_of)
CREATE UNIQUE INDEX published_translation_pkey ON public.published_translation USING btree (course_id, language, place, source_hash, base_hash)
CREATE UNIQUE INDEX question_bank_code_key ON public.question_bank USING btree (code)
CREATE UNIQUE INDEX question_bank_pkey ON public.question_bank USING btree (question_bank_id)
CREATE UNIQUE INDEX quiz_attempt_person_id_enrolment_id_lesson_id_number_key ON public.quiz_attempt USING btree (person_id, enrolment_id, lesson_id, number)
CREATE UNIQUE INDEX quiz_attempt_pkey ON public.quiz_attempt USING btree (person_id, quiz_attempt_id)
CREATE UNIQUE INDEX recovery_code_pkey ON public.recovery_code USING btree (person_id, recovery_code_id)
CREATE UNIQUE INDEX registration_request_once ON public.registration_request USING btree (employee_code, issuer) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX registration_request_pkey ON public.registration_request USING btree (registration_request_id)
CREATE UNIQUE INDEX reminder_bounce_pkey ON public.reminder_bounce USING btree (address, channel)
CREATE UNIQUE INDEX reminder_digest_day ON public.reminder_digest USING btree (person_id, day)
CREATE UNIQUE INDEX reminder_digest_pkey ON public.reminder_digest USING btree (person_id, reminder_digest_id)
CREATE UNIQUE INDEX reminder_item_pkey ON public.reminder_item USING btree (person_id, mandate_id, due_on, days_before, audience)
CREATE UNIQUE INDEX reminder_number_pkey ON public.reminder_number USING btree (number, day)
CREATE UNIQUE INDEX reminder_rule_pkey ON public.reminder_rule USING btree (mandate_id)
CREATE UNIQUE INDEX reminder_run_pkey ON public.reminder_run USING btree (mandate_id, day)
CREATE UNIQUE INDEX reminder_sending_pkey ON public.reminder_sending USING btree (person_id, reminder_digest_id, channel)
CREATE UNIQUE INDEX report_pkey ON public.report USING btree (report_id)
CREATE UNIQUE INDEX report_run_day ON public.report_run USING btree (report_id, scheduled_on) WHERE (scheduled_on IS NOT NULL)
CREATE UNIQUE INDEX report_run_part_pkey ON public.report_run_part USING btree (run_id, part)
CREATE UNIQUE INDEX report_run_pkey ON public.report_run USING btree (run_id)
CREATE UNIQUE INDEX review_case_event_pkey ON public.review_case_event USING btree (person_id, review_case_event_id)
CREATE UNIQUE INDEX review_case_open ON public.review_case USING btree (person_id) WHERE (state = 'open'::text)
CREATE UNIQUE INDEX review_case_person_id_day_key ON public.review_case USING btree (person_id, day)
CREATE UNIQUE INDEX review_case_pkey ON public.review_case USING btree (person_id, review_case_id)
CREATE UNIQUE INDEX review_field_cadre_pkey ON public.review_field_cadre USING btree (node_id, cadre_id)
CREATE UNIQUE INDEX review_roster_reach_pkey ON public.review_roster_reach USING btree (import_id, office_id)
CREATE UNIQUE INDEX review_roster_read_pkey ON public.review_roster_read USING btree (import_id)
CREATE UNIQUE INDEX review_rule_pkey ON public.review_rule USING btree (office_id)
CREATE UNIQUE INDEX review_snapshot_pkey ON public.review_snapshot USING btree (review_snapshot_id)
CREATE UNIQUE INDEX role_grant_pkey ON public.role_grant USING btree (person_id, role_grant_id)
CREATE UNIQUE INDEX roster_change_pkey ON public.roster_change USING btree (written_by)
CREATE UNIQUE INDEX service_event_pkey ON public.service_event USING btree (person_id, service_event_id)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (session_digest)
CREATE UNIQUE INDEX shelf_item_pkey ON public.shelf_item USING btree (person_id, course_id)
CREATE UNIQUE INDEX sign_in_flow_pkey ON public.sign_in_flow USING btree (flow_digest)
CREATE UNIQUE INDEX sign_in_request_pkey ON public.sign_in_request USING btree (person_id, sign_in_request_id)
CREATE UNIQUE INDEX sign_in_secret_pkey ON public.sign_in_secret USING btree (person_id)
CREATE UNIQUE INDEX sign_in_slip_pkey ON public.sign_in_slip USING btree (person_id, sign_in_slip_id)
CREATE UNIQUE INDEX signing_key_active ON public.signing_key USING btree (sealed_by) WHERE (retired_at IS NULL)
CREATE UNIQUE INDEX signing_key_pkey ON public.signing_key USING btree (kid)
CREATE UNIQUE INDEX statement_batch_pkey ON public.statement_batch USING btree (statement_batch_id)
CREATE UNIQUE INDEX statement_event_pkey ON public.statement_event USING btree (person_id, statement_event_id)
CREATE UNIQUE INDEX statement_job_open ON public.statement_job USING btree (kind, year, office_id) WHERE (state = ANY (ARRAY['waiting'::text, 'running'::text]))
CREATE UNIQUE INDEX statement_job_pkey ON public.statement_job USING btree (statement_job_id)
CREATE UNIQUE INDEX statement_live ON public.statement USING btree (person_id, year) WHERE (replaced_by_no IS NULL)
CREATE UNIQUE INDEX statement_number_pkey ON public.statement_number USING btree (statement_no)
CREATE UNIQUE INDEX statement_pkey ON public.statement USING btree (person_id, statement_id)
CREATE UNIQUE INDEX statement_word_pkey ON public.statement_word USING btree (kind, word_key, recorded_at)
CREATE UNIQUE INDEX syllabus_part_pkey ON public.syllabus_part USING btree (programme_syllabus_id, ordinal)
CREATE UNIQUE INDEX training_session_live ON public.training_session USING btree (code) WHERE (voided_at IS NULL)
CREATE UNIQUE INDEX training_session_pkey ON public.training_session USING btree (session_id)
CREATE UNIQUE INDEX upload_pkey ON public.upload USING btree (upload_id)
CREATE UNIQUE INDEX visitor_help_request_pkey ON public.visitor_help_request USING btree (visitor_help_request_id)

-- views
area_way as
 WITH RECURSIVE way AS (
         SELECT area.area_id,
            area.parent_id,
            (area.kind <> 'country'::text) AS counts,
            ARRAY[area.node_id] AS nodes,
                CASE
                    WHEN (area.kind = ANY (ARRAY['state'::text, 'division'::text, 'district'::text])) THEN ARRAY[area.node_id]
                    ELSE '{}'::uuid[]
                END AS class_nodes
           FROM area
        UNION ALL
         SELECT way_1.area_id,
            area.parent_id,
            way_1.counts,
            (way_1.nodes || area.node_id),
                CASE
                    WHEN (area.kind = ANY (ARRAY['state'::text, 'division'::text, 'district'::text])) THEN (way_1.class_nodes || area.node_id)
                    ELSE way_1.class_nodes
                END AS class_nodes
           FROM (way way_1
             JOIN area ON (((area.area_id = way_1.parent_id) AND (area.kind <> 'country'::text))))
        )
 SELECT DISTINCT ON (way.area_id) way.area_id,
        CASE
            WHEN way.counts THEN way.nodes
            ELSE '{}'::uuid[]
        END AS nodes,
    way.class_nodes
   FROM (way
     JOIN area itself ON ((itself.area_id = way.area_id)))
  ORDER BY way.area_id, (cardinality(way.nodes)) DESC;
mandate_counter as
 SELECT m.mandate_id,
    c.office_id,
    c.day,
    c.met,
    c.met_late,
    c.open,
    c.overdue,
    c.exempt
   FROM (mandate m
     JOIN mandate_sheet_counter c USING (sheet_id));
mandate_standing as
 SELECT s.person_id,
    m.mandate_id,
    s.office_ids,
    s.bound_days,
    s.reached_on,
    s.due_on,
    s.overdue_from,
    s.exempt_days,
    s.first_day,
    s.last_day,
    s.in_days
   FROM (mandate m
     JOIN mandate_sheet_standing s USING (sheet_id));
office_way as
 SELECT office.office_id,
    (office.path || COALESCE(area_way.nodes, '{}'::uuid[])) AS nodes,
    (office.path[1:3] || COALESCE(area_way.class_nodes, '{}'::uuid[])) AS class_nodes
   FROM ((office
     LEFT JOIN LATERAL ( SELECT above.area_id
           FROM (unnest(office.path) WITH ORDINALITY step(office_id, place)
             JOIN office above USING (office_id))
          WHERE (above.area_id IS NOT NULL)
          ORDER BY step.place DESC
         LIMIT 1) nearest ON (true))
     LEFT JOIN area_way ON ((area_way.area_id = nearest.area_id)));

-- functions
CREATE OR REPLACE FUNCTION public.campaign_result_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the kept result of a campaign is never changed';
end $function$

CREATE OR REPLACE FUNCTION public.class_node(node uuid, class smallint)
 RETURNS uuid
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select md5(node::text || ' ' || class)::uuid
$function$

CREATE OR REPLACE FUNCTION public.class_of(service_group text, engagement text, is_field boolean)
 RETURNS smallint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select (coalesce(strpos('ABCD', service_group), 0) * 16 + is_field::integer + 2 * coalesce(array_position(
    array['permanent', 'temporary', 'contract', 'outsourced', 'honorary', 'elected', 'trainee'], engagement), 0))::smallint
$function$

CREATE OR REPLACE FUNCTION public.count_enrolment(the_person uuid, the_enrolment uuid)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  began date;
  earliest date;
  others record;
  step counter_delta;
begin
  select enrolled_day into began from enrolment
    where person_id = the_person and enrolment_id = the_enrolment and withdrawn_day is null;
  if not found then
    return true;
  end if;
  select min(completed_day) into earliest from completion where person_id = the_person and voided_at is null;
  if earliest <= began then
    return true;
  end if;
  select coalesce(bool_or(withdrawn_day is null and enrolled_day <= began), false) as is_active,
      coalesce(bool_or(enrolled_day > began or withdrawn_day > began), false) as is_later
    into others from enrolment where person_id = the_person and enrolment_id <> the_enrolment;
  if others.is_active then
    return true;
  end if;
  if earliest is not null or others.is_later then
    return false;
  end if;
  step.begun := 1;
  return count_step(the_person, began, step);
end $function$

CREATE OR REPLACE FUNCTION public.count_sign_in(the_person uuid)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  first_day date;
  step counter_delta;
begin
  select signed_in_day into first_day from person where person_id = the_person and signed_in_day is not null;
  if not found then
    return true;
  end if;
  step.signed_in := 1;
  return count_step(the_person, first_day, step);
end $function$

CREATE OR REPLACE FUNCTION public.count_step(the_person uuid, the_day date, step counter_delta)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  account date;
  place record;
  counts_from date;
begin
  select account_day into account from person
    where person_id = the_person and account_day is not null and merged_into is null;
  if not found then
    return true;
  end if;
  for place in
    select posting.starts_on, posting.ends_on, count(*) over () as places, office.nodes || array(
        select class_node(node, class_of(posting.service_group, posting.engagement, field.subject_id is not null))
        from unnest(office.class_nodes) as node) as nodes
    from posting join office using (office_id)
      left join counted_mark field on field.kind = 'field' and field.subject_id = posting.cadre_id
        and posting.person_id < field.up_to
    where posting.person_id = the_person and posting.voided_at is null
      and (posting.ends_on is null or posting.ends_on >= the_day)
    limit 1
  loop
    if place.places > 1 then
      return false;
    end if;
    counts_from := greatest(the_day, place.starts_on, account);
    -- In at the first day that counts, out again on the day after the posting's last.
    insert into counter_delta (offices, day, signed_in, begun)
      select place.nodes, way.day, way.sign * coalesce(step.signed_in, 0), way.sign * coalesce(step.begun, 0)
      from (values (1, counts_from), (-1, place.ends_on + 1)) as way (sign, day)
      where way.day is not null and (place.ends_on is null or counts_from <= place.ends_on);
  end loop;
  return true;
end $function$

CREATE OR REPLACE FUNCTION public.due_after_return(due date, absences datemultirange, days_more integer)
 RETURNS date
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
declare absence daterange;
begin
  for absence in select unnest(absences) loop
    if due <@ absence then
      if upper_inf(absence) then
        return null;
      end if;
      due := upper(absence) + days_more;
    end if;
  end loop;
  return due;
end $function$

CREATE OR REPLACE FUNCTION public.keep_course_tags()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into course_tag_history (course_id, recorded_at, tags) values (new.course_id, now(), new.tags)
    on conflict (course_id, recorded_at) do update set tags = excluded.tags;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.keep_nodes(touched uuid[])
 RETURNS void
 LANGUAGE sql
AS $function$
  update office set nodes = office_way.nodes, class_nodes = office_way.class_nodes
  from office_way
  where office.office_id = any(touched) and office_way.office_id = office.office_id
    and (office.nodes <> office_way.nodes or office.class_nodes <> office_way.class_nodes)
$function$

CREATE OR REPLACE FUNCTION public.mark_course()
 RETURNS trigger
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
begin
  if tg_op = 'UPDATE' and exists (select from completion where course_id = new.course_id and voided_at is null) then
    return null;
  end if;
  delete from counted_mark where subject_id = new.course_id and kind <> all(new.tags);
  insert into counted_mark (kind, subject_id, up_to)
    select kind, new.course_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    from unnest(array['ai', 'cyber']) as kind where kind = any(new.tags)
    on conflict do nothing;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.names_hash(name_hi text, name_en text)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
RETURN hashtextextended(((COALESCE(name_hi, ''::text) || '|'::text) || COALESCE(name_en, ''::text)), (0)::bigint)

CREATE OR REPLACE FUNCTION public.new_id()
 RETURNS uuid
 LANGUAGE sql
 PARALLEL SAFE
AS $function$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$function$

CREATE OR REPLACE FUNCTION public.nodes_of_areas()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from new_row join old_row using (area_id)
      where new_row.parent_id is distinct from old_row.parent_id or new_row.kind <> old_row.kind) then
    perform keep_nodes((select array_agg(office_id) from office));
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.nodes_of_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  moved uuid[];
begin
  select array_agg(new_row.office_id) into moved from new_row join old_row using (office_id)
    where new_row.path <> old_row.path or new_row.area_id is distinct from old_row.area_id;
  if moved is not null then
    perform keep_nodes((select array_agg(distinct below.office_id)
      from unnest(moved) as one (office_id) join office below on below.path @> array[one.office_id]));
  end if;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.nodes_of_made()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform keep_nodes((select array_agg(office_id) from made));
  insert into office_gate (office_id) select office_id from made;
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.review_snapshot_stays()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'a published review sheet is never changed';
end $function$

CREATE OR REPLACE FUNCTION public.want_mandate_recount()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into mandate_recount (reason) values (tg_argv[0]);
  return null;
end $function$

CREATE OR REPLACE FUNCTION public.want_recount_of_named()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from mandate where state = 'published' and rules -> 'scope' ? tg_argv[0]) then
    insert into mandate_recount (reason) values (tg_argv[0]);
  end if;
  return null;
end $function$

