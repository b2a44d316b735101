-- Courses with versions; lessons with one content a language.
create table course (
  course_id uuid primary key,
  code text not null unique,
  title_hi text,
  title_en text,
  summary_hi text,
  summary_en text,
  provider text,
  audience_hi text,
  audience_en text,
  tags text[] not null default '{}',
  competencies text[] not null default '{}',
  languages text[] not null default '{}',
  state text not null default 'draft' check (state in ('draft', 'published', 'retired')),
  -- An imported course may have no lessons here: it is listed, counted, not played.
  is_playable boolean not null default false,
  office_id uuid, -- whose course it is; null: the installation's
  current_version_id uuid,
  search_text text not null default '',
  import_id uuid,
  created_at timestamptz not null default now(),
  created_by uuid,
  published_at timestamptz,
  retired_at timestamptz,
  check (title_hi is not null or title_en is not null)
);
create index course_search on course using gin (search_text gin_trgm_ops);
create index course_tags on course using gin (tags);

create table course_version (
  course_version_id uuid primary key,
  course_id uuid not null references course (course_id),
  number integer not null,
  state text not null default 'draft' check (state in ('draft', 'published', 'superseded')),
  duration_minutes integer not null default 0 check (duration_minutes >= 0),
  -- The India day from which this version's duration is in force; the first version counts for earlier days.
  in_force_from date,
  -- {"lessons": "all" | [codes], ...}: what completes the course.
  completion_rule jsonb not null default '{"lessons":"all"}',
  sources jsonb not null default '[]',
  import_id uuid,
  created_at timestamptz not null default now(),
  published_at timestamptz,
  published_by uuid,
  unique (course_id, number)
);

create table lesson (
  lesson_id uuid primary key,
  course_version_id uuid not null references course_version (course_version_id),
  code text not null,
  ordinal integer not null,
  kind text not null check (kind in ('text', 'video', 'audio', 'pdf', 'quiz')),
  title_hi text,
  title_en text,
  duration_minutes numeric not null default 0,
  minimum_seconds integer not null default 0 check (minimum_seconds >= 0),
  -- Questions with their keys, in both languages; never sent whole to a learner.
  quiz jsonb,
  unique (course_version_id, code),
  check ((kind = 'quiz') = (quiz is not null))
);

create table lesson_content (
  lesson_id uuid not null references lesson (lesson_id),
  language text not null,
  body_markdown text,
  body_html text, -- rendered and sanitised when saved
  file_id uuid references file (file_id),
  captions_file_id uuid references file (file_id),
  transcript text,
  alt_text text,
  primary key (lesson_id, language)
);

-- What an author named as the lesson's file before it was uploaded; publication asks for the file itself.
alter table lesson_content add column asset_reference text;
alter table lesson_content add column title text; -- the lesson's title in a language beside hi and en
