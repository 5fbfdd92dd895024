-- What an organization wants to bring along from another installation: first as its owner looks at it, then, where money
-- is real, as it waits for an operator. The document holds secrets, so it is sealed, and gone when it was decided.
create table import_request (
  organization_id uuid primary key references organization,
  -- Which document it is: whoever confirms or approves means the one that she saw.
  id uuid not null,
  state text not null check (state in ('drafted', 'waiting', 'done', 'declined')),
  asked_by uuid not null,
  created_at timestamptz not null,
  sealed bytea,
  -- What became of each row, without secrets.
  outcome jsonb,
  -- Why an operator declined.
  because text
);
create index import_request_waiting on import_request (created_at, organization_id) where state = 'waiting';
create index import_request_drafted on import_request (created_at) where state = 'drafted';
