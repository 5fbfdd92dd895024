-- Second factors and passkeys, and what an account's owner sees of how it is used.

-- A key that a device of the account holds (WebAuthn level 3). Whoever signs in by it says whose it is, so it is found
-- with its account.
create table passkey (
  account_id uuid not null,
  -- As the device names it, base64url.
  credential_id text not null,
  public_key bytea not null,
  -- Counts the device's signatures; 0 for ever where the device does not count. It never goes back.
  sign_count bigint not null check (sign_count >= 0),
  -- How the device is reached, as a hint for browsers: usb, nfc, internal …
  transports text[] not null default '{}',
  name text not null,
  -- Whether it is kept by a password manager beside the device.
  backed_up boolean not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, credential_id)
);

-- An app that makes one-time codes (RFC 6238): one an account.
create table authenticator (
  account_id uuid primary key,
  -- The secret, sealed.
  sealed bytea not null,
  -- The newest time step whose code was taken: no code is taken twice.
  last_step bigint not null,
  created_at timestamptz not null,
  used_at timestamptz
);

-- Random, so that one SHA-256 is enough; each opens once.
create table recovery_code (
  account_id uuid not null,
  hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, hash)
);

-- A browser where the account signed in; the cookie that names it proves itself, and a row that is gone forgets it.
create table known_device (
  account_id uuid not null,
  name_hash bytea not null,
  user_agent text,
  first_seen_at timestamptz not null,
  seen_at timestamptz not null,
  -- Until then its owner asked for no second step here.
  trusted_until timestamptz,
  primary key (account_id, name_hash)
);
create index known_device_seen_at on known_device (seen_at);

-- Sign-ins and failed tries, for the account's owner. The network is coarse on purpose: where about, not where.
create table sign_in (
  account_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  outcome text not null check (outcome in ('opened', 'stepped-up', 'failed')),
  methods text[] not null,
  network text not null,
  user_agent text,
  known boolean not null,
  primary key (account_id, id)
);
create index sign_in_at on sign_in (at);
