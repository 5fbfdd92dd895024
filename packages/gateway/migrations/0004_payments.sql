-- Money that arrived, where it went, and the ledger that proves it.

-- (source, external id) is claimed once for ever; distributed by source, so that one receipt cannot pay twice.
create table payment_claim (
  source text not null,
  external_id text not null,
  fingerprint bytea not null,
  organization_id uuid not null,
  payment_id uuid not null,
  -- The try that claimed it: a try that finds its own id gets its first answer again.
  attempt_id uuid not null,
  primary key (source, external_id)
);

create table payment (
  organization_id uuid not null,
  id uuid not null,
  source text not null,
  external_id text not null,
  channel text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  invoice_id uuid,
  -- What the payer or the bank named; kept as it came, for money whose home is not known.
  asked_reference text not null,
  payer_name text not null,
  payer_account text not null,
  paid_at timestamptz not null,
  received_at timestamptz not null,
  primary key (organization_id, id)
);
create index payment_of_invoice on payment (organization_id, invoice_id, received_at);

-- Where a payment went: its rows add up to it.
create table allocation (
  organization_id uuid not null,
  payment_id uuid not null,
  place smallint not null,
  kind text not null check (kind in ('invoice', 'credit', 'suspense')),
  invoice_id uuid,
  amount bigint not null check (amount > 0),
  currency text not null,
  -- Why it is a credit or in suspense, in the desk's words.
  because text,
  primary key (organization_id, payment_id, place)
);
create index allocation_suspense on allocation (organization_id, payment_id) where kind = 'suspense';

-- Addresses within an organization: merchant/KES, clearing/<source>/KES, fees/KES, credits/KES, suspense/KES, …
-- A bounded account may be refused a debit; only it has a balance row that is updated.
create table ledger_account (
  organization_id uuid not null,
  address text not null,
  currency text not null,
  kind text not null,
  bounded boolean not null default false,
  primary key (organization_id, address)
);

create table bounded_balance (
  organization_id uuid not null,
  address text not null,
  posted bigint not null default 0,
  held bigint not null default 0 check (held >= 0),
  primary key (organization_id, address),
  check (posted - held >= 0)
) with (fillfactor = 50);

-- One row a movement. `txn` is the id of the transaction that wrote it: balances add up whole transactions.
-- It is a bigint because the planner will not use an index on xid8 well.
create table transfer (
  organization_id uuid not null,
  id uuid not null,
  debit text not null,
  credit text not null,
  amount bigint not null check (amount > 0),
  currency text not null,
  code text not null,
  payment_id uuid,
  txn bigint not null default (pg_current_xact_id()::text)::bigint,
  booked_at timestamptz not null,
  value_at timestamptz not null,
  primary key (organization_id, id),
  check (debit <> credit)
);
create index transfer_debit on transfer (organization_id, debit, txn) include (amount);
create index transfer_credit on transfer (organization_id, credit, txn) include (amount);

-- What the transfers of transactions below upto_txn add up to.
create table rollup (
  organization_id uuid not null,
  address text not null,
  upto_txn bigint not null,
  posted numeric not null,
  primary key (organization_id, address)
);

-- Nothing leaves the ledger, whatever role connects.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % is refused: book a correcting transfer instead', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger transfer_is_append_only before update or delete on transfer
  for each row execute function refuse_change();
create trigger transfer_is_not_emptied before truncate on transfer
  for each statement execute function refuse_change();
create trigger payment_is_append_only before update or delete on payment
  for each row execute function refuse_change();
create trigger payment_is_not_emptied before truncate on payment
  for each statement execute function refuse_change();
create trigger payment_claim_is_append_only before update or delete on payment_claim
  for each row execute function refuse_change();
create trigger payment_claim_is_not_emptied before truncate on payment_claim
  for each statement execute function refuse_change();
create trigger allocation_is_append_only before update or delete on allocation
  for each row execute function refuse_change();
create trigger allocation_is_not_emptied before truncate on allocation
  for each statement execute function refuse_change();
