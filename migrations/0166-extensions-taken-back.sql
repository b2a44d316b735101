-- An order that extends another may itself be in error: an order that cites it takes its time back, or gives another last
-- day in its place. Such an order stands beside the extension, under the order that both are about.
alter table mandate add column takes_back_id uuid references mandate (mandate_id),
  add check (takes_back_id is null or kind = 'extension');
create index mandate_takes_back on mandate (takes_back_id) where takes_back_id is not null;
