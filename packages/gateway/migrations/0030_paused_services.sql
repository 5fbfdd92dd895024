-- A service that takes no new bills for now; those that were made can still be paid. The previous release takes them on.
alter table service add column paused_at timestamptz;
