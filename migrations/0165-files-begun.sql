-- What has happened to statements since a file of their PDFs was asked for, by the clock that their events have.
alter table statement_batch add column begun_at timestamptz;
update statement_batch set begun_at = created_at;
alter table statement_batch alter column begun_at set default clock_timestamp();
alter table statement_batch alter column begun_at set not null;
