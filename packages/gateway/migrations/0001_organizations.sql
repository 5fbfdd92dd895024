-- Who owns things here: organizations, their keys by role, their services.
-- These are reference tables: small, rarely written, copied to every node when the database is distributed.

create table organization (
  id uuid primary key,
  name text not null,
  -- The operator's own organization owns money whose home is not known yet. There is one.
  operator boolean not null default false,
  demo boolean not null default false,
  -- Refuses texts whose secure-hash boundaries could shift inside a new reference (docs/secure-hash.md).
  strict_hash boolean not null default false,
  -- Every notice also goes here, whatever address an invoice carried.
  notification_url text,
  created_at timestamptz not null
);
create unique index organization_operator on organization (operator) where operator;

-- Origins that an organization registered: where notices may be sent, browsers returned to, pages framed.
create table organization_origin (
  organization_id uuid not null references organization,
  origin text not null,
  primary key (organization_id, origin)
);

-- A caller of the signed APIs. A merchant's key can never confirm a payment, an aggregator's never make an invoice.
create table api_client (
  id text primary key,
  organization_id uuid not null references organization,
  role text not null check (role in ('merchant', 'aggregator')),
  lenient_hash boolean not null default false,
  -- Aggregators only: may pay into every organization rather than the linked ones.
  serves_all boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null
);

-- Key and secret of the secure hash, encrypted under the master key. Two may be live at once, for rotation.
create table api_key (
  api_client_id text not null references api_client,
  id uuid not null,
  -- SHA-256 of the key, to find it by the key alone; the key itself is only in `sealed`.
  key_hash bytea not null,
  sealed bytea not null,
  created_at timestamptz not null,
  retires_at timestamptz,
  primary key (api_client_id, id)
);
create index api_key_by_hash on api_key (key_hash);

create table aggregator_link (
  api_client_id text not null references api_client,
  organization_id uuid not null references organization,
  primary key (api_client_id, organization_id)
);

create table service (
  organization_id uuid not null references organization,
  code text not null,
  name text not null,
  currency text not null,
  -- What the payer pays on top: see core/invoice/fee.ts.
  fee_rule jsonb not null,
  created_at timestamptz not null,
  primary key (organization_id, code)
);

-- How an organization may be paid. Settings are the channel's own, encrypted.
create table channel_setting (
  organization_id uuid not null references organization,
  channel text not null,
  place smallint not null default 0,
  sealed bytea not null,
  enabled boolean not null default true,
  primary key (organization_id, channel)
);

-- Switches that every process reads, like maintenance.
create table switch (
  name text primary key,
  value jsonb not null,
  changed_at timestamptz not null
);

-- Secrets of the Standard Webhooks signature, encrypted; two live at once while one is rotated out.
create table webhook_secret (
  organization_id uuid not null references organization,
  id uuid not null,
  sealed bytea not null,
  created_at timestamptz not null,
  retires_at timestamptz,
  primary key (organization_id, id)
);
