-- What is not certain about a rule is written in Hindi, in English or in both; what was there is Hindi.
update curriculum_rule set doubts = (
  select jsonb_agg(case jsonb_typeof(doubt) when 'string' then jsonb_build_object('hi', doubt, 'en', null) else doubt end
    order by at)
  from jsonb_array_elements(doubts) with ordinality as one (doubt, at))
where jsonb_array_length(doubts) > 0;
