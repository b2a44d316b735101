-- The office whose charge the order was entered in: an order that the State entered for one district is the
-- State's, and the district does not withdraw it. Empty: entered at the command line, for whoever answers for all
-- offices of its scope.
alter table mandate add column entered_at uuid references office (office_id);
