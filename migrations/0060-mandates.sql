-- Orders (mandates), the facts of service that move their dates, and where everybody bound stands.

-- An order; an extension, an amendment and a withdrawal are orders of their own that cite the one they change.
create table mandate (
  mandate_id uuid primary key,
  number text not null unique,
  kind text not null default 'order' check (kind in ('order', 'extension', 'amendment', 'withdrawal')),
  order_date date not null,
  issuer text not null,
  title_hi text,
  title_en text,
  office_id uuid not null references office (office_id), -- whose order it is: the first office of its scope
  -- The file as INTERFACES describes it, defaults filled in. Dated data, never code.
  rules jsonb not null,
  rules_digest text not null, -- two files with the same digest say the same
  state text not null default 'draft' check (state in ('draft', 'published', 'withdrawn')),
  amends_mandate_id uuid references mandate (mandate_id),
  effective_on date, -- from when an amendment or withdrawal takes the place of what it cites
  scan_file_id uuid,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  published_at timestamptz,
  published_by uuid,
  counted_at timestamptz, -- when everybody's standing was last computed as a whole
  check ((kind = 'order') = (amends_mandate_id is null)),
  check (title_hi is not null or title_en is not null)
);
create index mandate_amends on mandate (amends_mandate_id) where amends_mandate_id is not null;
create index mandate_office on mandate (office_id);

-- Where a person stands under an order, derived from the dated facts: on which days bound, and by a posting at
-- which office; when reached, due, overdue; on which days exempt. Every figure of a day follows from it.
create table mandate_standing (
  person_id uuid not null,
  mandate_id uuid not null,
  office_ids uuid[] not null,
  bound_days datemultirange[] not null, -- beside office_ids, one each
  reached_on date,
  due_on date, -- null: the clock stands still
  overdue_from date,
  exempt_days datemultirange not null default '{}',
  primary key (person_id, mandate_id)
);
create index mandate_standing_order on mandate_standing (mandate_id, person_id);

-- Steps by day; as of a day is the sum of what is dated up to it. Bound is the sum of the five.
create table mandate_counter (
  mandate_id uuid not null,
  office_id uuid not null,
  day date not null,
  met bigint not null default 0,
  met_late bigint not null default 0,
  open bigint not null default 0,
  overdue bigint not null default 0,
  exempt bigint not null default 0,
  primary key (mandate_id, office_id, day)
);

-- Whose facts changed and whose standings wait to be computed again; written with the change.
create table mandate_touched (
  person_id uuid not null,
  touch_id bigint generated always as identity,
  primary key (person_id, touch_id)
);

-- What concerns everybody under an order changed (tags, the tree of offices): all is to be computed again.
create table mandate_recount (
  mandate_recount_id bigint generated always as identity primary key,
  mandate_id uuid, -- null: every order
  reason text not null,
  recorded_at timestamptz not null default now()
);

create function want_mandate_recount() returns trigger language plpgsql as $$
begin
  insert into mandate_recount (reason) values (tg_argv[0]);
  return null;
end $$;
create trigger course_tags_changed after update of tags on course
  for each row when (old.tags is distinct from new.tags) execute function want_mandate_recount('course.tags');
create trigger office_moved after update of path on office
  for each row when (old.path is distinct from new.path) execute function want_mandate_recount('office.path');

-- Facts of service: what stops or moves the clocks of orders. The reason is read by approver and person alone.
create table service_event (
  person_id uuid not null,
  service_event_id uuid not null,
  kind text not null check (kind in ('long_leave', 'suspension', 'deputation_out', 'late_joining', 'death')),
  starts_on date not null,
  ends_on date, -- inclusive; null: still running
  order_number text,
  reason text,
  import_id uuid,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text,
  primary key (person_id, service_event_id),
  check (ends_on is null or ends_on >= starts_on)
);
create index service_event_import on service_event (import_id) where import_id is not null;

create table exemption (
  person_id uuid not null,
  exemption_id uuid not null,
  mandate_id uuid not null,
  reason_class text not null check (reason_class in ('medical', 'maternity', 'retirement', 'course_not_offered', 'administrative', 'other')),
  reason text,
  order_number text not null,
  approved_by uuid,
  starts_on date not null,
  ends_on date, -- inclusive; null: open
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  voided_at timestamptz,
  voided_by uuid,
  void_reason text,
  primary key (person_id, exemption_id),
  check (ends_on is null or ends_on >= starts_on),
  check (approved_by <> person_id)
);
create index exemption_mandate on exemption (mandate_id) where voided_at is null;

create table extension_request (
  person_id uuid not null,
  extension_request_id uuid not null,
  mandate_id uuid not null,
  asked_until date not null,
  reason text,
  state text not null default 'asked' check (state in ('asked', 'granted', 'refused', 'withdrawn')),
  granted_until date,
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  recorded_at timestamptz not null default now(),
  primary key (person_id, extension_request_id),
  check ((state = 'granted') = (granted_until is not null)),
  check (decided_by <> person_id)
);
create index extension_request_mandate on extension_request (mandate_id, state);

-- A course done elsewhere, with its certificate; accepted, it counts as a completion where the order allows.
create table claim (
  person_id uuid not null,
  claim_id uuid not null,
  course_title text not null,
  provider text,
  course_id uuid, -- where it is a course that is known here
  minutes integer not null default 0 check (minutes >= 0),
  completed_on date not null,
  certificate_no text,
  file_id uuid,
  state text not null default 'asked' check (state in ('asked', 'accepted', 'refused', 'withdrawn')),
  decided_by uuid,
  decided_at timestamptz,
  decision_reason text,
  recorded_at timestamptz not null default now(),
  voided_at timestamptz, -- an acceptance taken back
  primary key (person_id, claim_id),
  check (decided_by <> person_id)
);

-- Classroom training, until the centres have their own desk: a session of a programme on a day.
create table training_session (
  session_id uuid primary key,
  code text not null unique,
  programme_code text not null,
  title_hi text,
  title_en text,
  day date not null,
  minutes integer not null check (minutes > 0),
  mode text not null default 'classroom' check (mode in ('classroom', 'online', 'residential')),
  institute_code text,
  office_id uuid,
  course_id uuid, -- the course whose completion counts the same programme
  import_id uuid,
  recorded_at timestamptz not null default now(),
  check (title_hi is not null or title_en is not null)
);
create index training_session_programme on training_session (programme_code, day);

create table attendance (
  person_id uuid not null,
  attendance_id uuid not null,
  session_id uuid not null,
  minutes integer not null check (minutes >= 0),
  status text not null check (status in ('present', 'absent')),
  import_id uuid,
  recorded_at timestamptz not null default now(),
  recorded_by uuid,
  voided_at timestamptz,
  void_reason text,
  primary key (person_id, attendance_id)
);
create unique index attendance_once on attendance (person_id, session_id) where voided_at is null;
create index attendance_session on attendance (session_id) where voided_at is null;
create index attendance_import on attendance (import_id) where import_id is not null;
