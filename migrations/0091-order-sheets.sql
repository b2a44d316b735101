-- Where everybody stands under an order, with its figures, is kept on a sheet. A new sheet is filled beside the one
-- in use, part by part, and takes its place in one step: nobody ever reads half of one.
alter table mandate add column sheet_id uuid not null unique default gen_random_uuid(); -- empty while it binds nobody
update mandate set sheet_id = mandate_id where state = 'published';

alter table mandate_standing rename to mandate_sheet_standing;
alter table mandate_sheet_standing rename column mandate_id to sheet_id;
alter table mandate_sheet_standing rename constraint mandate_standing_pkey to mandate_sheet_standing_pkey;
alter index mandate_standing_order rename to mandate_sheet_standing_sheet;
alter table mandate_counter rename to mandate_sheet_counter;
alter table mandate_sheet_counter rename column mandate_id to sheet_id;
alter table mandate_sheet_counter rename constraint mandate_counter_pkey to mandate_sheet_counter_pkey;

-- What is in force: read by everybody; only settling and building write, and to the tables of sheets.
create view mandate_standing as
  select s.person_id, m.mandate_id, s.office_ids, s.bound_days, s.reached_on, s.due_on, s.overdue_from, s.exempt_days
  from mandate m join mandate_sheet_standing s using (sheet_id);
create view mandate_counter as
  select m.mandate_id, c.office_id, c.day, c.met, c.met_late, c.open, c.overdue, c.exempt
  from mandate m join mandate_sheet_counter c using (sheet_id);

-- Sheets being made: for a draft that is being put in force, or because everybody is to be counted again.
create table mandate_build (
  build_id uuid primary key,
  mandate_id uuid references mandate (mandate_id), -- the draft; null: every order in force is counted again
  asked_at timestamptz not null,
  asked_by uuid,
  planned_at timestamptz, -- from here on, whoever is touched is noted in mandate_build_touched too
  finished_at timestamptz,
  failure text -- why it came to nothing
);
create index mandate_build_open on mandate_build (asked_at) where finished_at is null;
create index mandate_build_mandate on mandate_build (mandate_id);
-- Of a draft: the build that puts it in force; until that is over nobody rewrites the draft.
alter table mandate add column build_id uuid references mandate_build (build_id);

create table mandate_build_sheet (
  build_id uuid not null references mandate_build (build_id),
  mandate_id uuid not null references mandate (mandate_id),
  sheet_id uuid not null unique,
  counted_at timestamptz, -- the figures of all its parts are written
  primary key (build_id, mandate_id)
);
-- People by key, some thousands a part.
create table mandate_build_part (
  sheet_id uuid not null references mandate_build_sheet (sheet_id),
  part integer not null,
  after_id uuid, -- exclusive; null: from the first
  until_id uuid, -- inclusive; null: to the last
  persons integer not null,
  done_at timestamptz,
  primary key (sheet_id, part)
);
create table mandate_build_touched (
  person_id uuid not null,
  touch_id bigint generated always as identity,
  build_id uuid not null references mandate_build (build_id),
  primary key (person_id, touch_id)
);
create index mandate_build_touched_build on mandate_build_touched (build_id);
-- Sheets that are no longer used, or never were; deleted little by little.
create table mandate_sheet_discarded (
  sheet_id uuid primary key,
  discarded_at timestamptz not null
);
