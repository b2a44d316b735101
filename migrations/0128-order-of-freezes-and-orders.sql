-- When an order became known, by the database's clock under the lock that freezes share: a statement has seen the
-- orders known by its freeze and no others. published_at is the day's clock, and was read before the counting.
alter table mandate add column known_at timestamptz;
update mandate set known_at = published_at where published_at is not null;

-- Why a freeze or correction was given up after its last attempt.
alter table statement_job add column failure text;

-- The order by which an objection was decided.
alter table objection add column order_number text;
create index objection_by_id on objection (objection_id);
create index objection_state on objection (state, raised_at);
