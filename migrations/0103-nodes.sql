-- Who counts somebody: the nodes. An office's nodes are its own path and the path of its area: that of the nearest
-- office on the way up which has one, from that area up to the state. Some nodes count by class of people as well.
alter table area add column node_id uuid not null generated always as (md5('area ' || area_id)::uuid) stored;
create unique index area_node on area (node_id);

alter table office
  add column nodes uuid[] not null default '{}', -- kept by triggers: the path, then the areas from the lowest up
  add column class_nodes uuid[] not null default '{}'; -- those of them that count classes too

-- The areas that count what lies in an area, itself first; the country is left out, which no office lies in alone.
create view area_way as
  with recursive way as (
    select area_id, parent_id, kind <> 'country' as counts, array[node_id] as nodes,
      case when kind in ('state', 'division', 'district') then array[node_id] else '{}'::uuid[] end as class_nodes
    from area
    union all
    select way.area_id, area.parent_id, way.counts, way.nodes || area.node_id,
      case when area.kind in ('state', 'division', 'district') then way.class_nodes || area.node_id
        else way.class_nodes end
    from way join area on area.area_id = way.parent_id and area.kind <> 'country'
  )
  select distinct on (area_id) area_id, case when counts then nodes else '{}' end as nodes, class_nodes from way
  order by area_id, cardinality(nodes) desc;

-- What the nodes of each office must be. Classes are counted at the upper three levels of offices, and from the
-- district up: a smaller office's are soon computed from the events.
create view office_way as
  select office.office_id, office.path || coalesce(area_way.nodes, '{}') as nodes,
    office.path[1:3] || coalesce(area_way.class_nodes, '{}') as class_nodes
  from office
    left join lateral (
      select above.area_id from unnest(office.path) with ordinality as step (office_id, place)
        join office above using (office_id)
      where above.area_id is not null order by place desc limit 1) nearest on true
    left join area_way on area_way.area_id = nearest.area_id;

create function keep_nodes(touched uuid[]) returns void language sql as $$
  update office set nodes = office_way.nodes, class_nodes = office_way.class_nodes
  from office_way
  where office.office_id = any(touched) and office_way.office_id = office.office_id
    and (office.nodes <> office_way.nodes or office.class_nodes <> office_way.class_nodes)
$$;

-- So no way to write an office forgets its nodes. Counters follow only inside changeFacts; a check compares.
create function nodes_of_made() returns trigger language plpgsql as $$
begin
  perform keep_nodes((select array_agg(office_id) from made));
  return null;
end $$;
create function nodes_of_changed() returns trigger language plpgsql as $$
declare
  moved uuid[];
begin
  select array_agg(new_row.office_id) into moved from new_row join old_row using (office_id)
    where new_row.path <> old_row.path or new_row.area_id is distinct from old_row.area_id;
  if moved is not null then
    perform keep_nodes((select array_agg(distinct below.office_id)
      from unnest(moved) as one (office_id) join office below on below.path @> array[one.office_id]));
  end if;
  return null;
end $$;
create function nodes_of_areas() returns trigger language plpgsql as $$
begin
  if exists (select from new_row join old_row using (area_id)
      where new_row.parent_id is distinct from old_row.parent_id or new_row.kind <> old_row.kind) then
    perform keep_nodes((select array_agg(office_id) from office));
  end if;
  return null;
end $$;
create trigger nodes_of_made after insert on office referencing new table as made
  for each statement execute function nodes_of_made();
create trigger nodes_of_changed after update on office referencing old table as old_row new table as new_row
  for each statement execute function nodes_of_changed();
create trigger nodes_of_areas after update on area referencing old table as old_row new table as new_row
  for each statement execute function nodes_of_areas();
select keep_nodes((select array_agg(office_id) from office));

-- A class of people: group, engagement, and whether the cadre works in the field, as one small number; and the node
-- that counts those of a node who are of that class.
create function class_of(service_group text, engagement text, is_field boolean) returns smallint
language sql immutable parallel safe as $$
  select (coalesce(strpos('ABCD', service_group), 0) * 16 + is_field::integer + 2 * coalesce(array_position(
    array['permanent', 'temporary', 'contract', 'outsourced', 'honorary', 'elected', 'trainee'], engagement), 0))::smallint
$$;
create function class_node(node uuid, class smallint) returns uuid language sql immutable parallel safe as $$
  select md5(node::text || ' ' || class)::uuid
$$;

-- What is counted as what: courses on AI and on cyber security, cadres of the field. It counts for the people whose
-- key comes before `up_to`: where a tag changes, that is moved over everybody concerned, some at a time.
create table counted_mark (
  kind text not null check (kind in ('ai', 'cyber', 'field')),
  subject_id uuid not null, -- a course or a cadre
  up_to uuid not null,
  primary key (subject_id, kind)
);

-- What nobody can have completed yet is marked at once.
create function mark_course() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and exists (select from completion where course_id = new.course_id) then
    return null;
  end if;
  delete from counted_mark where subject_id = new.course_id and kind <> all(new.tags);
  insert into counted_mark (kind, subject_id, up_to)
    select kind, new.course_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    from unnest(array['ai', 'cyber']) as kind where kind = any(new.tags)
    on conflict do nothing;
  return null;
end $$;
create trigger mark_new_course after insert on course for each row execute function mark_course();
create trigger mark_draft_course after update of tags on course
  for each row when (old.state = 'draft') execute function mark_course();
insert into counted_mark (kind, subject_id, up_to)
  select kind, course_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'
  from course cross join unnest(array['ai', 'cyber']) as kind where kind = any(tags);

-- The short ways of an enrolment and a first sign-in, as before, for nodes and classes.
create or replace function count_step(the_person uuid, the_day date, step counter_delta) returns boolean
language plpgsql as $$
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
    select posting.starts_on, posting.ends_on, count(*) over () as places, office.nodes || array(
        select class_node(node, class_of(posting.service_group, posting.engagement, field.subject_id is not null))
        from unnest(office.class_nodes) as node) as nodes
    from posting join office using (office_id)
      left join counted_mark field on field.kind = 'field' and field.subject_id = posting.cadre_id
        and posting.person_id < field.up_to
    where posting.person_id = the_person and posting.voided_at is null
      and (posting.ends_on is null or posting.ends_on >= the_day)
    limit 1
  loop
    if place.places > 1 then
      return false;
    end if;
    counts_from := greatest(the_day, place.starts_on, account);
    -- In at the first day that counts, out again on the day after the posting's last.
    insert into counter_delta (offices, day, signed_in, begun)
      select place.nodes, way.day, way.sign * coalesce(step.signed_in, 0), way.sign * coalesce(step.begun, 0)
      from (values (1, counts_from), (-1, place.ends_on + 1)) as way (sign, day)
      where way.day is not null and (place.ends_on is null or counts_from <= place.ends_on);
  end loop;
  return true;
end $$;

-- Everything is counted again by the first process that starts, into narrower columns: only minutes outgrow them.
truncate counter_delta, office_counter;
alter table office_counter
  alter column registered type integer, alter column onboarded type integer, alter column signed_in type integer,
  alter column completions type integer, alter column renewals type integer, alter column at_least_one type integer,
  alter column three_or_more type integer, alter column begun type integer, alter column not_on_roster type integer,
  alter column former type integer, alter column activity_completions type integer,
  alter column activity_renewals type integer, alter column ai_reach type integer, alter column cyber_reach type integer;
insert into installation_fact (name, value)
  select 'counters_wanted', '{}' where exists (select from person);
