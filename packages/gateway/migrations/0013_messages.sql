-- What we send to people, and the codes that prove that an address is theirs.

-- Written in the transaction that causes it, sent by a job. A row says by itself how it stands: with `due_at` it waits,
-- with `sent_at` it was handed over, with neither it was given up.
create table message (
  id uuid primary key,
  medium text not null check (medium in ('email', 'sms')),
  address text not null,
  -- Subject and text, which may hold a code or a link; gone as soon as nothing more is to be done with them.
  sealed bytea,
  created_at timestamptz not null,
  -- What it says is of no use any more: it is not sent after this.
  expires_at timestamptz not null,
  due_at timestamptz,
  tries integer not null default 0,
  sent_at timestamptz,
  -- Why the newest try failed or the message was given up; never what the message said.
  because text
);
create index message_due on message (medium, due_at) where due_at is not null;
create index message_of_address on message (address, id);
create index message_age on message (created_at);

-- Six digits that went to an address, and the browser that asked for them.
create table one_time_code (
  id uuid primary key,
  purpose text not null,
  -- SHA-256 of what names the browser: in another one the code is worth nothing.
  browser_hash bytea not null,
  medium text not null check (medium in ('email', 'sms')),
  address text not null,
  -- Whose code it is, where somebody is known already.
  account_id uuid,
  -- Keyed, because six digits could be guessed from a plain hash at once.
  code_hash bytea not null,
  tries integer not null default 0,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- The right code was given; what it proves may be used once.
  proved_at timestamptz,
  used_at timestamptz
);
create index one_time_code_expiry on one_time_code (expires_at);
