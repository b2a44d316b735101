-- Question banks, blueprints by which papers are drawn from them, papers with their answers, extra time.
create table question_bank (
  question_bank_id uuid primary key,
  code text not null unique,
  title_hi text,
  title_en text,
  office_id uuid, -- whose bank it is; null: the installation's
  revision integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  retired_at timestamptz,
  check (title_hi is not null or title_en is not null)
);

create table bank_question (
  bank_question_id uuid primary key,
  question_bank_id uuid not null references question_bank (question_bank_id),
  code text not null,
  kind text not null check (kind in ('single', 'multiple', 'truth', 'numeric', 'ordering', 'matching', 'fill', 'short')),
  difficulty smallint not null default 2 check (difficulty between 1 and 3),
  tags text[] not null default '{}',
  -- The revision in force; papers name the one they were drawn with.
  revision integer not null default 1,
  -- The language whose text has not followed the last change of its twin.
  stale_language text check (stale_language in ('hi', 'en')),
  changed_at timestamptz not null,
  changed_by uuid,
  retired_at timestamptz,
  unique (question_bank_id, code)
);

-- What a question said and what was right, revision by revision; never changed.
create table bank_question_version (
  bank_question_id uuid not null references bank_question (bank_question_id),
  revision integer not null,
  content jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid,
  primary key (bank_question_id, revision)
);

create table blueprint (
  blueprint_id uuid primary key,
  code text not null unique,
  title_hi text,
  title_en text,
  office_id uuid,
  revision integer not null default 1,
  created_at timestamptz not null,
  created_by uuid,
  changed_at timestamptz not null,
  changed_by uuid,
  retired_at timestamptz,
  check (title_hi is not null or title_en is not null)
);

create table blueprint_version (
  blueprint_id uuid not null references blueprint (blueprint_id),
  revision integer not null,
  rules jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid,
  primary key (blueprint_id, revision)
);

-- Person-owned from here on.
create table paper (
  person_id uuid not null,
  paper_id uuid not null,
  course_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  blueprint_id uuid not null,
  blueprint_revision integer not null,
  number integer not null,
  seed text not null,
  language text not null default 'hi',
  -- [{"questionId", "revision", "section", "points"}], in the order shown
  questions jsonb not null,
  started_at timestamptz not null,
  due_at timestamptz, -- without the grace seconds; null: no limit
  extra_percent smallint not null default 0,
  submitted_at timestamptz,
  submitted_by text check (submitted_by in ('person', 'clock')),
  waits_for_marker boolean not null default false,
  score numeric,
  max_score numeric,
  is_passed boolean,
  sections jsonb,
  primary key (person_id, paper_id),
  unique (person_id, course_id, blueprint_id, number)
);
create unique index paper_open on paper (person_id, course_id, blueprint_id) where submitted_at is null;
create index paper_waiting on paper (blueprint_id) where waits_for_marker;
create index paper_blueprint on paper (blueprint_id, submitted_at);

create table paper_answer (
  person_id uuid not null,
  paper_id uuid not null,
  place smallint not null,
  bank_question_id uuid not null,
  revision integer not null,
  answer jsonb, -- null: handed in without one
  saved_at timestamptz not null,
  share numeric, -- of the question's points, once scored
  points numeric,
  mark_state text check (mark_state in ('waiting', 'marked')),
  criteria jsonb, -- codes of the rubric that were found
  mark_note text,
  marked_at timestamptz,
  marked_by uuid,
  primary key (person_id, paper_id, place)
);
create index paper_answer_question on paper_answer (bank_question_id, revision) where share is not null;
create index paper_answer_waiting on paper_answer (bank_question_id) where mark_state = 'waiting';

-- More time in tests; why is neither kept nor shown.
create table extra_time (
  person_id uuid not null,
  extra_time_id uuid not null,
  percent smallint not null check (percent between 1 and 300),
  until_day date, -- inclusive; null: until it is ended
  set_at timestamptz not null,
  set_by uuid,
  ended_at timestamptz,
  primary key (person_id, extra_time_id)
);
create unique index extra_time_open on extra_time (person_id) where ended_at is null;
