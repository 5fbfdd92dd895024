-- What an application must choose anew for each authorization (RFC 9700 section 2.1.1: code_challenge, nonce), by the
-- request that brought it first, so that an application that repeats itself is told apart from a page that was reloaded.
create table authorization_value (
  client_id text not null,
  -- SHA-256 over the parameter's name and its value.
  hash bytea not null,
  -- SHA-256 over the session and the whole request.
  request_hash bytea not null,
  expires_at timestamptz not null,
  primary key (client_id, hash)
);
create index authorization_value_expiry on authorization_value (expires_at);
