-- The dictionary of competencies, what people declare of themselves, and what a post asks for.

-- Which government model the names come from, and what its five levels are called ({"hi", "en"} each).
create table competency_framework (
  framework text primary key,
  name_hi text not null,
  name_en text not null,
  note_hi text,
  note_en text,
  level_names jsonb not null check (jsonb_array_length(level_names) = 5)
);

create table competency (
  competency_id uuid primary key,
  -- What files, programs and courses name it by; never changes.
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  framework text not null references competency_framework (framework),
  kind text not null check (kind in ('behavioural_core', 'behavioural_leadership', 'functional')),
  name_hi text not null,
  name_en text not null,
  -- A list of {"hi", "en"}.
  sub_themes jsonb not null default '[]',
  -- What each of the five levels means, {"hi", "en"} each; null texts where nobody has written it yet.
  descriptors jsonb not null check (jsonb_array_length(descriptors) = 5),
  ordinal integer not null,
  revision integer not null default 1,
  changed_at timestamptz not null default now(),
  changed_by uuid,
  retired_at timestamptz
);
create index audit_event_competency on audit_event (subject_id, happened_at desc) where subject_kind = 'competency';

-- `key` or `key:level`, one a competency; searched by `&&`.
create index course_competencies on course using gin (competencies);

-- A person's own statement; what courses evidence is computed from completions and attempts.
create table competency_declaration (
  person_id uuid not null,
  competency_declaration_id uuid not null,
  competency_id uuid not null,
  level smallint not null check (level between 1 and 5),
  note text not null,
  declared_at timestamptz not null,
  withdrawn_at timestamptz,
  withdrawn_reason text check (withdrawn_reason in ('withdrawn', 'replaced', 'merged')),
  primary key (person_id, competency_declaration_id),
  check ((withdrawn_at is null) = (withdrawn_reason is null))
);
create unique index competency_declaration_live on competency_declaration (person_id, competency_id)
  where withdrawn_at is null;

-- What a designation asks for in an office and all below it; the nearest office with a list decides.
create table designation_competency (
  office_id uuid not null references office (office_id),
  designation_id uuid not null references designation (designation_id),
  competency_id uuid not null references competency (competency_id),
  level smallint not null check (level between 1 and 5),
  set_at timestamptz not null,
  set_by uuid,
  primary key (office_id, designation_id, competency_id)
);
