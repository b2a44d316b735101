-- What is taught and planned, and the order that asks for certain parts in all of it: programmes of institutes
-- with their syllabi, departments' yearly plans, and rules with an order's number. An institute is an office.

create table curriculum_rule (
  curriculum_rule_id uuid primary key,
  order_number text not null,
  order_date date not null,
  issuer text not null,
  title_hi text,
  title_en text,
  office_id uuid not null references office (office_id), -- it holds at this office and below
  kinds text[] not null check (kinds <@ '{programme,plan,collection}' and cardinality(kinds) > 0),
  tags text[] not null check (cardinality(tags) > 0), -- a part with each of them
  minimum_minutes integer not null default 0 check (minimum_minutes >= 0), -- of each tag; 0: any length
  enforcement text not null check (enforcement in ('blocking', 'warning')),
  stale_after_years smallint check (stale_after_years between 1 and 50), -- null: says nothing of age
  valid_from date not null,
  valid_until date, -- the last day; null: open
  end_order_number text, -- by which order it ended
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  check (title_hi is not null or title_en is not null),
  check (valid_until is null or valid_until >= valid_from)
);

create table programme (
  programme_id uuid primary key,
  code text not null unique,
  office_id uuid not null references office (office_id), -- the institute
  title_hi text,
  title_en text,
  closed_on date, -- the first day on which it is no longer offered
  import_id uuid,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  check (title_hi is not null or title_en is not null)
);
create index programme_office on programme (office_id);
create index programme_import on programme (import_id) where import_id is not null;

-- A published syllabus is never changed: the next version takes its place from its own day on.
create table programme_syllabus (
  programme_syllabus_id uuid primary key,
  programme_id uuid not null references programme (programme_id),
  version integer not null,
  state text not null default 'draft' check (state in ('draft', 'published')),
  revised_on date not null, -- when its content was last gone through
  is_induction boolean not null default false,
  published_on date,
  published_by uuid,
  import_id uuid,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  unique (programme_id, version),
  check ((state = 'published') = (published_on is not null))
);
create unique index programme_syllabus_draft on programme_syllabus (programme_id) where state = 'draft';

create table syllabus_part (
  programme_syllabus_id uuid not null references programme_syllabus (programme_syllabus_id),
  ordinal integer not null,
  course_id uuid references course (course_id), -- its tags are those that the course has on the day
  title text, -- of a part that is no course here
  tags text[] not null default '{}',
  minutes integer not null default 0 check (minutes >= 0),
  primary key (programme_syllabus_id, ordinal),
  check ((course_id is null) <> (title is null)),
  check (course_id is null or tags = '{}')
);
create index syllabus_part_course on syllabus_part (course_id) where course_id is not null;

create table plan (
  plan_id uuid primary key,
  office_id uuid not null references office (office_id),
  year text not null check (year ~ '^\d{4}-\d{2}$'),
  recorded_at timestamptz not null default now(),
  unique (office_id, year)
);

create table plan_version (
  plan_version_id uuid primary key,
  plan_id uuid not null references plan (plan_id),
  version integer not null,
  state text not null default 'draft' check (state in ('draft', 'approved')),
  amendment_reason text, -- why an approved plan was amended
  writers uuid[] not null default '{}', -- who wrote on it: persons, or tokens that stand for none
  recorded_at timestamptz not null default now(),
  approved_on date,
  approved_by uuid,
  unique (plan_id, version),
  check ((state = 'approved') = (approved_on is not null))
);
create unique index plan_version_draft on plan_version (plan_id) where state = 'draft';

create table plan_line (
  plan_version_id uuid not null references plan_version (plan_version_id),
  ordinal integer not null,
  designation_id uuid references designation (designation_id), -- null: every role
  course_id uuid references course (course_id),
  programme_id uuid references programme (programme_id),
  owner text not null, -- who answers for it
  quarter smallint not null check (quarter between 1 and 4), -- of the year from 1 April
  headcount integer not null check (headcount > 0),
  primary key (plan_version_id, ordinal),
  check ((course_id is null) <> (programme_id is null))
);

-- Whether a second person approves plans; the nearest office that says so decides, else yes.
create table plan_approval_rule (
  office_id uuid not null references office (office_id),
  wants_second_person boolean not null,
  set_at timestamptz not null,
  set_by uuid,
  primary key (office_id, set_at)
);

-- Why something does not comply, and until when that holds. A new row each time; the latest speaks.
create table curriculum_reason (
  curriculum_reason_id uuid primary key,
  kind text not null check (kind in ('programme', 'plan', 'collection')),
  subject_id uuid not null,
  reason text not null,
  given_on date not null,
  until_on date not null,
  given_by uuid,
  recorded_at timestamptz not null,
  check (until_on >= given_on)
);
create index curriculum_reason_subject on curriculum_reason (subject_id, recorded_at);

-- Tags of courses and contents of collections are overwritten where they stand; here each state keeps its day.
create table course_tag_history (
  course_id uuid not null references course (course_id) on delete cascade,
  recorded_at timestamptz not null,
  tags text[] not null,
  primary key (course_id, recorded_at)
);
insert into course_tag_history (course_id, recorded_at, tags) select course_id, created_at, tags from course;

create function keep_course_tags() returns trigger language plpgsql as $$
begin
  insert into course_tag_history (course_id, recorded_at, tags) values (new.course_id, now(), new.tags)
    on conflict (course_id, recorded_at) do update set tags = excluded.tags;
  return null;
end $$;
create trigger course_tags_kept_first after insert on course for each row execute function keep_course_tags();
create trigger course_tags_kept after update of tags on course
  for each row when (old.tags is distinct from new.tags) execute function keep_course_tags();

create table collection_history (
  collection_id uuid not null references collection (collection_id),
  recorded_at timestamptz not null,
  state text not null,
  course_ids uuid[] not null,
  primary key (collection_id, recorded_at)
);
insert into collection_history (collection_id, recorded_at, state, course_ids)
  select l.collection_id, l.changed_at, l.state,
    array(select k.course_id from collection_course k where k.collection_id = l.collection_id order by k.ordinal)
  from collection l;
