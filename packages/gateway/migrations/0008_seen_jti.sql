-- Names of signed statements that are good once: assertions by which an application proves itself (RFC 7523), proofs of
-- a key (RFC 9449). One row stands for one statement, in all processes, until the statement is too old to be believed.
create table seen_jti (
  -- SHA-256 over purpose, holder and name: of one length, however long the name is that somebody sent.
  hash bytea primary key,
  expires_at timestamptz not null
);
create index seen_jti_expiry on seen_jti (expires_at);
