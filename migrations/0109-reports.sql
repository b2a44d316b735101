-- What somebody chose to have reported, under a name; how often it is made anew, and where it goes.
create table report (
  report_id uuid primary key,
  owner_id uuid not null,
  office_id uuid not null,
  name text not null,
  definition jsonb not null, -- docs/reports.md
  is_shared boolean not null default false, -- with whoever reads figures of its office
  schedule text not null default 'none' check (schedule in ('none', 'daily', 'weekly', 'monthly')),
  next_on date, -- the day on which it is made next
  format text not null default 'xlsx' check (format in ('csv', 'xlsx', 'pdf')),
  language text not null default 'hi' check (language in ('hi', 'en')),
  is_mailed boolean not null default false,
  pause_reason text, -- why the schedule stopped by itself
  created_at timestamptz not null,
  changed_at timestamptz not null,
  removed_at timestamptz,
  check ((schedule = 'none') = (next_on is null) or pause_reason is not null)
);
create index report_owner on report (owner_id) where removed_at is null;
create index report_office on report (office_id) where removed_at is null and is_shared;
create index report_due on report (next_on) where removed_at is null and next_on is not null;

-- One file of a report, made by a job.
create table report_run (
  run_id uuid primary key,
  report_id uuid references report (report_id), -- null: of what was never saved
  created_by uuid not null,
  office_id uuid not null,
  name text not null,
  definition jsonb not null,
  as_of date not null,
  format text not null check (format in ('csv', 'xlsx', 'pdf')),
  language text not null check (language in ('hi', 'en')),
  is_scheduled boolean not null default false,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  parts integer, -- known when they are planned
  parts_done integer not null default 0,
  rows bigint not null default 0,
  bytes bigint,
  storage_key text,
  file_until date,
  failure text check (failure in ('no_space', 'interrupted', 'error', 'no_right', 'too_long', 'too_many')),
  created_at timestamptz not null,
  finished_at timestamptz
);
create index report_run_own on report_run (created_by, created_at);
create index report_run_report on report_run (report_id) where report_id is not null;
create index report_run_files on report_run (file_until) where storage_key is not null;
create index report_run_open on report_run (run_id) where state in ('waiting', 'running');
-- A scheduled day makes one file, however often the job is begun.
create unique index report_run_day on report_run (report_id, as_of) where is_scheduled;

-- A large list is read in ranges of people; what is written of one is never written again.
create table report_run_part (
  run_id uuid not null references report_run (run_id),
  part integer not null,
  after_id uuid, -- exclusive; null: from the first
  until_id uuid, -- inclusive; null: to the last
  posted_below uuid, -- of those posted at or below this office alone
  rows integer,
  storage_key text,
  done_at timestamptz,
  primary key (run_id, part)
);

-- Whose completions count nowhere: few, and asked for by every report on completions.
create index person_not_counted on person (person_id) where account_day is null or merged_into is not null;
