-- Where an account's codes for the second step go, when its owner chose that: one address a medium.
create table message_factor (
  account_id uuid not null,
  medium text not null check (medium in ('email', 'sms')),
  -- As it was when she chose it: another address on the account does not move her second step.
  address text not null,
  added_at timestamptz not null,
  primary key (account_id, medium)
);
