-- Every file that is taken is kept under one name; what was kept before stays findable under its own.
drop index audit_event_taken;
drop index audit_event_taken_end;
create index audit_event_taken on audit_event (audit_event_id desc) where action in (
  'export.begun', 'export.taken', 'export.broken',
  'report.export_begun', 'report.exported', 'report.export_broken', 'report_file.taken', 'persons.exported',
  'mandate.persons_exported', 'statement.list_exported', 'statement_file.taken', 'promotion.exported',
  'claim.file_opened');
create index audit_event_taken_end on audit_event (subject_id) where action in (
  'export.taken', 'export.broken', 'report.exported', 'report.export_broken');
