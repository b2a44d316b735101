-- Sign-in: sessions, secrets, one-time codes, slips, requests and budgets of attempts.

-- Looked up by the digest of the cookie's secret, so keyed (and one day distributed) by it.
create table session (
  session_digest bytea primary key,
  session_id uuid not null,
  person_id uuid not null,
  method text not null check (method in ('password', 'code', 'pin', 'slip')),
  device text not null, -- a few words made of the user agent
  idle_minutes integer not null check (idle_minutes > 0),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  second_factor_at timestamptz,
  ended_at timestamptz,
  end_reason text check (end_reason in ('signed_out', 'ended', 'replaced', 'reset', 'merged'))
);
create index session_person on session (person_id) where ended_at is null;
create index session_expiry on session (expires_at);

-- What a person proves himself with. Hashes are argon2id; the TOTP secret is sealed (AES-256-GCM).
create table sign_in_secret (
  person_id uuid primary key,
  password_hash text,
  password_set_at timestamptz,
  pin_hash text,
  pin_set_at timestamptz,
  totp_sealed bytea,
  totp_confirmed_at timestamptz,
  totp_last_step bigint, -- a code counts once
  changed_at timestamptz not null
);

create table recovery_code (
  person_id uuid not null,
  recovery_code_id uuid not null,
  code_digest bytea not null,
  made_at timestamptz not null,
  used_at timestamptz,
  primary key (person_id, recovery_code_id)
);

-- Browsers in which this person has signed in before: a stranger's failures never block these.
create table known_device (
  person_id uuid not null,
  device_digest bytea not null,
  first_seen_at timestamptz not null,
  last_seen_at timestamptz not null,
  primary key (person_id, device_digest)
);

-- One way in, bound to one browser by a cookie: the code sent, who it may be, what was proved so far.
create table sign_in_flow (
  flow_digest bytea primary key,
  purpose text not null check (purpose in ('sign_in', 'first_use', 'slip')),
  candidate_ids uuid[] not null,
  contact_kind text check (contact_kind in ('mobile', 'email')),
  contact_value text,
  contact_is_shared boolean not null default false,
  code_digest bytea, -- HMAC of the code with this flow
  code_expires_at timestamptz,
  tries_left smallint not null default 5,
  verified_at timestamptz,
  person_id uuid, -- chosen among the candidates
  identity_checked_at timestamptz, -- employee code and joining date were right
  sign_in_slip_id uuid,
  return_path text,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  consumed_at timestamptz
);
create index sign_in_flow_expiry on sign_in_flow (expires_at);

-- Printed by the office for a person without a phone; good once.
create table sign_in_slip (
  person_id uuid not null,
  sign_in_slip_id uuid not null,
  key_digest bytea not null,
  made_at timestamptz not null,
  made_by uuid,
  expires_at timestamptz not null,
  used_at timestamptz,
  cancelled_at timestamptz,
  primary key (person_id, sign_in_slip_id)
);

-- "My number has changed": decided by the nodal officer after checking the person.
create table sign_in_request (
  person_id uuid not null,
  sign_in_request_id uuid not null,
  new_mobile text not null,
  asked_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('approved', 'refused')),
  note text,
  primary key (person_id, sign_in_request_id)
);
create index sign_in_request_open on sign_in_request (asked_at) where decided_at is null;

-- "This is not me": the holder of a number says that the roster gives it to the wrong person.
create table contact_dispute (
  person_id uuid not null,
  contact_dispute_id uuid not null,
  kind text not null check (kind in ('mobile', 'email')),
  value text not null,
  reported_at timestamptz not null,
  decided_at timestamptz,
  decided_by uuid,
  decision text check (decision in ('kept', 'removed')),
  primary key (person_id, contact_dispute_id)
);
create index contact_dispute_open on contact_dispute (reported_at) where decided_at is null;

-- How often something was tried, by a digest of what and by whom: no number or address in clear.
create table attempt_budget (
  budget_key bytea primary key,
  spent integer not null,
  blocked_until timestamptz not null,
  last_spent_at timestamptz not null
);
create index attempt_budget_age on attempt_budget (last_spent_at);

-- Messages of the demonstration, which has no mail or SMS: shown on /mailbox.
create table local_message (
  local_message_id uuid primary key,
  channel text not null check (channel in ('mail', 'sms')),
  recipient text not null,
  subject text not null default '',
  body text not null,
  made_at timestamptz not null
);
create index local_message_time on local_message (made_at desc);

create index role_grant_office on role_grant (office_id);
