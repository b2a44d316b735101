-- Published sheets of an area, which keeps its code, are listed as an office's are.
create index review_snapshot_area on review_snapshot (place_code, published_at desc, review_snapshot_id desc)
  where node = 'area';
