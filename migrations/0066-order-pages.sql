-- The scanned copy of an order, each that was ever attached; the newest is the order's own.
create table mandate_scan (
  mandate_scan_id uuid primary key,
  mandate_id uuid not null references mandate (mandate_id),
  storage_key text not null,
  bytes bigint not null,
  recorded_at timestamptz not null default now()
);
create index mandate_scan_mandate on mandate_scan (mandate_id);

-- A secret address under which a calendar reads a person's due days. Only the secret's hash is kept.
create table order_feed (
  person_id uuid not null,
  order_feed_id uuid not null,
  secret_hash bytea not null,
  made_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (person_id, order_feed_id)
);
create unique index order_feed_live on order_feed (person_id) where ended_at is null;
