-- Areas (Local Government Directory codes) and the organisation tree.
create table area (
  area_id text primary key, -- kind:code, such as district:118 or block:803
  kind text not null check (kind in ('country', 'state', 'division', 'district', 'tehsil', 'block', 'urban_body', 'gram_panchayat', 'ward')),
  code text not null,
  name_hi text,
  name_en text not null,
  parent_id text references area (area_id),
  census_2011_code text,
  note text,
  unique (kind, code)
);
create index area_parent on area (parent_id);
create index area_code on area (code);

create table office (
  office_id uuid primary key,
  code text not null unique,
  name_hi text not null,
  name_en text,
  parent_id uuid references office (office_id),
  kind text,
  area_code text,
  area_id text references area (area_id),
  strength integer check (strength >= 0),
  valid_from date,
  valid_until date,
  -- From the root down to this office itself, in today's tree.
  path uuid[] not null,
  search_text text not null default '',
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  check (parent_id <> office_id)
);
create index office_parent on office (parent_id);
create index office_path on office using gin (path);
create index office_search on office using gin (search_text gin_trgm_ops);

-- Names of an office over time; the current one stands on the office.
create table office_name (
  office_name_id uuid primary key,
  office_id uuid not null references office (office_id),
  name_hi text not null,
  name_en text,
  starts_on date not null,
  recorded_at timestamptz not null default now()
);

create table designation (
  designation_id uuid primary key,
  name text not null,
  name_key text not null unique,
  name_en text
);

create table cadre (
  cadre_id uuid primary key,
  name text not null,
  name_key text not null unique
);

-- Sanctioned posts of an office by designation and group.
create table post (
  post_id uuid primary key,
  office_id uuid not null references office (office_id),
  designation_id uuid not null references designation (designation_id),
  service_group char(1) check (service_group in ('A', 'B', 'C', 'D')),
  sanctioned integer not null check (sanctioned >= 0),
  unique (office_id, designation_id, service_group)
);
