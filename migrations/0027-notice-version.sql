-- Which text of the privacy notice was accepted: a new text is shown again.
alter table person add column notice_version text;
update person set notice_version = '2026-11-22' where notice_accepted_at is not null;
