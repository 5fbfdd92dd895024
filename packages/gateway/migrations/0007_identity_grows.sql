-- What the wider protocol asks of applications, grants and sessions. Every column has a default or may be null, so that
-- the previous release goes on working on this schema while processes are exchanged one by one.

-- `machine` was foreseen; `device` is a kiosk or a television without a keyboard (RFC 8628).
alter table application drop constraint application_kind_check;
alter table application add constraint application_kind_check
  check (kind in ('web', 'single-page', 'native', 'machine', 'device'));

alter table application
  -- How it proves itself at our endpoints; null: by its secret in any place that the endpoint reads.
  add column auth_method text
    check (auth_method in ('client_secret_basic', 'client_secret_post', 'private_key_jwt', 'none')),
  -- Its public keys, given, or the address where they are fetched (RFC 7517).
  add column jwks jsonb,
  add column jwks_uri text,
  -- Who the account is to this application: `pairwise` gives each sector a name of its own for the same person.
  add column subject_type text not null default 'public' check (subject_type in ('public', 'pairwise')),
  add column sector text,
  -- A set of rules at once: core/identity/profile.ts.
  add column profile text not null default 'standard' check (profile in ('standard', 'fapi2')),
  add column require_par boolean not null default false,
  add column dpop_bound boolean not null default false,
  add column backchannel_logout_uri text,
  add column backchannel_logout_session_required boolean not null default false,
  -- Identifiers of resource servers that it may ask tokens for (RFC 8707).
  add column resources text[] not null default '{}',
  -- Its own face on the pages for people; the logo is re-encoded by us.
  add column colour text check (colour ~ '^#[0-9a-f]{6}$'),
  add column logo bytea,
  add column logo_type text;

-- Which proofs a sign-in was made with (RFC 8176), the newest set.
alter table session
  add column methods text[] not null default '{pwd}',
  -- When the strongest of them was given; null: when she signed in.
  add column stepped_up_at timestamptz;

-- A grant without a person (client_credentials) has no account, and one without a browser no redirect.
alter table token_family alter column account_id drop not null;
alter table token_family alter column redirect_uri drop not null;
alter table token_family
  add column methods text[] not null default '{pwd}',
  -- What the `claims` parameter asked for (OpenID Connect Core 5.5).
  add column claims jsonb,
  -- The subject that the application knows the account by; null: the account's id.
  add column subject text,
  -- Thumbprint of the key that its tokens are bound to (RFC 9449, RFC 7638).
  add column jkt text,
  add column resources text[] not null default '{}';

alter table token
  add column jkt text,
  -- Null: whatever the grant allows.
  add column resources text[];

-- Security-relevant acts of anyone, in the transaction of the act itself. They are only added to; a job chains them
-- (act_link) in the background, so that no act waits for another.
create table act (
  id uuid primary key,
  at timestamptz not null,
  what text not null,
  by_kind text not null check (by_kind in ('account', 'application', 'operator', 'system', 'stranger')),
  by_id text,
  about_kind text,
  about_id text,
  organization_id uuid,
  details jsonb not null default '{}',
  request_id text,
  chained boolean not null default false
);
create index act_unchained on act (at, id) where not chained;
create index act_of_organization on act (organization_id, at desc) where organization_id is not null;
create index act_about on act (about_kind, about_id, at desc) where about_id is not null;
create index act_by on act (by_kind, by_id, at desc) where by_id is not null;

-- The order of all acts, each with the SHA-256 over it and the hash before it: nothing can be changed, put between or taken
-- away unseen.
create table act_link (
  place bigint primary key check (place > 0),
  act_id uuid not null,
  hash bytea not null
);
