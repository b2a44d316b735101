-- A report of a fixed day can be made on many days: what a schedule makes once is told by the day of making.
alter table report_run add column scheduled_on date;
update report_run set scheduled_on = as_of where is_scheduled;
drop index report_run_day;
alter table report_run drop column is_scheduled;
create unique index report_run_day on report_run (report_id, scheduled_on) where scheduled_on is not null;
