-- Reminders of orders: each order's ladder, who was reminded of which step, and what became of each message.

create table reminder_rule (
  mandate_id uuid primary key,
  state text not null default 'off' check (state in ('off', 'on', 'paused')),
  -- Days before the due day; 0 is the day itself, below 0 after it.
  person_days integer[] not null,
  officer_days integer[] not null,
  channels text[] not null, -- beside the inbox
  since date, -- switched on last: a step before this day is not made up for
  changed_at timestamptz not null,
  changed_by uuid
);

-- How far an order's people were gone through on a day, by key; a killed run goes on from there.
create table reminder_run (
  mandate_id uuid not null,
  day date not null,
  after_person_id uuid,
  found bigint not null default 0,
  finished_at timestamptz,
  primary key (mandate_id, day)
);

-- A step of the ladder that somebody reached: told once for a due day, and anew where the due day moves.
create table reminder_item (
  person_id uuid not null, -- about whom
  mandate_id uuid not null,
  due_on date not null,
  days_before integer not null,
  audience text not null check (audience in ('person', 'officer')),
  recipient_id uuid not null,
  office_id uuid not null, -- where the person is posted
  day date not null,
  reminder_digest_id uuid, -- null: waits for the digest of the day
  primary key (person_id, mandate_id, due_on, days_before, audience)
);
create index reminder_item_waiting on reminder_item (day, recipient_id) where reminder_digest_id is null;
create index reminder_item_digest on reminder_item (reminder_digest_id) where reminder_digest_id is not null;
create index reminder_item_order on reminder_item (mandate_id, day, person_id);

-- What one person is told on one day, all orders together; it stands in the inbox until it was opened.
create table reminder_digest (
  person_id uuid not null,
  reminder_digest_id uuid not null,
  day date not null,
  made_at timestamptz not null,
  seen_at timestamptz,
  primary key (person_id, reminder_digest_id)
);
create unique index reminder_digest_day on reminder_digest (person_id, day);

-- A digest by mail or SMS. `sending` is committed before anything leaves; what is found so later is unknown.
create table reminder_sending (
  person_id uuid not null,
  reminder_digest_id uuid not null,
  channel text not null check (channel in ('mail', 'sms')),
  reminder_sending_id uuid not null, -- the reference that a gateway's report brings back
  day date not null,
  state text not null check (state in ('waiting', 'sending', 'sent', 'failed', 'unknown', 'shared', 'bounced', 'lapsed')),
  reason text,
  attempts integer not null default 0,
  retry_at timestamptz,
  claimed_at timestamptz,
  settled_at timestamptz,
  primary key (person_id, reminder_digest_id, channel)
);
create unique index reminder_sending_reference on reminder_sending (reminder_sending_id);
create index reminder_sending_waiting on reminder_sending (day, person_id) where state in ('waiting', 'sending');

-- One SMS a day for a number, whoever shares it.
create table reminder_number (
  number text not null,
  day date not null,
  reminder_sending_id uuid not null,
  primary key (number, day)
);

-- An address that does not take messages; it gets no more until the person has another one or it is cleared.
create table reminder_bounce (
  address text not null,
  channel text not null check (channel in ('mail', 'sms')),
  reason text,
  source text not null check (source in ('server', 'report')),
  recorded_at timestamptz not null,
  primary key (address, channel)
);
