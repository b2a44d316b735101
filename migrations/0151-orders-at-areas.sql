-- The figures of an order count at an office's nodes: where its areas change, all sums are others. An office that is
-- made anew gets its nodes too, and nobody is posted there yet.
drop trigger office_moved on office;
create trigger office_moved after update of nodes on office
  for each row when (old.nodes <> '{}' and old.nodes is distinct from new.nodes)
  execute function want_mandate_recount('office.path');
insert into mandate_recount (reason) select 'office.path' where exists (select from mandate where state = 'published');
