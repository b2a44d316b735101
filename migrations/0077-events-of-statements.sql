-- Service, from which the days of objection run, and a withdrawal are told by the feeds as what they are.
alter table statement_event drop constraint statement_event_kind_check;
alter table statement_event add constraint statement_event_kind_check
  check (kind in ('frozen', 'served', 'disputed', 'withdrawn', 'upheld', 'rejected', 'corrected'));
