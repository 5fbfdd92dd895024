-- Devices without a keyboard that ask a person to allow them from elsewhere (RFC 8628). When she does, the code of the
-- device becomes a code of her new family (tables token_family and code), and is spent like any other.
create table device_authorization (
  -- Chosen beforehand: the device's code names the family that it may come to.
  family_id uuid not null,
  hash bytea not null,
  client_id text not null,
  scopes text[] not null,
  state text not null default 'pending' check (state in ('pending', 'allowed', 'denied')),
  expires_at timestamptz not null,
  -- How often it may ask; grows when it asks too soon.
  interval_seconds integer not null default 5,
  polled_at timestamptz,
  primary key (family_id, hash)
);
create index device_authorization_expiry on device_authorization (expires_at);

-- Routing: which device a typed code belongs to, for as long as nobody has decided. The key is a keyed digest, because
-- eight letters could be found out from a plain one.
create table device_user_code (
  key bytea primary key,
  family_id uuid not null,
  hash bytea not null,
  expires_at timestamptz not null
);
create index device_user_code_expiry on device_user_code (expires_at);
