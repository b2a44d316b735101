-- A batch that gave up says why; its file is there until a day that its page names.
alter table certificate_batch
  add column failure text check (failure in ('no_space', 'interrupted', 'error')),
  add column file_until date;
update certificate_batch set file_until = current_date + 7 where storage_key is not null;
create index certificate_batch_open on certificate_batch (state) where state in ('waiting', 'running');
create index certificate_batch_files on certificate_batch (file_until) where storage_key is not null;

-- Certificates that an office issued are found by that office also when their holders have gone elsewhere.
create index completion_office on completion (office_id) where source = 'daksh' and voided_at is null;
