-- How a draft becomes a version: review by a second person, who must redo, translation, packages.

-- While a version is in review nobody changes it: what is decided on is what was read.
alter table course_version drop constraint course_version_state_check;
alter table course_version add constraint course_version_state_check
  check (state in ('draft', 'in_review', 'published', 'superseded'));
-- Who must redo the course when this version is published.
alter table course_version add column redo text not null default 'nobody'
  check (redo in ('nobody', 'unfinished', 'everybody'));

-- Who wrote on a version: a person, or a token that stands for no person. None of them reviews it.
create table course_writer (
  course_version_id uuid not null,
  writer_id uuid not null,
  primary key (course_version_id, writer_id)
);
insert into course_writer (course_version_id, writer_id)
  select course_version_id, changed_by from course_version where changed_by is not null
  union select course_version_id, changed_by from lesson where changed_by is not null;

create table course_review (
  course_review_id uuid primary key,
  course_id uuid not null references course (course_id),
  course_version_id uuid not null,
  version_number integer not null,
  note text,
  sent_at timestamptz not null,
  sent_by uuid,
  -- 'open': waits; 'approved' until publication; the others are over.
  state text not null default 'open' check (state in ('open', 'approved', 'returned', 'withdrawn', 'published')),
  reason text,
  decided_at timestamptz,
  decided_by uuid
);
create unique index course_review_standing on course_review (course_version_id) where state in ('open', 'approved');
create index course_review_course on course_review (course_id, sent_at);

-- What was said about a lesson (or, without a lesson, the course). A thread is resolved, never deleted.
create table course_comment (
  course_comment_id uuid primary key,
  course_id uuid not null references course (course_id),
  version_number integer not null,
  lesson_code text,
  thread_id uuid references course_comment (course_comment_id), -- null: begins a thread
  text text not null check (length(text) between 1 and 4000),
  written_at timestamptz not null,
  written_by uuid,
  resolved_at timestamptz,
  resolved_by uuid
);
create index course_comment_course on course_comment (course_id, written_at);

-- Offices that want a second person's review of their courses and of those below; a lower office cannot lift it.
create table review_rule (
  office_id uuid primary key,
  wants_second_person boolean not null,
  set_by uuid,
  set_at timestamptz not null
);

-- A completed enrolment that gave way to one that must be done again: it stays, with its completion.
alter table enrolment add column superseded_at timestamptz;
alter table enrolment add column redo_of uuid;
drop index enrolment_active;
create unique index enrolment_active on enrolment (person_id, course_id)
  where withdrawn_at is null and superseded_at is null;
create index enrolment_course on enrolment (course_id) where withdrawn_at is null and superseded_at is null;

-- How far the enrolments have followed a published version.
create table course_redo (
  course_version_id uuid primary key,
  course_id uuid not null,
  redo text not null check (redo in ('unfinished', 'everybody')),
  total integer not null,
  done integer not null default 0,
  begun_at timestamptz not null,
  finished_at timestamptz
);

-- Of which source each translated part was made. Hindi and English stand in the course itself; `text` holds
-- the parts of other languages that have no column of their own.
create table course_translation (
  course_id uuid not null references course (course_id),
  language text not null,
  place text not null,
  text text,
  source_hash text not null,
  text_hash text not null,
  translated_at timestamptz not null,
  translated_by uuid,
  primary key (course_id, language, place)
);
