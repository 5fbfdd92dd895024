-- What was refused to applications, with the exact reason that they were not told; for their makers to look up by the
-- correlation id of the answer. Kept for two weeks. No value of a parameter that could be a secret is in it.
create table refused_request (
  -- Whose application it says to be; the operator's own where nobody's.
  organization_id uuid not null,
  -- The answer's x-request-id.
  id uuid not null,
  at timestamptz not null,
  client_id text not null,
  -- The path that was called.
  endpoint text not null,
  -- What the application was told.
  code text not null,
  -- What it was not told.
  because text not null,
  -- Pairs of names and values, most values left out.
  parameters jsonb not null,
  primary key (organization_id, id)
);
create index refused_request_newest on refused_request (organization_id, at desc, id desc);
create index refused_request_of_client on refused_request (organization_id, client_id, at desc, id desc);
create index refused_request_age on refused_request (at);
