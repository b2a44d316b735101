-- Recordings are credited by the parts that were seen; claims that no clock allows are reviewed by people.

-- What was seen of a recording, in tenths of a second, and in which language's recording. `seen_seconds` is what
-- counts for the lesson (parts seen, and time credited without saying of which part); null: the credited seconds.
alter table lesson_progress
  add column seen int4multirange,
  add column seen_in text,
  add column seen_seconds numeric check (seen_seconds >= 0);

-- The parts of a report as they were sent, and those of them that the clock allowed.
alter table engagement add column segments int4multirange, add column seen int4multirange;

-- What a person's reports of one India day claimed, in real seconds, and how much of it no clock can have shown.
alter table learner_clock
  add column claimed_on date,
  add column claimed_seconds integer not null default 0,
  add column excess_seconds integer not null default 0;

-- From which day on which claims are looked at by people; the newest line that has begun counts.
create table engagement_limit (
  starts_on date primary key,
  -- So many seconds of a day beyond what the clock showed...
  excess_seconds integer not null check (excess_seconds between 60 and 86400),
  -- ...and at least so many times what it showed (two phones at once claim double).
  times numeric not null check (times between 1.5 and 1000),
  -- After so many days without a decision a case ends in the learner's favour.
  lapse_days integer not null check (lapse_days between 7 and 365),
  set_by uuid,
  set_at timestamptz not null default now()
);
insert into engagement_limit (starts_on, excess_seconds, times, lapse_days) values ('2026-01-01', 1800, 4, 30);

-- A question to a learner about reports that came faster than time passes. It takes nothing away.
create table review_case (
  person_id uuid not null,
  review_case_id uuid not null,
  day date not null,
  office_id uuid,
  enrolment_id uuid,
  lesson_id uuid,
  claimed_seconds integer not null,
  excess_seconds integer not null,
  opened_at timestamptz not null,
  lapses_on date not null,
  state text not null default 'open' check (state in ('open', 'cleared', 'upheld', 'lapsed')),
  answer text,
  answered_at timestamptz,
  reason text,
  decided_by uuid,
  decided_at timestamptz,
  seen_at timestamptz,
  primary key (person_id, review_case_id),
  unique (person_id, day)
);
create unique index review_case_open on review_case (person_id) where state = 'open';
create index review_case_lapsing on review_case (lapses_on) where state = 'open';

-- Everything that happened in a case.
create table review_case_event (
  person_id uuid not null,
  review_case_event_id uuid not null,
  review_case_id uuid not null,
  kind text not null check (kind in ('opened', 'answered', 'cleared', 'upheld', 'lapsed')),
  text text,
  actor_person_id uuid,
  happened_at timestamptz not null,
  primary key (person_id, review_case_event_id)
);
create index review_case_event_case on review_case_event (person_id, review_case_id);
