-- Applications that want to hear when somebody signs out (OpenID Connect Back-Channel Logout 1.0). A row is written in the
-- transaction that ends the session; a job delivers it.
create table logout_notice (
  session_id uuid not null,
  client_id text not null,
  subject text not null,
  created_at timestamptz not null,
  -- When the next try is due; put off while one is under way.
  due_at timestamptz not null,
  tries integer not null default 0,
  done_at timestamptz,
  -- What the last try came to.
  result text,
  primary key (session_id, client_id)
);
create index logout_notice_due on logout_notice (due_at) where done_at is null;
create index logout_notice_created_at on logout_notice (created_at);

-- The session that an application's ID tokens name, where the same person signed in anew in the same browser since.
alter table token_family add column named_session_id uuid;
