-- Who wrote the person's appraisal when the case was opened decides it neither, whatever the roster says later.
alter table review_case add column controlling_code text;
update review_case r set controlling_code = upper(p.controlling_officer_code)
  from person p where p.person_id = r.person_id;
