-- An order that comes after the freeze of a year moves the days of service and objection of the statements that stand.
-- `applied_at`: when all of them had been gone over; `moved_count`: of how many it moved the days.
alter table appraisal_calendar add column applied_at timestamptz;
alter table appraisal_calendar add column moved_count integer not null default 0;
update appraisal_calendar set applied_at = recorded_at;
create index appraisal_calendar_to_apply on appraisal_calendar (recorded_at, calendar_id) where applied_at is null;
