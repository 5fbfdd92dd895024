-- Public keys by which a try of the flow from the console proves an application that signs for itself: its own private
-- key is nowhere near us. Each ends with its try, or after minutes.

create table lent_key (
  client_id text not null references application,
  kid text not null,
  jwk jsonb not null,
  ends_at timestamptz not null,
  primary key (client_id, kid)
);
