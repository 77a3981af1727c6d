-- As migration 0009 made it, but each author is found by the post's key: the planner, who knows nothing of the rows of one
-- statement, read all posts for them.
create or replace function note_entries() returns trigger language plpgsql as $$
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
        from (select distinct post_id from entries) e
        -- The offset keeps this from becoming a join.
        cross join lateral (select p.author_id from posts p where p.id = e.post_id offset 0) a;
    end if;
    return null;
end $$;
