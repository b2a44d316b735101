-- What waits is found by person too: a district looks at its own people's, not at a state's.
create index claim_open_person on claim (person_id) where state = 'asked';
create index extension_request_open_person on extension_request (person_id) where state = 'asked';

-- The same certificate is looked for in any letter case.
drop index claim_certificate;
create index claim_certificate on claim (lower(certificate_no)) where certificate_no is not null;
