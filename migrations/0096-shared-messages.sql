-- Who shares a number has his name in the message of another: what becomes of that one becomes of his. And the nightly
-- clearing of what is old finds it by day.

alter table reminder_sending add column carried_by uuid;
create index reminder_sending_carried on reminder_sending (carried_by) where carried_by is not null;
create index reminder_sending_day on reminder_sending using brin (day);
create index reminder_item_day on reminder_item using brin (day);
create index reminder_digest_by_day on reminder_digest using brin (day);
