-- What a refresh token gave, for the short while in which it gives the very same again: two tabs, or an answer that was
-- lost on its way. Encrypted under a key made from the refresh token itself, of which nothing but a hash is stored, so
-- that whoever reads the database cannot open it. Written by the statement that spends the token, read by its key.
create table refresh_answer (
  family_id uuid not null,
  hash bytea not null,
  -- What was asked for with it: scopes, resources, key. Another request gets nothing.
  asked text not null,
  sealed bytea not null,
  expires_at timestamptz not null,
  primary key (family_id, hash)
);
create index refresh_answer_expiry on refresh_answer (expires_at);
