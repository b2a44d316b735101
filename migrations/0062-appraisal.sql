-- The yearly training statement: calendars of the appraisal by order, frozen statements, objections to them.
create table appraisal_calendar (
  calendar_id uuid primary key,
  code text not null,
  year text not null check (year ~ '^\d{4}-\d{2}$'),
  office_id uuid not null,
  service_groups text[], -- null: all
  from_on date not null,
  until_on date not null,
  cut_off_on date not null,
  freeze_on date not null,
  service_on date not null,
  objection_days integer not null check (objection_days between 1 and 366),
  steps jsonb not null default '[]',
  order_number text, -- null: a default that no order has confirmed yet
  order_date date,
  -- An extension is a calendar of its own that cites the one whose days it changes.
  extends_calendar_id uuid,
  sources jsonb not null default '[]',
  doubts jsonb not null default '[]',
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  check (from_on <= until_on and cut_off_on >= from_on and freeze_on >= cut_off_on and service_on >= freeze_on),
  check (extends_calendar_id is null or order_number is not null)
);
create index appraisal_calendar_year on appraisal_calendar (year, office_id);

-- Words that are overwritten elsewhere (titles, names of offices and posts), as they stood when a statement was
-- frozen: a new row only where they have changed since the last one.
create table statement_word (
  kind text not null check (kind in ('course', 'office', 'designation', 'cadre', 'competency')),
  word_key text not null,
  recorded_at timestamptz not null,
  words jsonb not null,
  primary key (kind, word_key, recorded_at)
);

create table statement (
  person_id uuid not null,
  statement_id uuid not null,
  year text not null,
  statement_no text not null,
  calendar_id uuid,
  office_id uuid, -- the office of the main posting at the cut-off
  content text not null, -- canonical JSON (RFC 8785): the bytes that are signed
  inputs jsonb not null, -- what events overwrite and what the statement therefore keeps itself
  digest bytea not null, -- SHA-256 of the content
  signature bytea not null, -- Ed25519 over the content
  key_id text not null,
  frozen_at timestamptz not null,
  service_on date not null,
  objection_days integer not null,
  served_on date,
  objection_until date,
  is_disputed boolean not null default false,
  replaces_no text,
  replaced_by_no text,
  replaced_at timestamptz,
  -- What whoever holds the number may see; by default that it is genuine and of which year.
  visibility text not null default 'genuine' check (visibility in ('genuine', 'totals', 'items')),
  primary key (person_id, statement_id)
);
create unique index statement_live on statement (person_id, year) where replaced_by_no is null;
create index statement_office on statement (office_id, year) where replaced_by_no is null;
create index statement_unserved on statement (service_on) where served_on is null and replaced_by_no is null;

create table statement_number (
  statement_no text primary key,
  person_id uuid not null,
  statement_id uuid not null
);

-- What the feeds tell, in the order in which it was first read after its commit.
create table statement_event (
  person_id uuid not null,
  statement_event_id uuid not null,
  statement_id uuid not null,
  kind text not null check (kind in ('frozen', 'disputed', 'upheld', 'rejected', 'corrected')),
  happened_at timestamptz not null default clock_timestamp(),
  feed_position bigint,
  primary key (person_id, statement_event_id)
);
create sequence statement_feed_seq;
create unique index statement_event_feed on statement_event (feed_position) where feed_position is not null;
create index statement_event_new on statement_event (statement_event_id) where feed_position is null;

create table objection (
  person_id uuid not null,
  objection_id uuid not null,
  statement_id uuid not null,
  items jsonb not null default '[]',
  body text not null,
  raised_by uuid, -- the person, or who helped
  is_by_helper boolean not null default false,
  raised_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'upheld', 'partly', 'rejected', 'withdrawn')),
  decision text,
  decided_by uuid,
  decided_at timestamptz,
  corrected_no text,
  primary key (person_id, objection_id)
);
create unique index objection_open on objection (person_id, statement_id) where state = 'open';

create table statement_job (
  statement_job_id uuid primary key,
  kind text not null check (kind in ('freeze', 'correct')),
  year text not null,
  office_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  total integer not null,
  done integer not null default 0,
  made integer not null default 0,
  left_out integer not null default 0,
  after_person_id uuid,
  order_number text,
  reason text,
  created_at timestamptz not null,
  created_by uuid,
  finished_at timestamptz
);
create unique index statement_job_open on statement_job (kind, year, office_id) where state in ('waiting', 'running');
