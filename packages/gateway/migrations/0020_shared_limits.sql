-- How often somebody may ask, for all processes together. A row says when its bucket is full again, as sign_in_budget does;
-- a process takes many requests' worth at once and spends them by itself.
create table rate_bucket (
  key text primary key,
  clear_at timestamptz not null,
  -- What the newest draw got; read back by the statement that drew it.
  granted integer not null
);
create index rate_bucket_clear on rate_bucket (clear_at);
