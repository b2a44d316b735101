-- What a statement adds up to, beside its signed content, for lists over many: written with the content and
-- compared with it by `daksh statement verify`.
alter table statement add column minutes integer, add column training_days integer;
update statement set minutes = (content::json #>> '{totals,minutes}')::integer,
  training_days = (content::json #>> '{totals,days}')::integer;
alter table statement alter column minutes set not null, alter column training_days set not null;

-- The statements of a record that was merged are found by the survivor.
create index person_merged_into on person (merged_into) where merged_into is not null;

-- A rule of promotion lists, entered by order: whom it is about and what is asked of them. No rule, no list.
create table promotion_rule (
  promotion_rule_id uuid primary key,
  order_number text not null,
  order_date date not null,
  title_hi text,
  title_en text,
  office_id uuid not null,
  rules jsonb not null, -- docs/promotion-list.md
  starts_on date not null,
  ends_on date, -- the last day in force; before starts_on: never was
  replaces_rule_id uuid, -- the rule whose place it took
  end_order_number text, -- the order that ended it
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  check (title_hi is not null or title_en is not null),
  check ((ends_on is null) = (end_order_number is null))
);
create index promotion_rule_office on promotion_rule (office_id);
create unique index promotion_rule_successor on promotion_rule (replaces_rule_id) where replaces_rule_id is not null;

-- How many of an office are where under a rule on a day: counted portion by portion for offices of many.
create table promotion_tally (
  promotion_rule_id uuid not null references promotion_rule (promotion_rule_id),
  office_id uuid not null,
  as_of date not null,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done')),
  after_person_id uuid,
  met integer not null default 0,
  open integer not null default 0,
  exempt integer not null default 0,
  disputed integer not null default 0,
  asked_at timestamptz not null,
  counted_at timestamptz,
  primary key (promotion_rule_id, office_id, as_of)
);

-- The PDFs of an office's statements as one file, made by the worker.
create table statement_batch (
  statement_batch_id uuid primary key,
  year text not null,
  office_id uuid not null,
  language text not null check (language in ('hi', 'en')),
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  total integer not null,
  done integer not null default 0,
  storage_key text,
  bytes bigint,
  file_until date,
  failure text check (failure in ('no_space', 'interrupted', 'error')),
  created_at timestamptz not null,
  created_by uuid not null,
  finished_at timestamptz
);
create index statement_batch_own on statement_batch (created_by, created_at);
create index statement_batch_files on statement_batch (file_until) where storage_key is not null;
