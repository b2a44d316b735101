-- A token made on a page has a name and a maker, with whose right it ends; when it was last used tells whether
-- anybody still needs it. The command line's tokens have neither name nor maker.
alter table api_token add column name text;
alter table api_token add column created_by uuid;
alter table api_token add column last_used_at timestamptz;
create index api_token_office_idx on api_token (office_id) where revoked_at is null;
