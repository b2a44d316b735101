-- PDFs are read page by page; authors say which share of a recording or PDF must be seen; lighter copies are made
-- of what was kept before this machine could make them.

alter table file
  add column page_count integer check (page_count between 1 and 20000),
  -- Why the pages cannot be read: it asks for a password, or is damaged.
  add column pages_fault text check (pages_fault in ('locked', 'unreadable')),
  add column pages_drawn_at timestamptz,
  -- When it was last seen to that the lighter copies of a recording are made.
  add column renditions_planned_at timestamptz;

-- PDFs kept before this are examined again, by the job that measures recordings.
update file set examined_at = null where content_type = 'application/pdf';
create index file_unplanned on file (file_id)
  where renditions_planned_at is null and (content_type like 'video/%' or content_type like 'audio/%');

-- One page of a PDF as a picture of lines (SVG, gzip), which a phone shows without reading the whole.
create table file_page (
  file_id uuid not null references file (file_id),
  page integer not null check (page >= 1),
  storage_key text not null,
  bytes integer not null,
  primary key (file_id, page)
);

-- Which share of a recording's seconds or a PDF's pages must be seen; null: four fifths.
alter table lesson add column seen_share numeric check (seen_share between 0.5 and 1);
