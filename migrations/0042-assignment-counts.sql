-- How far an assignment that reaches very many is, counted in portions by a job; small ones are counted as they are
-- looked at. What runs stands beside the last whole count, so that a job that was killed goes on where it was.
create table course_assignment_count (
  course_assignment_id uuid primary key references course_assignment (course_assignment_id),
  asked integer,
  done integer,
  begun integer,
  counted_at timestamptz,
  -- The count that runs: up to which person, and what was found so far. Null: none runs.
  running_after uuid,
  running_asked integer not null default 0,
  running_done integer not null default 0,
  running_begun integer not null default 0,
  check ((counted_at is null) = (asked is null))
);

-- A picture's lightest and darkest parts as WCAG counts their contrast (1 to 21); null: not measured.
alter table file add column contrast numeric(4, 1);
