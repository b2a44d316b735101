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

-- The short ways of the three changes that come by the thousand: a completion that Daksh decided, an
-- enrolment, a first sign-in. Each adds the deltas of one new fact of one locked person and answers true, or
-- adds nothing and answers false where the history is not plain (facts dated later, several postings from
-- that day on): then the caller compares whole timelines. In plpgsql, since its plans are kept.
create function count_step(the_person uuid, the_day date, step counter_delta) returns boolean language plpgsql as $$
declare
  account date;
  place record;
  counts_from date;
begin
  select account_day into account from person
    where person_id = the_person and account_day is not null and merged_into is null;
  if not found then
    return true;
  end if;
  for place in
    select posting.starts_on, posting.ends_on, office.path, count(*) over () as places
    from posting join office using (office_id)
    where posting.person_id = the_person and posting.voided_at is null
      and (posting.ends_on is null or posting.ends_on >= the_day)
    limit 1
  loop
    if place.places > 1 then
      return false;
    end if;
    counts_from := greatest(the_day, place.starts_on, account);
    -- In at the first day that counts, out again on the day after the posting's last.
    insert into counter_delta (offices, day, signed_in, completions, renewals, digital_minutes, at_least_one,
        three_or_more, begun)
      select place.path, way.day, way.sign * coalesce(step.signed_in, 0), way.sign * coalesce(step.completions, 0),
        way.sign * coalesce(step.renewals, 0), way.sign * coalesce(step.digital_minutes, 0),
        way.sign * coalesce(step.at_least_one, 0), way.sign * coalesce(step.three_or_more, 0),
        way.sign * coalesce(step.begun, 0)
      from (values (1, counts_from), (-1, place.ends_on + 1)) as way (sign, day)
      where way.day is not null and (place.ends_on is null or counts_from <= place.ends_on);
  end loop;
  if step.offices is not null then
    insert into counter_delta (offices, day, activity_completions, activity_renewals, activity_minutes)
      values (step.offices, the_day, coalesce(step.completions, 0), coalesce(step.renewals, 0),
        coalesce(step.digital_minutes, 0));
  end if;
  return true;
end $$;

create function count_completion(the_person uuid, the_completion uuid) returns boolean language plpgsql as $$
declare
  fact record;
  others record;
  learning record;
  step counter_delta;
  is_first boolean;
begin
  select completion.course_id, completion.completed_day, completion.completed_at, completion.minutes, office.path into fact
    from completion left join office using (office_id)
    where completion.person_id = the_person and completion.completion_id = the_completion
      and completion.voided_at is null;
  if not found then
    return true;
  end if;
  select count(distinct course_id) as courses, max(completed_day) as latest,
      coalesce(bool_or(course_id = fact.course_id), false) as has_this into others
    from completion
    where person_id = the_person and completion_id <> the_completion and voided_at is null;
  if others.latest > fact.completed_day or exists (
    -- An imported completion of that day gave way to this one, at the same instant.
    select from completion where person_id = the_person and course_id = fact.course_id
      and completed_day = fact.completed_day and voided_at = fact.completed_at
  ) then
    return false;
  end if;
  is_first := not others.has_this;
  step.offices := fact.path;
  step.completions := is_first::integer;
  step.renewals := (not is_first)::integer;
  step.digital_minutes := case when is_first then fact.minutes else 0 end;
  step.at_least_one := (is_first and others.courses = 0)::integer;
  step.three_or_more := (is_first and others.courses = 2)::integer;
  if step.at_least_one = 1 then
    select coalesce(bool_or(withdrawn_day is null), false) as is_active,
        coalesce(bool_or(enrolled_day > fact.completed_day or withdrawn_day > fact.completed_day), false) as is_later
      into learning from enrolment where person_id = the_person;
    if learning.is_later then
      return false;
    end if;
    step.begun := -learning.is_active::integer;
  end if;
  return count_step(the_person, fact.completed_day, step);
end $$;

create function count_enrolment(the_person uuid, the_enrolment uuid) returns boolean language plpgsql as $$
declare
  began date;
  earliest date;
  others record;
  step counter_delta;
begin
  select enrolled_day into began from enrolment
    where person_id = the_person and enrolment_id = the_enrolment and withdrawn_day is null;
  if not found then
    return true;
  end if;
  select min(completed_day) into earliest from completion where person_id = the_person and voided_at is null;
  if earliest <= began then
    return true;
  end if;
  select coalesce(bool_or(withdrawn_day is null and enrolled_day <= began), false) as is_active,
      coalesce(bool_or(enrolled_day > began or withdrawn_day > began), false) as is_later
    into others from enrolment where person_id = the_person and enrolment_id <> the_enrolment;
  if others.is_active then
    return true;
  end if;
  if earliest is not null or others.is_later then
    return false;
  end if;
  step.begun := 1;
  return count_step(the_person, began, step);
end $$;

create function count_sign_in(the_person uuid) returns boolean language plpgsql as $$
declare
  first_day date;
  step counter_delta;
begin
  select signed_in_day into first_day from person where person_id = the_person and signed_in_day is not null;
  if not found then
    return true;
  end if;
  step.signed_in := 1;
  return count_step(the_person, first_day, step);
end $$;
