-- Which real time has been shown by this person's reports already, in milliseconds since 1970: of two tabs or two
-- phones at once each shows its own time, and what both show counts once. Null: all of it up to the last report.
alter table learner_clock add column spent int8multirange;
