-- One more attempt at a quiz or test, given by a nodal officer with a reason.
create table extra_attempt (
  person_id uuid not null,
  extra_attempt_id uuid not null,
  enrolment_id uuid not null,
  lesson_code text not null,
  reason text not null,
  given_at timestamptz not null,
  given_by uuid not null,
  primary key (person_id, extra_attempt_id)
);

-- Papers that were begun in an enrolment that was left count in the one that came after it.
update paper p set enrolment_id = live.enrolment_id
  from enrolment gone join enrolment live on live.person_id = gone.person_id and live.course_id = gone.course_id
    and live.withdrawn_at is null and live.superseded_at is null
  where gone.person_id = p.person_id and gone.enrolment_id = p.enrolment_id and gone.withdrawn_at is not null
    and gone.completed_at is null and (p.submitted_at is null or p.waits_for_marker);
