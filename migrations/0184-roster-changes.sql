-- Which transactions changed who stands on the roster or has an account: what was counted of it stays right as long as
-- none is visible now that was not when it was counted. One row a transaction; rows of past days are of no more use.
create table roster_change (
  written_by xid8 primary key default pg_current_xact_id(),
  written_at timestamptz not null default now()
);
