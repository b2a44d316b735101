-- The orders whose place an order took, one after the other: exemptions and more time granted to a person under one
-- of them hold on when an amendment takes its place.
alter table mandate add column lineage uuid[] not null default '{}';
with recursive line as (
  select mandate_id, amends_mandate_id as held from mandate where kind = 'amendment'
  union all
  select line.mandate_id, m.amends_mandate_id from line join mandate m on m.mandate_id = line.held
  where m.kind = 'amendment'
)
update mandate set lineage = array(select held from line where line.mandate_id = mandate.mandate_id)
where kind = 'amendment';
