-- The people desk: search of persons, requests to register and to correct a name, help.

-- The form in which a name is searched; a job fills it where the names it was made of have changed,
-- so that an import of lakhs of people need not know about it.
alter table person add column search_text text not null default '';
alter table person add column search_of text not null default '';
create index person_search on person using gin (search_text gin_trgm_ops);
create index person_search_stale on person (person_id)
  where search_of <> coalesce(name_hi, '') || '|' || coalesce(name_en, '');
-- Lists go by name, and page by (name, person_id); code point order is dictionary order within a script.
create index person_name_hi_order on person (coalesce(name_hi, name_en) collate "C", person_id);
create index person_name_en_order on person (coalesce(name_en, name_hi) collate "C", person_id);
create index person_contact_tail on person_contact (right(value, 4)) where kind = 'mobile';

-- Somebody who is not on the roster asks to be; a person and an account come only with the approval.
create table registration_request (
  registration_request_id uuid primary key,
  name_hi text,
  name_en text,
  issuer text not null default 'EHRMS',
  employee_code text not null,
  mobile text not null,
  office_id uuid not null,
  designation text,
  service_group char(1) check (service_group in ('A', 'B', 'C', 'D')),
  engagement text check (engagement in ('permanent', 'temporary', 'contract', 'outsourced', 'honorary', 'elected', 'trainee')),
  joined_on date,
  language text not null default 'hi',
  requested_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'approved', 'refused')),
  decided_at timestamptz,
  decided_by uuid,
  decision_reason text,
  person_id uuid, -- who came of it
  check (name_hi is not null or name_en is not null)
);
create index registration_request_open on registration_request (office_id, requested_at) where state = 'open';
create unique index registration_request_once on registration_request (employee_code, issuer) where state = 'open';

create table name_request (
  person_id uuid not null,
  name_request_id uuid not null,
  name_hi text,
  name_en text,
  reason text not null,
  requested_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'approved', 'refused', 'withdrawn')),
  decided_at timestamptz,
  decided_by uuid,
  decision_reason text,
  primary key (person_id, name_request_id),
  check (name_hi is not null or name_en is not null)
);
create unique index name_request_once on name_request (person_id) where state = 'open';
create index name_request_open on name_request (requested_at) where state = 'open';

-- A question from any page, with the page it was asked on. It lies on the desk of the nearest office up
-- the tree that had a nodal officer when it was asked; without one, with the operators.
create table help_request (
  person_id uuid not null,
  help_request_id uuid not null,
  office_id uuid,
  desk_office_id uuid,
  page_path text not null,
  course_code text,
  language text not null,
  state text not null default 'open' check (state in ('open', 'answered', 'closed')),
  asked_at timestamptz not null,
  changed_at timestamptz not null,
  closed_at timestamptz,
  -- When the person last looked at the answers: what is newer is news.
  seen_at timestamptz,
  primary key (person_id, help_request_id)
);
create index help_request_desk on help_request (desk_office_id, changed_at);
create index help_request_open on help_request (changed_at) where state = 'open';

create table help_message (
  person_id uuid not null,
  help_message_id uuid not null,
  help_request_id uuid not null,
  author_person_id uuid not null,
  is_from_desk boolean not null,
  text text not null,
  written_at timestamptz not null,
  primary key (person_id, help_message_id)
);

-- From somebody who is not signed in: there is no person yet, so a table of its own, for the operators.
create table visitor_help_request (
  visitor_help_request_id uuid primary key,
  name text not null,
  employee_code text,
  mobile text,
  page_path text not null,
  language text not null,
  text text not null,
  asked_at timestamptz not null,
  state text not null default 'open' check (state in ('open', 'closed')),
  closed_at timestamptz,
  closed_by uuid,
  closing_note text,
  check (employee_code is not null or mobile is not null)
);
create index visitor_help_request_open on visitor_help_request (asked_at) where state = 'open';

-- One line in a person's own inbox, told by key and values so that it reads in the language of the day.
create table person_notice (
  person_id uuid not null,
  person_notice_id uuid not null,
  kind text not null,
  detail jsonb not null default '{}',
  href text not null,
  made_at timestamptz not null,
  seen_at timestamptz,
  primary key (person_id, person_notice_id)
);
create index person_notice_open on person_notice (person_id, made_at) where seen_at is null;
