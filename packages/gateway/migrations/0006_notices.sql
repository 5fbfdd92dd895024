-- What merchants are told. A notice is written in the transaction of the payment that caused it.

create table notice (
  organization_id uuid not null,
  id uuid not null,
  invoice_id uuid not null,
  -- Counts the notices of an invoice, so that a receiver can tell old from new.
  sequence integer not null,
  dialect text not null,
  -- The whole state at that moment: core/notice/event.ts.
  event jsonb not null,
  -- Where it goes.
  endpoint text not null,
  -- The lane that it waits in: scheme, host and port of the endpoint. Addresses may differ with every invoice, and a
  -- dead host is one dead host however many addresses it has.
  origin text not null generated always as
    (lower(coalesce(substring(endpoint from '^[A-Za-z]+://[^/?#]+'), endpoint))) stored,
  -- A sending notice is leased until next_at: a process that dies with it loses it to whoever comes next.
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'delivered', 'given-up')),
  tries integer not null default 0,
  next_at timestamptz not null,
  created_at timestamptz not null,
  delivered_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, invoice_id, sequence, endpoint)
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
-- The claim's ORDER BY within a lane. The head of each lane is one probe away, so that one dead merchant with a
-- hundred thousand waiting notices costs the others nothing.
create index notice_due on notice (organization_id, origin, next_at, id) where state = 'waiting';
create index notice_sending on notice (organization_id, origin, next_at) where state = 'sending';
create index notice_newest on notice (organization_id, created_at desc, id desc);

-- A row per lane: locked by whoever claims from it, and what is known of its health. Never written while all is well.
create table endpoint (
  organization_id uuid not null,
  origin text not null,
  -- Failures since the last success.
  failures integer not null default 0,
  rests_until timestamptz,
  primary key (organization_id, origin)
) with (fillfactor = 70);

-- Addresses (without query) that answered 410 Gone: nothing is sent there until somebody sends one by hand.
create table endpoint_gone (
  organization_id uuid not null,
  address text not null,
  gone_at timestamptz not null,
  primary key (organization_id, address)
);

-- Each try to deliver a notice.
create table delivery (
  organization_id uuid not null,
  notice_id uuid not null,
  -- Which try it was, from 1.
  place integer not null,
  started_at timestamptz not null,
  took_ms integer not null,
  request text not null,
  -- Null when no answer came; then `fault` says why.
  status integer,
  answer text,
  fault text,
  primary key (organization_id, notice_id, place)
);
