-- Counters by office and day, and the deltas that feed them (local to the coordinator).
create table counter_delta (
  counter_delta_id bigint generated always as identity primary key,
  offices uuid[] not null, -- every office that counts it, ancestors included
  day date not null, -- the India day from which it counts
  registered integer not null default 0,
  onboarded integer not null default 0,
  signed_in integer not null default 0,
  completions integer not null default 0,
  renewals integer not null default 0,
  digital_minutes bigint not null default 0,
  classroom_minutes bigint not null default 0,
  at_least_one integer not null default 0,
  three_or_more integer not null default 0,
  begun integer not null default 0,
  not_on_roster integer not null default 0,
  former integer not null default 0,
  -- The activity view: by the office frozen on the completion.
  activity_completions integer not null default 0,
  activity_renewals integer not null default 0,
  activity_minutes bigint not null default 0
);

-- grain d: that day alone; m and y: the month and the year that begin on `day`. "As of" sums whole years,
-- whole months of that year, and days of that month: about fifty rows, however old the installation.
create table office_counter (
  office_id uuid not null,
  grain char(1) not null check (grain in ('d', 'm', 'y')),
  day date not null,
  registered bigint not null default 0,
  onboarded bigint not null default 0,
  signed_in bigint not null default 0,
  completions bigint not null default 0,
  renewals bigint not null default 0,
  digital_minutes bigint not null default 0,
  classroom_minutes bigint not null default 0,
  at_least_one bigint not null default 0,
  three_or_more bigint not null default 0,
  begun bigint not null default 0,
  not_on_roster bigint not null default 0,
  former bigint not null default 0,
  activity_completions bigint not null default 0,
  activity_renewals bigint not null default 0,
  activity_minutes bigint not null default 0,
  primary key (office_id, grain, day)
);
