-- Learning weeks. Running and ended follow from the days; nothing has to happen at midnight.
create table campaign (
  campaign_id uuid primary key,
  code text not null unique,
  title_hi text not null,
  title_en text,
  office_id uuid not null references office,
  from_day date not null,
  to_day date not null,
  target_minutes integer not null check (target_minutes > 0),
  tags text[] not null default '{}',
  order_number text,
  entered_at timestamptz not null,
  entered_by uuid,
  entered_by_hi text,
  entered_by_en text,
  announced_at timestamptz,
  cancelled_at timestamptz,
  cancel_reason text,
  -- Whoever completed a course without seeing that the campaign is announced has a transaction below this one.
  counting_behind text,
  counted_at timestamptz, -- what was completed before it was announced is counted
  kept_at timestamptz,    -- the result is kept, as of its end
  check (to_day >= from_day)
);
create index campaign_office on campaign (office_id);

-- What a person has done of a campaign: a function of his completions, written in their transaction. The office is
-- that of the completion by which the target was reached.
create table campaign_progress (
  person_id uuid not null,
  campaign_id uuid not null,
  minutes integer not null,
  courses integer not null,
  met_on date,
  met_office_id uuid,
  primary key (person_id, campaign_id)
);

-- People who met the target, by office and area on the way up: deltas at once, added to counters by one at a time.
create table campaign_delta (
  campaign_delta_id bigint generated always as identity primary key,
  campaign_id uuid not null,
  nodes uuid[] not null,
  met integer not null
);
create table campaign_counter (
  campaign_id uuid not null,
  node_id uuid not null,
  met integer not null,
  primary key (campaign_id, node_id)
);

-- The figures as they stood when the campaign had ended; what comes later is told apart.
create table campaign_result (
  campaign_id uuid not null,
  office_id uuid not null,
  people integer not null,
  completions integer not null,
  minutes bigint not null,
  met integer not null,
  primary key (campaign_id, office_id)
);
create function campaign_result_stays() returns trigger language plpgsql as $$
begin
  raise exception 'the kept result of a campaign is never changed';
end $$;
create trigger campaign_result_stays before update or delete on campaign_result
  for each row execute function campaign_result_stays();
