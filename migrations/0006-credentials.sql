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
  replaced_at timestamptz,
  replaced_reason text,
  revoked_at timestamptz,
  revoked_reason text,
  revoked_by uuid,
  primary key (person_id, certificate_id),
  check ((replaced_by_no is null) = (replaced_at is null)),
  check ((revoked_at is null) = (revoked_reason is null))
);
-- Never two for one achievement, also when two requests race.
create unique index certificate_live on certificate (person_id, completion_id) where replaced_by_no is null;

create table certificate_number (
  certificate_no text primary key,
  person_id uuid not null,
  certificate_id uuid not null
);

-- Ed25519 key pairs that sign certificates. Public halves are published for good, so that what was signed
-- stays verifiable; private halves are sealed (AES-256-GCM) with a key derived from the installation's secret.
create table signing_key (
  kid text primary key,
  public_jwk jsonb not null,
  sealed_private_jwk bytea not null,
  -- Tells which secret opens it, without telling anything about the secret.
  sealed_by text not null,
  created_at timestamptz not null default now(),
  retired_at timestamptz
);
create unique index signing_key_active on signing_key (sealed_by) where retired_at is null;
