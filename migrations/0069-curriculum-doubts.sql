-- What is not certain about a rule (an order that was not seen, a figure that press reports alone give): shown with it.
alter table curriculum_rule add column doubts jsonb not null default '[]';
