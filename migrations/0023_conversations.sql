-- Direct posts as talks: for each person who lives here and each thread of posts for named people, one row. Written by
-- whoever publishes; what may be seen of it is decided when it is read.
create table conversations (
    id           bigint generated always as identity primary key,
    account_id   bigint not null references accounts on delete cascade,
    thread_id    bigint not null,
    -- the newest of the thread that is theirs to read, by which the list is ordered and paged; no foreign key, since its end
    -- is noted by the trigger below
    last_post_id bigint not null,
    unread       boolean not null,
    constraint conversations_once unique (thread_id, account_id)
);
create index conversations_page on conversations (account_id, last_post_id desc);
create index posts_direct on posts (author_id, id desc) where audience = 3;

-- Those who are in posts for named people, as far as they live here: the author and the named.
create function people_of_direct_posts(ids bigint[]) returns table (
    post_id bigint, thread_id bigint, author_id bigint, account_id bigint
) language sql stable parallel safe as $$
    select p.id, p.thread_id, p.author_id, u.account_id
    from posts p
    cross join lateral (
        select p.author_id as id union select m.account_id from mentions m where m.post_id = p.id) w
    join users u on u.account_id = w.id
    where p.id = any (ids) and p.audience = 3
$$;

insert into conversations (account_id, thread_id, last_post_id, unread)
select d.account_id, d.thread_id, max(d.post_id), false
from people_of_direct_posts(array(select id from posts where audience = 3)) d
group by 1, 2;

-- However a post goes (deleted, or with its author): the one before takes its place, and a talk of which nothing is left
-- goes too.
create function leave_conversations() returns trigger language plpgsql as $$
begin
    with before as (
        select c.id, (select max(p.id) from posts p
                      where p.thread_id = c.thread_id and p.audience = 3
                        and (p.author_id = c.account_id
                             or exists (select 1 from mentions m
                                        where m.post_id = p.id and m.account_id = c.account_id))) as last_post_id
        from conversations c where c.thread_id = old.thread_id and c.last_post_id = old.id),
    ended as (
        delete from conversations c using before b where c.id = b.id and b.last_post_id is null)
    update conversations c set last_post_id = b.last_post_id from before b
    where c.id = b.id and b.last_post_id is not null;
    return null;
end $$;
create trigger posts_left_conversations after delete on posts for each row
    when (old.audience = 3) execute function leave_conversations();

-- A post that came before what it answers is hung into that one's thread later, and the talk with it.
create function move_conversations() returns trigger language plpgsql as $$
begin
    with moved as (
        delete from conversations where thread_id = old.thread_id returning account_id, last_post_id, unread)
    insert into conversations (account_id, thread_id, last_post_id, unread)
    select account_id, new.thread_id, last_post_id, unread from moved
    on conflict on constraint conversations_once do update
        set last_post_id = greatest(conversations.last_post_id, excluded.last_post_id),
            unread = conversations.unread or excluded.unread;
    return null;
end $$;
create trigger posts_moved_conversations after update of thread_id on posts for each row
    when (old.audience = 3 and old.thread_id <> new.thread_id) execute function move_conversations();
