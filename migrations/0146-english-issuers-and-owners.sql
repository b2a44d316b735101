-- Who issued an order, and who answers for a line of a plan, as English pages say it; where nothing is written, the
-- Hindi words stand there.
alter table mandate add column issuer_en text;
alter table plan_line add column owner_en text;
