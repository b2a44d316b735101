-- A nodal officer with a phone has a photograph of the order, not a PDF.
alter table mandate_scan add column content_type text not null default 'application/pdf';

-- What was decided lately, found again.
create index extension_request_decided on extension_request (decided_at) where decided_at is not null;
create index claim_decided on claim (decided_at) where decided_at is not null;
