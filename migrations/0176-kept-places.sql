-- A kept result is shown as it stood: below the office that each one was below at the end, and without what the summaries
-- of that day hid; offices move afterwards, and what is hidden of them changes. Null: kept before this was noted.
alter table campaign_result add column parent_id uuid, add column is_hidden boolean;

alter table campaign_result disable trigger campaign_result_stays;
update campaign_result r set parent_id = o.parent_id
  from office o, campaign c
  where o.office_id = r.office_id and c.campaign_id = r.campaign_id and r.office_id <> c.office_id;
alter table campaign_result enable trigger campaign_result_stays;

create index campaign_result_below on campaign_result (campaign_id, parent_id);
