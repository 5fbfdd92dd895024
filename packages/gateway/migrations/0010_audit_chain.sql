-- Acts and their links are only ever added: whoever can reach the tables by ordinary means cannot rewrite what happened.
-- An act may be marked as chained once, and nothing else of it may change. Whoever may switch triggers off is found by the
-- chain itself ("lango doctor").
create function refuse_act_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_table_name = 'act' then
    if not (to_jsonb(old) ->> 'chained')::boolean and (to_jsonb(new) ->> 'chained')::boolean
       and to_jsonb(new) - 'chained' = to_jsonb(old) - 'chained' then
      return new;
    end if;
  end if;
  raise exception '% on % is refused: what was done stays on record', tg_op, tg_table_name
    using errcode = 'restrict_violation';
end $$;
create trigger act_is_append_only before update or delete on act
  for each row execute function refuse_act_change();
create trigger act_is_not_emptied before truncate on act
  for each statement execute function refuse_act_change();
create trigger act_link_is_append_only before update or delete on act_link
  for each row execute function refuse_act_change();
create trigger act_link_is_not_emptied before truncate on act_link
  for each statement execute function refuse_act_change();

-- For the question whether an act has its link.
create index act_link_of_act on act_link (act_id);
