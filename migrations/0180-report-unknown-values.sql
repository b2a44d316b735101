-- A kept report may name what is there no more (a designation, a tag): its file says so.
alter table report_run drop constraint report_run_failure_check;
alter table report_run add constraint report_run_failure_check
  check (failure in ('no_space', 'interrupted', 'error', 'no_right', 'too_long', 'too_many', 'unknown_value'));
