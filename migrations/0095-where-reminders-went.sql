-- Where a message went, kept as it left: a report that comes later speaks of that address, whatever the person's is by
-- then. And when the message left that an address did not take, so that a later one which arrived takes it up again.

alter table reminder_sending add column address text;
alter table reminder_bounce add column message_at timestamptz; -- null: told by hand
