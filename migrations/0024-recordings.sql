-- What the server itself saw of a lesson's file, and times by language.

-- Seconds of a recording as measured; null where it is none, or its length cannot be read.
alter table file add column duration_seconds numeric check (duration_seconds > 0);
-- When its length was looked for; null of files kept before that was done (a job looks at them).
alter table file add column examined_at timestamptz;
create index file_unexamined on file (file_id) where examined_at is null;

-- What the author typed; null: it follows from the recording or the words. `duration_minutes` and
-- `minimum_seconds` stay what counts.
alter table lesson add column given_minutes numeric;
alter table lesson add column given_minimum_seconds integer check (given_minimum_seconds >= 0);
update lesson set given_minutes = duration_minutes where duration_minutes > 0;
update lesson set given_minimum_seconds = minimum_seconds
  where kind <> 'quiz' and minimum_seconds <> floor(duration_minutes * 60 * case when kind in ('audio', 'video') then 0.8 else 0.2 end);

-- What the recording of this language asks for; null: what the lesson asks. Recordings differ in length.
alter table lesson_content add column minimum_seconds integer check (minimum_seconds >= 0);
-- Pictures of Daksh in the text: whoever may read the text may fetch them.
alter table lesson_content add column image_ids uuid[] not null default '{}';
create index lesson_content_images on lesson_content using gin (image_ids);
-- Pictures from elsewhere no longer stand in a text; their words stay.
update lesson_content set body_html = regexp_replace(body_html, '<img src="(?!/media/)[^"]*" alt="([^"]*)"[^>]*>', '\1', 'g')
  where body_html like '%<img %';
