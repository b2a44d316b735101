-- A work on sheets that cannot be done stops and lets others pass: what puts a draft in force waits for somebody's
-- decision, what counts everybody again is tried again later.
alter table mandate_build add column attempts integer not null default 0; -- that ended in a fault
alter table mandate_build add column failed_at timestamptz; -- nobody works on it until somebody asks for it again
alter table mandate_build add column not_before timestamptz; -- of a recount that failed
