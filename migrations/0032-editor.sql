-- What the course editor keeps: every state of a lesson's draft, who writes where, modules of the outline.

-- The heading under which a lesson stands; lessons in a row with the same heading make one module.
alter table lesson add column module_hi text;
alter table lesson add column module_en text;

-- States of a lesson in a draft, so that any can come back, also after the lesson was taken out (its code stays).
create table lesson_revision (
  lesson_revision_id uuid primary key,
  course_version_id uuid not null,
  lesson_id uuid not null,
  lesson_code text not null,
  -- The lesson's stamp after the change; of a text that was put aside the stamp that it was written from.
  revision integer not null,
  action text not null check (action in ('begun', 'saved', 'autosaved', 'merged', 'restored', 'removed', 'aside')),
  -- The lesson as its author left it, in Markdown; see SnapshotOfLesson.
  snapshot jsonb not null,
  saved_at timestamptz not null,
  saved_by uuid
);
create unique index lesson_revision_stamp on lesson_revision (lesson_id, revision) where action <> 'aside';
create index lesson_revision_history on lesson_revision (course_version_id, lesson_code, saved_at desc);

-- Who has a lesson open in the editor; worth nothing after a minute.
create unlogged table lesson_presence (
  person_id uuid not null,
  lesson_id uuid not null,
  seen_at timestamptz not null,
  primary key (person_id, lesson_id)
);
create index lesson_presence_lesson on lesson_presence (lesson_id, seen_at);
