-- Courses that come and go as packages.

-- Under what terms a file may be used, where that is known.
alter table file add column licence text;

-- A package that was brought: looked at first, then made a draft of. Its file lies in `packages/` of the data
-- folder until then, or until it expires; what it became is remembered, so that the same one is not taken twice.
create table course_package (
  course_package_id uuid primary key,
  -- The person, the token that stands for an office, or `system`; nobody else sees it before it is taken.
  owner text not null,
  name text not null,
  -- Of course.json without what only says where it comes from.
  document_hash text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  taken_at timestamptz,
  taken_by uuid,
  course_id uuid references course (course_id),
  course_version_id uuid,
  check ((taken_at is null) = (course_id is null))
);
create index course_package_document on course_package (document_hash) where taken_at is not null;
create index course_package_expires on course_package (expires_at) where taken_at is null;
