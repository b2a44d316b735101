-- Each field cadre at the nodes that count classes: recounted from the events every half hour, since only the field
-- as a whole has counters. The time of the count stands beside the figures.
create table review_field_cadre (
  node_id uuid not null,
  cadre_id uuid not null,
  registered bigint not null,
  signed_in bigint not null,
  at_least_one bigint not null,
  three_or_more bigint not null,
  completions bigint not null,
  renewals bigint not null,
  digital_minutes bigint not null,
  ai_reach bigint not null,
  cyber_reach bigint not null,
  begun bigint not null,
  counted_at timestamptz not null,
  primary key (node_id, cadre_id)
);
