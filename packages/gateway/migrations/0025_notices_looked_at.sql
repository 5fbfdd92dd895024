-- What people look at when a notice did not arrive as they wish. Tries of before have no header fields of the answer and
-- no length of what was sent.
alter table delivery add column answer_headers jsonb;
alter table delivery add column body_bytes integer;

-- Tries are forgotten in the order of their age.
create index delivery_started_at on delivery (started_at);
-- Those that need somebody's hand, among millions that arrived. Nothing is written to it while all is well.
create index notice_given_up on notice (organization_id, created_at desc, id desc) where state = 'given-up';
