-- Uploads that survive a broken line, and lighter copies of recordings.

-- A file on its way: how much of it has come is the length of its part on the disk, not a column.
create table upload (
  upload_id uuid primary key,
  -- The person, or the token that stands for an office; nobody else sees it.
  owner text not null,
  name text not null,
  bytes bigint not null check (bytes > 0),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Being examined and kept since then; a second asker waits.
  finishing_at timestamptz,
  -- What became of it.
  file_id uuid references file (file_id)
);
create index upload_owner on upload (owner);
create index upload_expires on upload (expires_at);

-- A copy of a recording that weighs less. It is a file of its own; whoever may open the recording may open it.
create table file_rendition (
  file_id uuid not null references file (file_id),
  kind text not null check (kind in ('video360', 'video144', 'audio')),
  state text not null check (state in ('waiting', 'making', 'made', 'heavier', 'failed')),
  -- Percent of the recording that is done, while it is made.
  progress integer not null default 0 check (progress between 0 and 100),
  made_file_id uuid references file (file_id),
  fault text,
  changed_at timestamptz not null,
  primary key (file_id, kind),
  check ((state = 'made') = (made_file_id is not null))
);
create index file_rendition_made on file_rendition (made_file_id) where made_file_id is not null;
