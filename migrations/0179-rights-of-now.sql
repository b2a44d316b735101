-- Whoever asked for a file or a batch may have lost the right to it before its turn came.
alter table certificate_batch drop constraint certificate_batch_failure_check,
  add constraint certificate_batch_failure_check check (failure in ('no_space', 'interrupted', 'error', 'no_right'));
alter table statement_batch drop constraint statement_batch_failure_check,
  add constraint statement_batch_failure_check check (failure in ('no_space', 'interrupted', 'error', 'no_right'));
