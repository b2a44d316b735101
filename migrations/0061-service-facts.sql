-- A session whose import was taken back is kept, but its code is free again for the corrected file.
alter table training_session add column voided_at timestamptz;
alter table training_session drop constraint training_session_code_key;
create unique index training_session_live on training_session (code) where voided_at is null;
create index training_session_import on training_session (import_id) where import_id is not null;

-- What waits for a decision is looked for by state alone.
create index extension_request_open on extension_request (recorded_at) where state = 'asked';
create index claim_open on claim (recorded_at) where state = 'asked';
-- The same certificate handed in by several persons is shown to who decides.
create index claim_certificate on claim (certificate_no) where certificate_no is not null;
create index claim_file on claim (file_id) where file_id is not null;
