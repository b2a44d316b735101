-- Whole seconds are credited; the part of a second that is left over is kept for the person's next report.
alter table learner_clock add column carried_seconds numeric not null default 0
  check (carried_seconds >= 0 and carried_seconds < 1);
