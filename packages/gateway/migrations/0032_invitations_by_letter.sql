-- When an invitation last went out by e-mail. Null: it never did, and its link is passed on by hand, as the previous release
-- does with all.

alter table invitation add column letter_at timestamptz;
