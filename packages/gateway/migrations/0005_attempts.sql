-- Tries to pay an invoice through a channel, and what providers told us of them.

create table attempt (
  organization_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  channel text not null,
  state text not null check (state in ('started', 'waiting', 'succeeded', 'failed', 'unknown')),
  -- Whether money of it may still come that we have not seen (core/attempt/attempt.ts).
  open boolean not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  payer_phone text,
  -- What the page that started it was good for, once.
  token text,
  -- The provider's name for it, once it gave one.
  provider_id text,
  -- What the channel needs again to ask about it.
  detail jsonb not null default '{}',
  -- The channel's word for how it ended: pages have advice for each.
  outcome text,
  -- The external id of its payment, taken before it is booked.
  receipt text,
  asks integer not null default 0,
  -- When to ask the provider; null when nobody will.
  ask_at timestamptz,
  created_at timestamptz not null,
  closed_at timestamptz,
  primary key (organization_id, id),
  check (open = false or state in ('started', 'waiting', 'unknown')),
  check (state in ('unknown', 'succeeded', 'failed') or open)
) with (fillfactor = 80);
-- One open attempt per invoice and channel.
create unique index attempt_open on attempt (organization_id, invoice_id, channel) where open;
-- One attempt per page that was sent, however often it is sent.
create unique index attempt_token on attempt (organization_id, invoice_id, token) where token is not null;
create index attempt_of_invoice on attempt (organization_id, invoice_id, created_at);
create index attempt_to_ask on attempt (ask_at) where ask_at is not null;

-- Routing: which attempt an unguessable callback address belongs to. Immutable rows.
create table callback_address (
  secret_hash bytea primary key,
  channel text not null,
  organization_id uuid not null,
  attempt_id uuid not null
);

-- Every callback as it came: stored before it is read, so that maintenance or a crash loses none.
create table callback (
  organization_id uuid not null,
  id uuid not null,
  attempt_id uuid not null,
  body text not null,
  heard_at timestamptz not null,
  read_at timestamptz,
  -- Why it was not believed, or could not be read.
  fault text,
  tries integer not null default 0,
  -- When to read it (again); whoever reads it moves this on, so that no two processes read it at once.
  next_at timestamptz not null,
  primary key (organization_id, id)
);
create index callback_unread on callback (next_at) where read_at is null;
create index callback_of_attempt on callback (organization_id, attempt_id);

-- Access tokens of providers, sealed: one for all processes, because a new one may end the one before.
create table provider_token (
  name_hash bytea primary key,
  sealed bytea,
  expires_at timestamptz not null,
  -- Until then somebody is fetching a new one.
  leased_until timestamptz not null
);
