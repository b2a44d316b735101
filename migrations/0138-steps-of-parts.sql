-- What the people of a part add to their own offices' figures, written with the part, until the sheet is summed.
create table mandate_sheet_step (
  sheet_id uuid not null,
  office_id uuid not null,
  is_path boolean not null, -- the offices above count it too
  day date not null,
  met integer not null,
  met_late integer not null,
  open integer not null,
  overdue integer not null,
  exempt integer not null
);
create index mandate_sheet_step_sheet on mandate_sheet_step (sheet_id);

-- Sheets in the making when this version came have parts without steps: they are laid out anew.
insert into mandate_sheet_discarded (sheet_id, discarded_at)
  select sheet.sheet_id, now() from mandate_build_sheet sheet join mandate_build using (build_id)
  where finished_at is null;
delete from mandate_build_part part using mandate_build_sheet sheet, mandate_build build
  where sheet.sheet_id = part.sheet_id and build.build_id = sheet.build_id and build.finished_at is null;
delete from mandate_build_sheet sheet using mandate_build build
  where build.build_id = sheet.build_id and build.finished_at is null;
update mandate_build set planned_at = null where finished_at is null;
