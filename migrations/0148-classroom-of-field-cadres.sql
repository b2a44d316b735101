-- Field cadres are counted anew every half hour; the first count after this fills it.
alter table review_field_cadre add column classroom_minutes bigint not null default 0;
