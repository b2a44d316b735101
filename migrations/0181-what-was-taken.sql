-- Files of people and figures that were taken out, the newest first, among all acts on record.
create index audit_event_taken on audit_event (audit_event_id desc) where action in (
  'report.export_begun', 'report.exported', 'report.export_broken', 'report_file.taken', 'persons.exported',
  'mandate.persons_exported', 'statement.list_exported', 'statement_file.taken', 'promotion.exported',
  'certificate-batch.download');
create index audit_event_taken_end on audit_event (subject_id) where action in ('report.exported', 'report.export_broken');
