-- Translation into any scheduled language, beside the versions: of a text, not of a version.

-- What the course itself said in this language when the translation was made ('' hashed where nothing): a text of
-- the course's own that was written later wins over the translation. `text` null: it was written into the course.
alter table course_translation add column base_hash text not null default '';
create index course_translation_place on course_translation (course_id, place);

-- How far a language of a course is: its working texts wait for a second person, or not; since when learners read it.
create table course_language (
  course_id uuid not null references course (course_id),
  language text not null,
  state text not null default 'working' check (state in ('working', 'in_review')),
  -- Who wrote since it was last published; none of them decides on it.
  writers uuid[] not null default '{}',
  sent_at timestamptz,
  sent_by uuid,
  -- Why it was returned; until it is sent again.
  reason text,
  published_at timestamptz,
  published_by uuid,
  primary key (course_id, language)
);

-- What learners read: every translation of every source text that was published, so that each version finds its own.
create table published_translation (
  course_id uuid not null references course (course_id),
  language text not null,
  place text not null,
  source_hash text not null,
  base_hash text not null,
  text text not null,
  html text, -- rendered and sanitised at publication
  -- Captions stand in the player only; their lesson is found without reading them all.
  cue_of text,
  published_at timestamptz not null,
  primary key (course_id, language, place, source_hash, base_hash)
);
create index published_translation_cues on published_translation (course_id, language, cue_of) where cue_of is not null;

-- Who was asked by the course's authors to translate it, until when; the right ends by itself.
create table course_translator (
  person_id uuid not null,
  course_translator_id uuid not null,
  course_id uuid not null references course (course_id),
  languages text[] not null,
  until date not null,
  invited_at timestamptz not null,
  invited_by uuid,
  ended_at timestamptz,
  ended_by uuid,
  primary key (person_id, course_translator_id)
);
create index course_translator_course on course_translator (course_id);

-- The cues of a captions file, read once: [{"id", "startSeconds", "endSeconds", "text"}].
create table caption_track (
  file_id uuid primary key references file (file_id),
  cues jsonb not null
);
