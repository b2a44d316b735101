-- Certificates of completions that Daksh decided; the number is looked up without knowing the person.
create table certificate (
  person_id uuid not null,
  certificate_id uuid not null,
  completion_id uuid not null,
  course_id uuid not null,
  certificate_no text not null,
  -- What is printed, frozen: names in both scripts, course titles, minutes, issuer, day.
  content jsonb not null,
  signature text not null, -- compact JWS over the QR's payload
  issued_at timestamptz not null,
  replaces_no text,
  replaced_by_no text,
  revoked_at timestamptz,
  revoked_reason text,
  revoked_by uuid,
  primary key (person_id, certificate_id)
);
create unique index certificate_live on certificate (person_id, completion_id) where replaced_by_no is null;

create table certificate_number (
  certificate_no text primary key,
  person_id uuid not null,
  certificate_id uuid not null
);
