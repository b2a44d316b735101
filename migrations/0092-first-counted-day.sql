-- The figures of an order begin with its own first day: whoever was bound before is counted as of then. Dates of
-- joining lie scattered over decades and would make most of the rows. Earlier days are counted from the standings.
with moved as (
  delete from mandate_sheet_counter c using mandate m
  where c.sheet_id = m.sheet_id and c.day < least(m.order_date, (m.rules->'window'->>'from')::date)
  returning c.*, least(m.order_date, (m.rules->'window'->>'from')::date) as first_day
)
insert into mandate_sheet_counter as counter (sheet_id, office_id, day, met, met_late, open, overdue, exempt)
select sheet_id, office_id, first_day, sum(met), sum(met_late), sum(open), sum(overdue), sum(exempt)
from moved group by sheet_id, office_id, first_day
on conflict (sheet_id, office_id, day) do update set met = counter.met + excluded.met,
  met_late = counter.met_late + excluded.met_late, open = counter.open + excluded.open,
  overdue = counter.overdue + excluded.overdue, exempt = counter.exempt + excluded.exempt;
