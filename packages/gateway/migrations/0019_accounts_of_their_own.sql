-- Accounts that people make themselves, and how they get back in. Everything here can be passed over by the previous
-- release: what it inserts gets the defaults, and where it expects a text there is one.

alter table account
  -- What an operator vouches for, and its owner therefore cannot change: an operator entered all there was so far.
  add column vouched text[] not null default '{names,gender,born_on}';
-- An account without an identity document has the empty text as its `id_number`, since the previous release reads the
-- column as a text that is always there. No identifier leads to it.
comment on column account.id_number is 'empty: none, because nobody vouched for one yet';

-- A link that lets somebody choose a new password: once, for fifteen minutes, and only while the password is still the one
-- that it was asked against.
create table recovery (
  account_id uuid not null,
  id uuid not null,
  secret_hash bytea not null,
  -- Where the link or the code before it went: whoever uses it reads what arrives there.
  medium text not null check (medium in ('email', 'sms')),
  address text not null,
  -- Null: there was no password.
  password_changed_at timestamptz,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (account_id, id)
);
create index recovery_expiry on recovery (expires_at);
