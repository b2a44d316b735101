-- A promotion rule names cadres and designations as they are called on the day it is entered, and means them under
-- later names too. Names stay as they are written; these are what they meant then.
alter table promotion_rule add column cadre_ids uuid[], add column designation_ids uuid[];
update promotion_rule r set
  cadre_ids = (select coalesce(array_agg(cadre_id), '{}') from cadre
    where name in (select jsonb_array_elements_text(r.rules->'cadres'))),
  designation_ids = (select coalesce(array_agg(designation_id), '{}') from designation
    where name in (select jsonb_array_elements_text(r.rules->'designations'))
      or name_en in (select jsonb_array_elements_text(r.rules->'designations')))
  where jsonb_typeof(r.rules->'cadres') = 'array' or jsonb_typeof(r.rules->'designations') = 'array';
