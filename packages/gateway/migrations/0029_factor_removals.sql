-- Whoever lost every second factor: an operator's request to take them off, which waits so that the owner can stop it.
create table factor_removal (
  account_id uuid not null,
  id uuid not null,
  asked_by uuid not null,
  because text not null,
  asked_at timestamptz not null,
  -- Not done before.
  due_at timestamptz not null,
  -- Not done after: somebody would have to be made sure of anew.
  ends_at timestamptz not null,
  -- SHA-256 of what the owner's messages carry: who shows it stops the request.
  stop_hash bytea not null,
  ended_at timestamptz,
  outcome text check (outcome in ('done', 'stopped', 'withdrawn', 'lapsed')),
  primary key (account_id, id)
);
-- One at a time.
create unique index factor_removal_open on factor_removal (account_id) where ended_at is null;
