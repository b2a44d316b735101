-- Who had retired before the window began and serves again is bound: orders in force were counted otherwise.
insert into mandate_recount (reason) select 'rules'
where exists (select from mandate where state = 'published' and rules -> 'clocks' ? 'retirementMonths');
