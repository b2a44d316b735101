-- A total of all days for each office, so that figures of today read one row and not a month of days, a year of months
-- and all years before. What is dated later than the day asked for is taken off.
alter table office_counter drop constraint office_counter_grain_check;
alter table office_counter add constraint office_counter_grain_check check (grain in ('d', 'm', 'y', 't'));
do $$
declare
  names text;
  sums text;
begin
  select string_agg(quote_ident(column_name), ', ' order by ordinal_position),
    string_agg(format('sum(%I)', column_name), ', ' order by ordinal_position)
  into names, sums
  from information_schema.columns
  where table_schema = current_schema() and table_name = 'office_counter'
    and column_name not in ('office_id', 'grain', 'day');
  execute format('insert into office_counter (office_id, grain, day, %s)
    select office_id, %L, date %L, %s from office_counter where grain = %L group by office_id',
    names, 't', '0001-01-01', sums, 'y');
end $$;
