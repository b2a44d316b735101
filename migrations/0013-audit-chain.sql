-- Sealing goes forward by the writing transaction; this is its way.
create index audit_event_written on audit_event (written_by, audit_event_id);
