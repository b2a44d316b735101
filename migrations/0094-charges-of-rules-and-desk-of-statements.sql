-- The office whose charge a rule was entered in, as of orders: whoever is checked by a rule does not end it. Empty:
-- entered at the command line, for whoever answers for the rule's own office.
alter table curriculum_rule add column entered_at uuid references office (office_id);
alter table promotion_rule add column entered_at uuid references office (office_id);

-- The desk lists the statements of a year by office and name, and reads a page of them by key.
alter table statement add column listed_name text collate "C" not null default '';
update statement set listed_name =
  left(coalesce(content::json #>> '{person,name,hi}', content::json #>> '{person,name,en}', ''), 100);
drop index statement_office;
create index statement_desk on statement (office_id, year, listed_name, statement_no) include (served_on)
  where replaced_by_no is null;
create index statement_disputed on statement (office_id, year, listed_name, statement_no)
  where replaced_by_no is null and is_disputed;
create index statement_corrected on statement (office_id, year, listed_name, statement_no)
  where replaced_by_no is null and replaces_no is not null;
