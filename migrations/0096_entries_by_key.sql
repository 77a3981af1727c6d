-- As in 0009_what_changed.sql; but each author is looked up by the key of their post, whatever the planner knew of `posts`
-- when it made the plan that is kept here: joined, a batch of a thousand entries was compared with every post there is,
-- which took a second with 20,000 of them.
create or replace function note_entries() returns trigger language plpgsql set enable_seqscan = off as $$
declare
    first bigint;
    last bigint;
begin
    select min(owner_id), max(owner_id) into first, last from entries;
    if first = last then
        insert into card_changes (subject, kind) values (first, 1);
    elsif first < last then
        insert into card_changes (subject, kind)
        select distinct a.author_id, 2
        from (select (select p.author_id from posts p where p.id = e.post_id) as author_id
              from (select distinct post_id from entries) e) a
        where a.author_id is not null;
    end if;
    return null;
end $$;
