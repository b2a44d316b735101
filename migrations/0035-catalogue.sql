-- Finding courses and being given them: ratings, shelf, collections, prerequisites, assignments without an order.

-- What somebody who completed a course thinks of it. The words are for the author and the office alone.
create table course_rating (
  person_id uuid not null,
  course_id uuid not null,
  course_rating_id uuid not null,
  stars smallint not null check (stars between 1 and 5),
  words text,
  rated_at timestamptz not null,
  changed_at timestamptz not null,
  -- Words that somebody found abusive: hidden until it is decided.
  reported_at timestamptz,
  reported_by uuid,
  report_reason text,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('kept', 'removed')),
  primary key (person_id, course_id)
);
create index course_rating_words on course_rating (course_id, changed_at desc) where words is not null;

-- Sums of the ratings above, kept in the transaction that changes one.
create table course_rating_total (
  course_id uuid primary key references course (course_id),
  ratings integer not null check (ratings >= 0),
  stars integer not null check (stars >= 0)
);

-- "Later": what a learner has put aside for himself.
create table shelf_item (
  person_id uuid not null,
  course_id uuid not null,
  kept_at timestamptz not null,
  primary key (person_id, course_id)
);

-- An office's list of courses in an order, with a page of its own.
create table collection (
  collection_id uuid primary key,
  code text not null unique,
  office_id uuid references office (office_id), -- null: the installation's
  title_hi text,
  title_en text,
  summary_hi text,
  summary_en text,
  state text not null default 'draft' check (state in ('draft', 'published')),
  changed_at timestamptz not null,
  changed_by uuid,
  check (title_hi is not null or title_en is not null)
);
create table collection_course (
  collection_id uuid not null references collection (collection_id),
  course_id uuid not null references course (course_id),
  ordinal integer not null,
  primary key (collection_id, course_id)
);
create index collection_course_course on collection_course (course_id);

-- What a course asks to be completed first; who has not may not enrol (is_must) or is told so.
create table course_prerequisite (
  course_id uuid not null references course (course_id),
  required_course_id uuid not null references course (course_id),
  is_must boolean not null,
  ordinal integer not null,
  primary key (course_id, required_course_id),
  check (course_id <> required_course_id)
);

-- A nodal officer's wish, without an order, that a course be taken: by whoever holds such a post in the office or
-- below it on the day, or by persons named as long as they are posted there.
create table course_assignment (
  course_assignment_id uuid primary key,
  course_id uuid not null references course (course_id),
  office_id uuid not null references office (office_id),
  target text not null check (target in ('posts', 'persons')),
  designation_id uuid references designation (designation_id),
  cadre_id uuid references cadre (cadre_id),
  service_group char(1) check (service_group in ('A', 'B', 'C', 'D')),
  wish_day date,
  reason text,
  made_at timestamptz not null,
  made_by uuid,
  withdrawn_at timestamptz,
  withdrawn_by uuid
);
create index course_assignment_live on course_assignment (office_id) where withdrawn_at is null;
create table course_assignment_person (
  person_id uuid not null,
  course_assignment_id uuid not null,
  primary key (person_id, course_assignment_id)
);
create index course_assignment_person_of on course_assignment_person (course_assignment_id);
