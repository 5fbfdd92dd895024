-- What is owed. Keys begin with the organization, which hot tables are distributed by.

create table invoice (
  organization_id uuid not null,
  id uuid not null,
  number text not null,
  reference text not null,
  api_client_id text not null,
  service_code text not null,
  currency text not null,
  net bigint not null check (net >= 0),
  commission bigint not null check (commission >= 0),
  paid bigint not null default 0 check (paid >= 0),
  state text not null default 'pending' check (state in ('pending', 'partial', 'settled', 'cancelled')),
  description text not null,
  payer_name text not null,
  payer_id_number text not null,
  payer_phone text not null,
  payer_email text not null,
  success_url text not null,
  notification_url text not null,
  -- Which dialect prints its notices.
  dialect text not null,
  -- SHA-256 of what the first use of the reference froze.
  content_hash bytea not null,
  picture_url text not null default '',
  -- The number of its newest notice.
  sequence integer not null default 0,
  paid_at timestamptz,
  expires_at timestamptz,
  created_at timestamptz not null,
  primary key (organization_id, id),
  unique (organization_id, api_client_id, reference),
  check (state <> 'settled' or paid = net + commission),
  check (paid <= net + commission)
) with (fillfactor = 80);
create index invoice_newest on invoice (organization_id, created_at desc, id);

-- Routing: who owns a bare number, and which invoice a hosted page shows. Immutable rows.
create table invoice_number (
  number text primary key,
  organization_id uuid not null,
  invoice_id uuid not null
);
create table checkout_page (
  request_hash bytea primary key,
  organization_id uuid not null,
  invoice_id uuid not null
);

-- A payer's picture, fetched by us, decoded and encoded again.
create table picture (
  organization_id uuid not null,
  invoice_id uuid not null,
  -- Null when what was fetched is no picture.
  media_type text,
  bytes bytea,
  fetched_at timestamptz not null,
  primary key (organization_id, invoice_id)
);
