-- Accounts, sessions, applications, and what an account allowed an application.

create table account (
  id uuid primary key,
  -- What legacy clients see as `id`: random, so that it tells nothing about how many accounts there are.
  number integer not null unique check (number > 0),
  kind text not null check (kind in ('citizen', 'alien', 'visitor', 'diplomat', 'business')),
  active boolean not null default true,
  demo boolean not null default false,
  first_name text not null,
  last_name text not null,
  surname text,
  id_number text not null,
  email text,
  email_verified boolean not null default false,
  phone text,
  phone_verified boolean not null default false,
  gender text check (gender in ('m', 'f')),
  kra_pin text,
  born_on date,
  locale text not null default 'en',
  created_at timestamptz not null
);

-- What a person may type to say who she is. Routing: distributed by the value, leads to the account.
create table account_identifier (
  kind text not null check (kind in ('id_number', 'email', 'phone')),
  value text not null,
  account_id uuid not null,
  primary key (value, kind)
);

create table credential (
  account_id uuid not null,
  kind text not null check (kind in ('password')),
  hash text not null,
  changed_at timestamptz not null,
  primary key (account_id, kind)
);

-- Tries to sign in: one leaky bucket a key (who is tried from where, who is tried, from where, all). A try moves
-- `clear_at` on by what it costs; a key whose `clear_at` lies too far ahead has to wait (core/identity/budget.ts).
create table sign_in_budget (
  key text primary key,
  clear_at timestamptz not null
);
create index sign_in_budget_clear_at on sign_in_budget (clear_at);

create table session (
  account_id uuid not null,
  id uuid not null,
  secret_hash bytea not null,
  signed_in_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  user_agent text,
  primary key (account_id, id)
);
create index session_expiry on session (expires_at);

create table application (
  client_id text primary key,
  organization_id uuid not null references organization,
  name text not null,
  kind text not null check (kind in ('web', 'single-page', 'native', 'machine')),
  redirect_uris text[] not null,
  post_logout_redirect_uris text[] not null default '{}',
  -- Which attributes user information releases: 'scopes' by scope, 'national-identity' all of them at once.
  releases text not null default 'scopes' check (releases in ('scopes', 'national-identity')),
  -- Recorded departures from the strict defaults, each shown with its risk: core/identity/allowance.ts.
  allowances text[] not null default '{}',
  id_token_alg text not null default 'RS256' check (id_token_alg in ('RS256', 'ES256')),
  scopes text[] not null,
  demo boolean not null default false,
  disabled_at timestamptz,
  created_at timestamptz not null
);

-- Machine secrets are random, so one SHA-256 is enough. Two may be live at once.
create table application_secret (
  client_id text not null references application,
  hash bytea not null,
  created_at timestamptz not null,
  retires_at timestamptz,
  primary key (client_id, hash)
);

-- What an account agreed that an application may have; asked again when the set grows.
create table consent (
  account_id uuid not null,
  client_id text not null,
  scopes text[] not null,
  given_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (account_id, client_id)
);

-- One authorization and all that came of it: distributed by the family, which every code and token names.
create table token_family (
  id uuid primary key,
  account_id uuid not null,
  client_id text not null,
  scopes text[] not null,
  redirect_uri text not null,
  nonce text,
  session_id uuid,
  signed_in_at timestamptz not null,
  created_at timestamptz not null,
  revoked_at timestamptz,
  revoked_because text
);
create index token_family_of_account on token_family (account_id, client_id) where revoked_at is null;

create table code (
  family_id uuid not null,
  hash bytea not null,
  challenge text,
  expires_at timestamptz not null,
  used_at timestamptz,
  -- The redeeming call; a retry of the same call after a lost connection is not a replay.
  used_by uuid,
  primary key (family_id, hash)
);

create table token (
  family_id uuid not null,
  hash bytea not null,
  kind text not null check (kind in ('access', 'refresh')),
  scopes text[] not null,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  used_by uuid,
  primary key (family_id, hash)
);
create index token_expiry on token (expires_at);
create index code_expiry on code (expires_at);

create table signing_key (
  kid text primary key,
  alg text not null check (alg in ('RS256', 'ES256')),
  public_jwk jsonb not null,
  sealed bytea not null,
  created_at timestamptz not null,
  signs_from timestamptz not null,
  retires_at timestamptz
);
