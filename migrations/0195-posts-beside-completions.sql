-- What reports by designation or cadre sum completions by, so that nobody's posting is looked up for them. All are made
-- again; until then reports read the facts.
alter table learning_digest add column designation_id uuid, add column cadre_id uuid;
delete from digest_state;

-- Whether any completion is after the day of a report: nearly never, and known without reading them all.
create index learning_digest_last_day on learning_digest using brin ((days[cardinality(days)])) with (autosummarize = on);
