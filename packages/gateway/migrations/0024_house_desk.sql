-- What the operators' desk looks up: names that the eye takes for each other, and the trail as it was written.
alter table organization add column name_key text;
create index organization_name_key on organization (name_key) where name_key is not null;
create index act_newest on act (at desc, id desc);
