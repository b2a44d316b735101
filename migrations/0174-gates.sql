-- One row an office, only to be locked: whoever posts people there holds it in common, whoever moves the office or
-- takes it away holds it alone. Not the office's own row, which every edit and every foreign key locks as well.
create table office_gate (
  office_id uuid primary key references office on delete cascade
);
insert into office_gate (office_id) select office_id from office;

create or replace function nodes_of_made() returns trigger language plpgsql as $$
begin
  perform keep_nodes((select array_agg(office_id) from made));
  insert into office_gate (office_id) select office_id from made;
  return null;
end $$;
