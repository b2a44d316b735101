-- Extensions, audit, files. No domain words here.
create extension if not exists pg_trgm;

-- Who did what to whom, when and from where; written in the transaction of the change.
create table audit_event (
  audit_event_id uuid primary key,
  happened_at timestamptz not null,
  recorded_at timestamptz not null default clock_timestamp(),
  actor_kind text not null check (actor_kind in ('anonymous', 'system', 'person', 'token')),
  actor_person_id uuid,
  actor_name text,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  person_id uuid,
  office_id uuid,
  ip inet,
  request_id text not null,
  detail jsonb not null default '{}',
  -- The writing transaction, so that sealing takes only rows that nobody can still add before.
  written_by xid8 not null default pg_current_xact_id()
);
create index audit_event_person on audit_event (person_id, happened_at desc) where person_id is not null;
create index audit_event_actor on audit_event (actor_person_id, happened_at desc) where actor_person_id is not null;
create index audit_event_office on audit_event (office_id, happened_at desc) where office_id is not null;
create index audit_event_time on audit_event (happened_at desc);

-- The hash chain over audit_event, made in batches by a job: link = sha256(previous link || digest),
-- digest = sha256(salt || canonical event). An erased event keeps its digest, so the chain still holds.
create table audit_seal (
  seal_number bigint primary key,
  audit_event_id uuid not null unique,
  salt bytea,
  digest bytea not null,
  link bytea not null,
  sealed_at timestamptz not null default now()
);

create table file (
  file_id uuid primary key,
  storage_key text not null,
  sha256 text not null,
  bytes bigint not null check (bytes >= 0),
  content_type text not null,
  name text not null,
  created_at timestamptz not null default now(),
  created_by uuid
);

-- Small facts about this installation: whether the demonstration was loaded, keys made at first start.
create table installation_fact (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null default now()
);
