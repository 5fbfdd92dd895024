-- Programs that take access tokens (RFC 8707): what tokens for them name as their audience, and which application they
-- say to be when they ask about one.
create table resource_server (
  identifier text primary key,
  client_id text not null references application,
  organization_id uuid not null references organization,
  name text not null,
  -- The scopes that are its own; it hears of no other. None: of whatever a token holds.
  scopes text[] not null default '{}',
  created_at timestamptz not null
);
