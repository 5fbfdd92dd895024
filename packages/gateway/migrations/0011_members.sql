-- Organizations that people make and keep themselves: who belongs to one and as what, and whether it may do anything yet.
-- What the previous release knows goes on to mean the same: an organization that it makes is live, and `disabled_at`
-- stays the one switch that it reads.

alter table organization
  -- `waiting` for an operator's word, or `suspended` by one: nothing of it works then.
  add column standing text not null default 'live' check (standing in ('waiting', 'live', 'suspended')),
  add column standing_since timestamptz,
  -- Why an operator decided so, in a sentence for its members.
  add column standing_because text;
create index organization_newest on organization (created_at desc, id desc);
create index organization_not_live on organization (standing, created_at desc, id desc) where standing <> 'live';

-- `disabled_at` is what the hot paths look at. It follows from three things, each of which is somebody else's to decide:
-- the integrator paused it, an operator suspended it, or its organization is not live.
alter table application
  add column paused_at timestamptz,
  add column suspended_at timestamptz,
  add column suspended_because text;
create index application_of_organization on application (organization_id, created_at desc, client_id);

alter table api_client
  add column ended_at timestamptz,
  add column name text;
create index api_client_of_organization on api_client (organization_id, created_at desc, id);

-- Operators are the members of the operator's own organization.
create table member (
  organization_id uuid not null references organization,
  account_id uuid not null,
  role text not null check (role in ('owner', 'developer', 'finance', 'viewer')),
  since timestamptz not null,
  primary key (organization_id, account_id)
);
create index member_of_account on member (account_id);

-- Accepted by whoever signs in with that e-mail address verified; the link is no secret.
create table invitation (
  organization_id uuid not null references organization,
  id uuid not null,
  email text not null,
  role text not null check (role in ('owner', 'developer', 'finance', 'viewer')),
  invited_by uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  -- Accepted or withdrawn.
  ended_at timestamptz,
  primary key (organization_id, id)
);
create index invitation_by_email on invitation (email) where ended_at is null;
create index invitation_by_day on invitation (organization_id, created_at);
