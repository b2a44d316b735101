-- Enrolments, engagement, attempts, completions: all person-owned.
create table enrolment (
  person_id uuid not null,
  enrolment_id uuid not null,
  course_id uuid not null,
  course_version_id uuid not null,
  language text not null default 'hi',
  enrolled_at timestamptz not null,
  enrolled_day date not null,
  last_active_at timestamptz not null,
  lessons_total integer not null default 0,
  lessons_met integer not null default 0,
  current_lesson_id uuid,
  started_at timestamptz,
  completed_at timestamptz,
  withdrawn_at timestamptz,
  withdrawn_day date,
  primary key (person_id, enrolment_id)
);
create unique index enrolment_active on enrolment (person_id, course_id) where withdrawn_at is null;

-- Where a person stands in a lesson; derived from engagement and attempts, kept for speed.
create table lesson_progress (
  person_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  opened_at timestamptz not null,
  last_report_at timestamptz,
  credited_seconds integer not null default 0,
  position numeric,
  met_at timestamptz,
  primary key (person_id, enrolment_id, lesson_id)
);

-- This person's last report on any lesson: credit never runs faster than the server's clock.
create table learner_clock (
  person_id uuid primary key,
  last_report_at timestamptz not null
);

create table engagement (
  person_id uuid not null,
  engagement_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  reported_seconds integer not null,
  credited_seconds integer not null,
  position numeric,
  happened_at timestamptz not null,
  primary key (person_id, engagement_id)
);

create table quiz_attempt (
  person_id uuid not null,
  quiz_attempt_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  number integer not null,
  answers jsonb not null,
  score numeric not null,
  max_score numeric not null,
  is_passed boolean not null,
  submitted_at timestamptz not null,
  primary key (person_id, quiz_attempt_id),
  unique (person_id, enrolment_id, lesson_id, number)
);

-- Completions, Daksh's own and imported. Which is the first and which a renewal is derived.
create table completion (
  person_id uuid not null,
  completion_id uuid not null,
  course_id uuid not null,
  course_version_id uuid,
  completed_day date not null,
  completed_at timestamptz,
  -- 'daksh' where Daksh decided it, else where it was imported from.
  source text not null,
  foreign_certificate_no text,
  enrolment_id uuid,
  import_id uuid,
  minutes integer not null default 0, -- declared duration in force on the day, frozen
  -- Where the person was posted on the day (primary posting), frozen for the activity view.
  office_id uuid,
  area_id text,
  service_group char(1),
  engagement text,
  recorded_at timestamptz not null default now(),
  voided_at timestamptz,
  void_reason text,
  primary key (person_id, completion_id)
);
create unique index completion_once on completion (person_id, course_id, completed_day) where voided_at is null;
create index completion_import on completion (import_id) where import_id is not null;
create index completion_foreign_no on completion (foreign_certificate_no) where foreign_certificate_no is not null and voided_at is null;
create index completion_course on completion (course_id) where voided_at is null;
