-- Persons, their identifiers, postings and rights. Person-owned tables carry person_id in their key.
create table person (
  person_id uuid primary key,
  issuer text not null default 'EHRMS',
  employee_code text, -- the code shown; person_code is the one that is unique
  name_hi text,
  name_en text,
  mobile text,
  email text,
  language text not null default 'hi',
  joined_on date,
  retires_on date,
  controlling_officer_code text,
  -- The India day from which the account counts (METRICS: registered); null: no account.
  account_day date,
  account_source text check (account_source in ('import', 'self', 'nodal', 'demonstration')),
  registered_on date, -- as given by the roster; account_day follows it
  signed_in_day date, -- the first India day of a sign-in
  last_signed_in_at timestamptz,
  notice_accepted_at timestamptz,
  merged_into uuid,
  import_id uuid,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (name_hi is not null or name_en is not null)
);
create index person_controlling on person (controlling_officer_code) where controlling_officer_code is not null;

-- Names over time: a change of name is a new row, never an overwrite.
create table person_name (
  person_id uuid not null,
  person_name_id uuid not null,
  name_hi text,
  name_en text,
  starts_on date not null,
  reason text not null,
  recorded_at timestamptz not null default now(),
  primary key (person_id, person_name_id)
);

-- Lookups that span persons, each distributed by its value.
create table person_code (
  code text not null,
  issuer text not null,
  person_id uuid not null,
  primary key (code, issuer)
);
create index person_code_person on person_code (person_id);
create table person_contact (
  value text not null, -- a mobile as ten digits, an e-mail in lower case
  kind text not null check (kind in ('mobile', 'email')),
  person_id uuid not null,
  primary key (value, kind, person_id)
);
create index person_contact_person on person_contact (person_id);

create table posting (
  person_id uuid not null,
  posting_id uuid not null,
  office_id uuid not null,
  designation_id uuid,
  cadre_id uuid,
  service_group char(1) check (service_group in ('A', 'B', 'C', 'D')),
  engagement text check (engagement in ('permanent', 'temporary', 'contract', 'outsourced', 'honorary', 'elected', 'trainee')),
  kind text not null default 'regular' check (kind in ('regular', 'additional_charge', 'deputation', 'attached')),
  is_primary boolean not null default false,
  starts_on date not null,
  ends_on date, -- inclusive
  end_reason text check (end_reason in ('retired', 'died', 'transferred', 'contract_ended', 'other')),
  import_id uuid, -- a plain value: imports are local to the coordinator
  recorded_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  -- Undone or merged away: kept, counted nowhere.
  voided_at timestamptz,
  void_reason text,
  primary key (person_id, posting_id),
  check (ends_on is null or ends_on >= starts_on or voided_at is not null)
);
create index posting_office on posting (office_id, person_id) where voided_at is null;
create index posting_import on posting (import_id) where import_id is not null;

-- A role over an office and what is below it; it ends with the charge (posting) it came with.
create table role_grant (
  person_id uuid not null,
  role_grant_id uuid not null,
  role text not null check (role in ('nodal', 'leader', 'author', 'reviewer', 'publisher', 'appraisal', 'centre', 'editor', 'operator', 'auditor')),
  office_id uuid not null,
  posting_id uuid,
  -- A link officer holds another's role between two dates.
  is_link boolean not null default false,
  may_see_names boolean not null default false, -- a leader's separate right
  starts_on date not null,
  ends_on date,
  granted_by uuid,
  recorded_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (person_id, role_grant_id)
);

create table api_token (
  token_digest bytea primary key,
  api_token_id uuid not null unique,
  role text,
  office_id uuid,
  person_id uuid,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  revoked_at timestamptz,
  check ((role is not null and office_id is not null) or person_id is not null)
);
