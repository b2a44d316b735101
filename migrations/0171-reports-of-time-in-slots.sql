-- Single reports of time are kept for some weeks, in eight tables that take turns: all new ones go into the open one.
-- Later what a table holds is added up to one row a person, lesson and day, and the table is emptied as a whole, which
-- gives its disk back at once and leaves nothing to vacuum (docs/decisions/066).

-- Which table takes what comes now, and how far the others have been added up.
create table engagement_slot (
  slot smallint primary key check (slot between 0 and 7),
  -- empty → open → closed → thinning → thinned → empty
  state text not null default 'empty' check (state in ('empty', 'open', 'closed', 'thinning', 'thinned')),
  opened_at timestamptz,
  closed_at timestamptz,
  -- Of this table everybody up to this person stands in `engagement_day`, and counts there alone.
  after_person_id uuid,
  reports bigint not null default 0,
  days bigint not null default 0,
  thinned_at timestamptz
);
-- Since when the first one is open is not known: it takes what there is.
insert into engagement_slot (slot, state) select n, case when n = 0 then 'open' else 'empty' end from generate_series(0, 7) n;
create unique index engagement_slot_open on engagement_slot (state) where state = 'open';

alter table engagement rename to engagement_before;
alter table engagement_before rename constraint engagement_pkey to engagement_before_pkey;
create table engagement (
  person_id uuid not null,
  engagement_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  happened_at timestamptz not null,
  reported_seconds integer not null,
  credited_seconds smallint not null,
  slot smallint not null,
  position numeric,
  segments int4multirange,
  seen int4multirange,
  primary key (person_id, engagement_id, slot)
) partition by list (slot);
create table engagement_0 partition of engagement for values in (0);
create table engagement_1 partition of engagement for values in (1);
create table engagement_2 partition of engagement for values in (2);
create table engagement_3 partition of engagement for values in (3);
create table engagement_4 partition of engagement for values in (4);
create table engagement_5 partition of engagement for values in (5);
create table engagement_6 partition of engagement for values in (6);
create table engagement_7 partition of engagement for values in (7);
insert into engagement (person_id, engagement_id, enrolment_id, lesson_id, happened_at, reported_seconds,
  credited_seconds, slot, position, segments, seen)
select person_id, engagement_id, enrolment_id, lesson_id, happened_at, reported_seconds, credited_seconds, 0, position,
  segments, seen from engagement_before;
drop table engagement_before;

-- What a person's reports of one India day in one lesson add up to, once single ones are no longer kept.
create table engagement_day (
  person_id uuid not null,
  enrolment_id uuid not null,
  lesson_id uuid not null,
  day date not null,
  reports integer not null,
  -- Claims have no end: a thousand reports of a whole day each are possible.
  reported_seconds bigint not null,
  credited_seconds integer not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  -- Where the learner stood at the day's last report that said so.
  position numeric,
  -- The parts of a recording that counted.
  seen int4multirange,
  primary key (person_id, enrolment_id, lesson_id, day)
);
