-- How certificates of an office and of those below it look. A version in force or ended never changes, so what
-- was issued under it can be drawn again for good; only the draft does.
create table certificate_template (
  certificate_template_id uuid primary key,
  office_id uuid not null,
  state text not null check (state in ('draft', 'in_force', 'ended')),
  content jsonb not null,
  created_at timestamptz not null,
  created_by uuid,
  in_force_at timestamptz,
  ended_at timestamptz
);
create unique index certificate_template_one on certificate_template (office_id, state) where state <> 'ended';

-- Logos and signatures, small and kept for good beside what they were printed on.
create table certificate_picture (
  sha256 text primary key,
  png bytea not null,
  width integer not null,
  height integer not null,
  created_at timestamptz not null
);

-- The place of each certificate in the public list of what was withdrawn.
create sequence certificate_status_seq minvalue 0 start 0;
alter table certificate_number add column status_index bigint not null default nextval('certificate_status_seq');
alter table certificate
  add column status_index bigint,
  add column certificate_template_id uuid,
  -- Why another took its place, as everybody may know it.
  add column replaced_class text check (replaced_class in ('name', 'template', 'other'));
update certificate c set status_index = n.status_index from certificate_number n
  where n.certificate_no = c.certificate_no;
update certificate set replaced_class = 'other' where replaced_by_no is not null;
alter table certificate alter column status_index set not null;
create index certificate_withdrawn on certificate (status_index)
  where revoked_at is not null or replaced_by_no is not null;

-- Work over many certificates that somebody asked for: issuing, issuing anew, a file of all PDFs.
create table certificate_batch (
  certificate_batch_id uuid primary key,
  kind text not null check (kind in ('issue', 'reissue', 'download')),
  office_id uuid not null,
  course_id uuid,
  state text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'stopped', 'failed')),
  total integer not null,
  done integer not null default 0,
  left_out integer not null default 0,
  -- The last certificate or completion that was seen to, so that a killed job goes on behind it.
  after_person_id uuid,
  after_id uuid,
  storage_key text,
  bytes bigint,
  reason text,
  created_at timestamptz not null,
  created_by uuid not null,
  finished_at timestamptz
);
create index certificate_batch_own on certificate_batch (created_by, certificate_batch_id);

-- Requests of DigiLocker by their transaction, so that none is answered twice.
create table digilocker_request (
  txn text primary key,
  received_at timestamptz not null
);
