-- More time that was granted can be taken back, and what is taken back has its reason with it and not in the audit.
alter table extension_request add column voided_at timestamptz, add column voided_by uuid, add column void_reason text;
alter table claim add column voided_by uuid, add column void_reason text;

-- What a course done elsewhere is about: as the person said, and as who accepted it confirmed. Only the latter counts.
alter table claim add column claimed_topics text[] not null default '{}', add column topics text[];

-- The designations and cadres that an order named when it was put in force: it binds them under other names too.
alter table mandate add column designation_ids uuid[], add column cadre_ids uuid[];

create function want_recount_of_named() returns trigger language plpgsql as $$
begin
  if exists (select from mandate where state = 'published' and rules -> 'scope' ? tg_argv[0]) then
    insert into mandate_recount (reason) values (tg_argv[0]);
  end if;
  return null;
end $$;
create trigger designation_renamed after update of name, name_en, name_key on designation
  for each row when ((old.name, old.name_en, old.name_key) is distinct from (new.name, new.name_en, new.name_key))
  execute function want_recount_of_named('designations');
create trigger cadre_renamed after update of name, name_key on cadre
  for each row when ((old.name, old.name_key) is distinct from (new.name, new.name_key))
  execute function want_recount_of_named('cadres');

-- A due day on which somebody is absent moves to his return and so many days more; null where he does not return.
-- The absences come in the order of their days, so that one pass meets whatever the moved day falls into.
create function due_after_return(due date, absences datemultirange, days_more integer) returns date
language plpgsql immutable as $$
declare absence daterange;
begin
  for absence in select unnest(absences) loop
    if due <@ absence then
      if upper_inf(absence) then
        return null;
      end if;
      due := upper(absence) + days_more;
    end if;
  end loop;
  return due;
end $$;
