// Made from the migrated schema by `npm run schema`; do not edit.
import type { Generated } from 'kysely';

declare module './kernel/db.ts' {
  interface Tables extends SchemaTables {}
}

export interface SchemaTables {
  api_token: {
    token_digest: Buffer;
    api_token_id: string;
    role: string | null;
    office_id: string | null;
    person_id: string | null;
    created_at: Generated<Date>;
    expires_at: Date | null;
    revoked_at: Date | null;
  };
  area: {
    area_id: string;
    kind: string;
    code: string;
    name_hi: string | null;
    name_en: string;
    parent_id: string | null;
    census_2011_code: string | null;
    note: string | null;
  };
  attempt_budget: {
    budget_key: Buffer;
    spent: number;
    blocked_until: Date;
    last_spent_at: Date;
  };
  audit_event: {
    audit_event_id: string;
    happened_at: Date;
    recorded_at: Generated<Date>;
    actor_kind: string;
    actor_person_id: string | null;
    actor_name: string | null;
    action: string;
    subject_kind: string;
    subject_id: string;
    person_id: string | null;
    office_id: string | null;
    ip: string | null;
    request_id: string;
    detail: Generated<unknown>;
    written_by: Generated<string>;
  };
  audit_seal: {
    seal_number: number;
    audit_event_id: string;
    salt: Buffer | null;
    digest: Buffer;
    link: Buffer;
    sealed_at: Generated<Date>;
  };
  cadre: {
    cadre_id: string;
    name: string;
    name_key: string;
  };
  certificate: {
    person_id: string;
    certificate_id: string;
    completion_id: string;
    course_id: string;
    certificate_no: string;
    content: unknown;
    signature: string;
    issued_at: Date;
    replaces_no: string | null;
    replaced_by_no: string | null;
    revoked_at: Date | null;
    revoked_reason: string | null;
    revoked_by: string | null;
  };
  certificate_number: {
    certificate_no: string;
    person_id: string;
    certificate_id: string;
  };
  completion: {
    person_id: string;
    completion_id: string;
    course_id: string;
    course_version_id: string | null;
    completed_day: string;
    completed_at: Date | null;
    source: string;
    foreign_certificate_no: string | null;
    enrolment_id: string | null;
    import_id: string | null;
    minutes: Generated<number>;
    office_id: string | null;
    area_id: string | null;
    service_group: string | null;
    engagement: string | null;
    recorded_at: Generated<Date>;
    voided_at: Date | null;
    void_reason: string | null;
  };
  contact_dispute: {
    person_id: string;
    contact_dispute_id: string;
    kind: string;
    value: string;
    reported_at: Date;
    decided_at: Date | null;
    decided_by: string | null;
    decision: string | null;
  };
  counter_delta: {
    counter_delta_id: Generated<number>;
    offices: string[];
    day: string;
    registered: Generated<number>;
    onboarded: Generated<number>;
    signed_in: Generated<number>;
    completions: Generated<number>;
    renewals: Generated<number>;
    digital_minutes: Generated<number>;
    classroom_minutes: Generated<number>;
    at_least_one: Generated<number>;
    three_or_more: Generated<number>;
    begun: Generated<number>;
    not_on_roster: Generated<number>;
    former: Generated<number>;
    activity_completions: Generated<number>;
    activity_renewals: Generated<number>;
    activity_minutes: Generated<number>;
  };
  course: {
    course_id: string;
    code: string;
    title_hi: string | null;
    title_en: string | null;
    summary_hi: string | null;
    summary_en: string | null;
    provider: string | null;
    audience_hi: string | null;
    audience_en: string | null;
    tags: Generated<string[]>;
    competencies: Generated<string[]>;
    languages: Generated<string[]>;
    state: Generated<string>;
    is_playable: Generated<boolean>;
    office_id: string | null;
    current_version_id: string | null;
    search_text: Generated<string>;
    import_id: string | null;
    created_at: Generated<Date>;
    created_by: string | null;
    published_at: Date | null;
    retired_at: Date | null;
  };
  course_version: {
    course_version_id: string;
    course_id: string;
    number: number;
    state: Generated<string>;
    duration_minutes: Generated<number>;
    in_force_from: string | null;
    completion_rule: Generated<unknown>;
    sources: Generated<unknown>;
    import_id: string | null;
    created_at: Generated<Date>;
    published_at: Date | null;
    published_by: string | null;
  };
  designation: {
    designation_id: string;
    name: string;
    name_key: string;
    name_en: string | null;
  };
  engagement: {
    person_id: string;
    engagement_id: string;
    enrolment_id: string;
    lesson_id: string;
    reported_seconds: number;
    credited_seconds: number;
    position: number | null;
    happened_at: Date;
  };
  enrolment: {
    person_id: string;
    enrolment_id: string;
    course_id: string;
    course_version_id: string;
    language: Generated<string>;
    enrolled_at: Date;
    enrolled_day: string;
    last_active_at: Date;
    lessons_total: Generated<number>;
    lessons_met: Generated<number>;
    current_lesson_id: string | null;
    started_at: Date | null;
    completed_at: Date | null;
    withdrawn_at: Date | null;
    withdrawn_day: string | null;
  };
  file: {
    file_id: string;
    storage_key: string;
    sha256: string;
    bytes: number;
    content_type: string;
    name: string;
    created_at: Generated<Date>;
    created_by: string | null;
  };
  installation_fact: {
    name: string;
    value: unknown;
    changed_at: Generated<Date>;
  };
  known_device: {
    person_id: string;
    device_digest: Buffer;
    first_seen_at: Date;
    last_seen_at: Date;
  };
  learner_clock: {
    person_id: string;
    last_report_at: Date;
  };
  lesson: {
    lesson_id: string;
    course_version_id: string;
    code: string;
    ordinal: number;
    kind: string;
    title_hi: string | null;
    title_en: string | null;
    duration_minutes: Generated<number>;
    minimum_seconds: Generated<number>;
    quiz: unknown | null;
  };
  lesson_content: {
    lesson_id: string;
    language: string;
    body_markdown: string | null;
    body_html: string | null;
    file_id: string | null;
    captions_file_id: string | null;
    transcript: string | null;
    alt_text: string | null;
    asset_reference: string | null;
    title: string | null;
  };
  lesson_progress: {
    person_id: string;
    enrolment_id: string;
    lesson_id: string;
    opened_at: Date;
    last_report_at: Date | null;
    credited_seconds: Generated<number>;
    position: number | null;
    met_at: Date | null;
  };
  local_message: {
    local_message_id: string;
    channel: string;
    recipient: string;
    subject: Generated<string>;
    body: string;
    made_at: Date;
  };
  migration: {
    name: string;
    digest: string;
    applied_at: Generated<Date>;
  };
  office: {
    office_id: string;
    code: string;
    name_hi: string;
    name_en: string | null;
    parent_id: string | null;
    kind: string | null;
    area_code: string | null;
    area_id: string | null;
    strength: number | null;
    valid_from: string | null;
    valid_until: string | null;
    path: string[];
    search_text: Generated<string>;
    created_at: Generated<Date>;
    changed_at: Generated<Date>;
  };
  office_counter: {
    office_id: string;
    grain: string;
    day: string;
    registered: Generated<number>;
    onboarded: Generated<number>;
    signed_in: Generated<number>;
    completions: Generated<number>;
    renewals: Generated<number>;
    digital_minutes: Generated<number>;
    classroom_minutes: Generated<number>;
    at_least_one: Generated<number>;
    three_or_more: Generated<number>;
    begun: Generated<number>;
    not_on_roster: Generated<number>;
    former: Generated<number>;
    activity_completions: Generated<number>;
    activity_renewals: Generated<number>;
    activity_minutes: Generated<number>;
  };
  office_name: {
    office_name_id: string;
    office_id: string;
    name_hi: string;
    name_en: string | null;
    starts_on: string;
    recorded_at: Generated<Date>;
  };
  person: {
    person_id: string;
    issuer: Generated<string>;
    employee_code: string | null;
    name_hi: string | null;
    name_en: string | null;
    mobile: string | null;
    email: string | null;
    language: Generated<string>;
    joined_on: string | null;
    retires_on: string | null;
    controlling_officer_code: string | null;
    account_day: string | null;
    account_source: string | null;
    registered_on: string | null;
    signed_in_day: string | null;
    last_signed_in_at: Date | null;
    notice_accepted_at: Date | null;
    merged_into: string | null;
    import_id: string | null;
    created_at: Generated<Date>;
    changed_at: Generated<Date>;
  };
  person_code: {
    code: string;
    issuer: string;
    person_id: string;
  };
  person_contact: {
    value: string;
    kind: string;
    person_id: string;
  };
  person_name: {
    person_id: string;
    person_name_id: string;
    name_hi: string | null;
    name_en: string | null;
    starts_on: string;
    reason: string;
    recorded_at: Generated<Date>;
  };
  post: {
    post_id: string;
    office_id: string;
    designation_id: string;
    service_group: string | null;
    sanctioned: number;
  };
  posting: {
    person_id: string;
    posting_id: string;
    office_id: string;
    designation_id: string | null;
    cadre_id: string | null;
    service_group: string | null;
    engagement: string | null;
    kind: Generated<string>;
    is_primary: Generated<boolean>;
    starts_on: string;
    ends_on: string | null;
    end_reason: string | null;
    import_id: string | null;
    recorded_at: Generated<Date>;
    changed_at: Generated<Date>;
    voided_at: Date | null;
    void_reason: string | null;
  };
  quiz_attempt: {
    person_id: string;
    quiz_attempt_id: string;
    enrolment_id: string;
    lesson_id: string;
    number: number;
    answers: unknown;
    score: number;
    max_score: number;
    is_passed: boolean;
    submitted_at: Date;
  };
  recovery_code: {
    person_id: string;
    recovery_code_id: string;
    code_digest: Buffer;
    made_at: Date;
    used_at: Date | null;
  };
  role_grant: {
    person_id: string;
    role_grant_id: string;
    role: string;
    office_id: string;
    posting_id: string | null;
    is_link: Generated<boolean>;
    may_see_names: Generated<boolean>;
    starts_on: string;
    ends_on: string | null;
    granted_by: string | null;
    recorded_at: Generated<Date>;
    ended_at: Date | null;
  };
  session: {
    session_digest: Buffer;
    session_id: string;
    person_id: string;
    method: string;
    device: string;
    idle_minutes: number;
    created_at: Date;
    last_seen_at: Date;
    expires_at: Date;
    second_factor_at: Date | null;
    ended_at: Date | null;
    end_reason: string | null;
  };
  sign_in_flow: {
    flow_digest: Buffer;
    purpose: string;
    candidate_ids: string[];
    contact_kind: string | null;
    contact_value: string | null;
    contact_is_shared: Generated<boolean>;
    code_digest: Buffer | null;
    code_expires_at: Date | null;
    tries_left: Generated<number>;
    verified_at: Date | null;
    person_id: string | null;
    identity_checked_at: Date | null;
    sign_in_slip_id: string | null;
    return_path: string | null;
    created_at: Date;
    expires_at: Date;
    consumed_at: Date | null;
  };
  sign_in_request: {
    person_id: string;
    sign_in_request_id: string;
    new_mobile: string;
    asked_at: Date;
    decided_at: Date | null;
    decided_by: string | null;
    decision: string | null;
    note: string | null;
  };
  sign_in_secret: {
    person_id: string;
    password_hash: string | null;
    password_set_at: Date | null;
    pin_hash: string | null;
    pin_set_at: Date | null;
    totp_sealed: Buffer | null;
    totp_confirmed_at: Date | null;
    totp_last_step: number | null;
    changed_at: Date;
  };
  sign_in_slip: {
    person_id: string;
    sign_in_slip_id: string;
    key_digest: Buffer;
    made_at: Date;
    made_by: string | null;
    expires_at: Date;
    used_at: Date | null;
    cancelled_at: Date | null;
  };
}
