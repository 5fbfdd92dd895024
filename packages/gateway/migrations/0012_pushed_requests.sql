-- Authorization requests that an application sent us itself, before it sends the browser (RFC 9126). The browser brings a
-- random address of which only the hash stands here.
create table pushed_request (
  hash bytea primary key,
  client_id text not null,
  -- Names and values in order, as they came.
  parameters jsonb not null,
  created_at timestamptz not null,
  -- Short until a browser opens it, then as long as somebody may take to sign in and agree.
  expires_at timestamptz not null,
  opened_at timestamptz,
  -- When an answer was given.
  used_at timestamptz
);
create index pushed_request_expiry on pushed_request (expires_at);
