-- Published sheets are found by their office, whose code may be another by now.
drop index review_snapshot_place;
create index review_snapshot_office on review_snapshot (scope_office_id, published_at desc, review_snapshot_id desc)
  where node = 'office';
