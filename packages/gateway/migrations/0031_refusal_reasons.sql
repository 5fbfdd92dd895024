-- Why a request was refused, as a name and what goes with it, so that the console says it in the reader's language.
-- Null where the protocol's own sentence, which stands in because, is all there is; and of rows from before.
alter table refused_request
  add column reason text,
  add column details jsonb;
