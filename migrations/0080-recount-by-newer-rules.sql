-- Orders in force before were counted by other rules of due days and hours.
insert into mandate_recount (reason) select 'rules' where exists (select from mandate where state = 'published');
