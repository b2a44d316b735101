-- Why somebody has more time in tests: the order or rule, for whoever must answer for it; never shown to others.
alter table extra_time add column reason text, add column end_reason text, add column ended_by uuid;
