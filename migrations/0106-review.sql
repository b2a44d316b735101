-- A published review sheet: its canonical JSON with digest, kept as it was for good. `scope_office_id` is the office
-- whose figures one must be allowed to read exactly; of an area's sheet that is the root.
create table review_snapshot (
  review_snapshot_id uuid primary key,
  node text not null check (node in ('office', 'area')),
  place_code text not null,
  scope_office_id uuid not null references office,
  as_of date not null,
  compare_on date,
  note text,
  content text not null,
  digest bytea not null,
  published_at timestamptz not null,
  published_by uuid,
  publisher_hi text,
  publisher_en text
);
create index review_snapshot_place on review_snapshot (node, place_code, published_at desc);

create function review_snapshot_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a published review sheet is never changed';
end $$;
create trigger review_snapshot_stays before update or delete on review_snapshot
  for each row execute function review_snapshot_stays();

-- Which of the upper offices a roster import touched: asked once an import, since its rows may be lakhs.
create table review_roster_reach (
  import_id uuid not null,
  office_id uuid not null,
  primary key (import_id, office_id)
);
create index review_roster_reach_office on review_roster_reach (office_id);
create table review_roster_read (
  import_id uuid primary key
);

-- People on a roster whose account is not open yet are few, and counted on each sheet.
create index person_without_account on person (person_id) where account_day is null and merged_into is null;

-- Which offices stand in an area: asked by every sheet of a government.
create index office_nodes on office using gin (nodes);
