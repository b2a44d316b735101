-- A person's own window and the part of it that he serves are written with where he stands, so that his page reads
-- what is written also of orders whose window or target is each person's own.
alter table mandate_sheet_standing
  add column first_day date,
  add column last_day date,
  add column in_days integer; -- null: no target in proportion
update mandate_sheet_standing s
set first_day = (m.rules->'window'->>'from')::date, last_day = (m.rules->'window'->>'to')::date
from mandate m
where m.sheet_id = s.sheet_id and m.rules->'window'->>'from' is not null;
create or replace view mandate_standing as
  select s.person_id, m.mandate_id, s.office_ids, s.bound_days, s.reached_on, s.due_on, s.overdue_from, s.exempt_days,
    s.first_day, s.last_day, s.in_days
  from mandate m join mandate_sheet_standing s using (sheet_id);
insert into mandate_recount (reason)
select 'windows' from mandate where state = 'published'
  and (rules->'window'->>'from' is null or rules->'proportional' = 'true'::jsonb) limit 1;
