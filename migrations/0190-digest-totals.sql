-- What a list of completions adds up to, so that reports that ask for no day and no course need not open it. All are
-- made again; until then reports read the facts.
alter table learning_digest add column total_minutes integer not null default 0;
alter table learning_digest alter column total_minutes drop default;
delete from digest_state;
