-- Whether a draft's course was ever completed is looked up in the index of courses: without the same condition every
-- completion was read, seconds for each change of a draft's tags where there are crores. What is void is counted nowhere.
create or replace function mark_course() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if tg_op = 'UPDATE' and exists (select from completion where course_id = new.course_id and voided_at is null) then
    return null;
  end if;
  delete from counted_mark where subject_id = new.course_id and kind <> all(new.tags);
  insert into counted_mark (kind, subject_id, up_to)
    select kind, new.course_id, 'ffffffff-ffff-ffff-ffff-ffffffffffff'
    from unnest(array['ai', 'cyber']) as kind where kind = any(new.tags)
    on conflict do nothing;
  return null;
end $$;
