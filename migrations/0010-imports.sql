-- Imports: what was brought in, what it changed, and the completions that wait to be matched by hand.

-- Rows of files lie here, a table an import, from their arrival to the commit; lost in a crash, and that is all.
create schema if not exists staging;

create table import (
  import_id uuid primary key,
  kind text not null,
  state text not null check (state in ('receiving', 'received', 'checking', 'checked', 'committing', 'committed',
    'undoing', 'undone', 'failed', 'discarded')),
  file_name text,
  -- The file's own headings, in its order: the error file has the same.
  headings text[] not null default '{}',
  has_staging boolean not null default false,
  -- Offices whose subtrees the importer may touch; null: everywhere.
  scope_office_ids uuid[],
  office_id uuid,
  options jsonb not null default '{}',
  reading jsonb, -- what was read: {rows, format, warnings}
  result jsonb, -- counts, as the command prints them
  samples jsonb, -- some rows of each outcome, for the page
  problem jsonb, -- why it failed: {code, hi, en}
  created_at timestamptz not null default now(),
  created_by uuid,
  changed_at timestamptz not null default now(),
  import_day date,
  committed_at timestamptz,
  committed_by uuid,
  undone_at timestamptz,
  undone_by uuid
);
create index import_time on import (created_at desc, import_id);

-- How far a long import is; apart from the import, whose row its own transaction holds.
create table import_progress (
  import_id uuid primary key,
  rows_done bigint not null,
  changed_at timestamptz not null default now()
);

-- What a committed import changed of rows that were there before it, for its undo; the rows that it made
-- carry its id. Together they are the detail of its single audit row.
create table import_change (
  import_change_id bigint generated always as identity primary key,
  import_id uuid not null,
  thing text not null,
  thing_id uuid not null,
  person_id uuid,
  what text not null,
  before jsonb,
  after jsonb
);
create index import_change_import on import_change (import_id, thing);
create index import_change_thing on import_change (thing_id);

-- Completions that name nobody, or more than one; a nodal officer says whose they are.
create table import_unmatched (
  import_unmatched_id uuid primary key,
  import_id uuid not null,
  line integer not null,
  reason text not null,
  course_id uuid not null,
  completed_day date not null,
  completed_at timestamptz,
  source text,
  certificate_no text,
  given jsonb not null, -- the identifiers that the file gives
  given_key text not null, -- identifiers, course and day: the same row of a second file waits only once
  candidate_ids uuid[] not null default '{}',
  scope_office_ids uuid[],
  state text not null default 'open' check (state in ('open', 'matched', 'dismissed', 'withdrawn')),
  person_id uuid,
  completion_id uuid,
  decided_at timestamptz,
  decided_by uuid,
  created_at timestamptz not null default now()
);
create unique index import_unmatched_once on import_unmatched (given_key) where state = 'open';
create index import_unmatched_import on import_unmatched (import_id);

-- A person whom an undone import had made: kept, found by no code or contact, counted nowhere.
alter table person add column voided_at timestamptz;
create index person_import on person (import_id) where import_id is not null;
create index course_import on course (import_id) where import_id is not null;
create index course_version_import on course_version (import_id) where import_id is not null;

-- Offices, too, say which import made them.
alter table office add column import_id uuid;

-- A UUID of version 7, for rows that are made by sets; PostgreSQL has its own only from 18.
create function new_id() returns uuid language sql volatile parallel safe as $$
  select encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing
    substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid
$$;
