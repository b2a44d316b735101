-- The titles of a course in this language as they are searched for; they stand in the course's own document too.
alter table course_language add column search_text text not null default '';
