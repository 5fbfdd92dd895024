-- By which grants an application may get tokens (RFC 7591 section 2). The default is what every application could do before.
alter table application
  add column grants text[] not null default '{authorization_code,refresh_token}'
    check (grants <@ array['authorization_code', 'refresh_token', 'client_credentials', 'device_code']);
update application set grants = '{client_credentials}' where kind = 'machine';
update application set grants = '{device_code,refresh_token}' where kind = 'device';
