-- Unique indexes of person-owned tables contain person_id, so that their rows can lie on several machines. A place
-- in the feed comes from a sequence, a sending's reference is a key made anew: neither needs an index to be unique.
drop index statement_event_feed;
create index statement_event_feed on statement_event (feed_position) where feed_position is not null;
drop index reminder_sending_reference;
create index reminder_sending_reference on reminder_sending (reminder_sending_id);
