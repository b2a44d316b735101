-- What authors work on: a draft's own details until it is published, and stamps against overwriting.

-- A published course shows the details it was published with, while its next version waits with its own.
-- {"titleHi", "titleEn", "summaryHi", ..., "tags", "competencies", "language"}; null: those of the course.
alter table course_version add column details jsonb;
-- Counts the changes of details, order, completion rule and sources; `lesson.revision` those of one lesson.
alter table course_version add column revision integer not null default 1;
alter table course_version add column changed_at timestamptz;
alter table course_version add column changed_by uuid;
alter table lesson add column revision integer not null default 1;
alter table lesson add column changed_at timestamptz;
alter table lesson add column changed_by uuid;

-- Whose right the file was uploaded by: its authors may read it before a course uses it.
alter table file add column office_id uuid;
create index lesson_content_file on lesson_content (file_id) where file_id is not null;
create index lesson_content_captions on lesson_content (captions_file_id) where captions_file_id is not null;
