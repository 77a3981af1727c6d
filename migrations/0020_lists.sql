-- A person's lists of some of those whom they follow.
create table lists (
    id         bigint primary key,
    account_id bigint not null references accounts on delete cascade,
    title      text not null,
    -- members' answers to others are shown: 0 none, 1 to the list's other members, 2 to all whom the owner follows
    replies    smallint not null check (replies between 0 and 2),
    -- what its members post is in the list instead of the home feed
    exclusive  boolean not null,
    created_at timestamptz not null
);
create index lists_account on lists (account_id, id);

-- Only somebody whom the owner follows is in a list, and nobody remains in one whose follow ends, whichever way it does:
-- hence the owner in each row. id: the order for paging.
create table list_members (
    list_id    bigint not null references lists on delete cascade,
    account_id bigint not null,
    owner_id   bigint not null,
    id         bigint not null,
    primary key (list_id, account_id),
    constraint list_members_follow foreign key (owner_id, account_id)
        references follows (follower_id, followee_id) on delete cascade
);
create index list_members_follow on list_members (owner_id, account_id);
-- Whether somebody's answers are to be told to those who listen to a list.
create index list_members_account on list_members (account_id);
create index list_members_page on list_members (list_id, id desc);

-- Whether the followee's posts come into the follower's home feed: not while they are in an exclusive list. Written with
-- lists and their members, in their transactions, so that feeds need not look at lists.
alter table follows add column in_home boolean not null default true;

drop trigger follows_changed on follows;
create trigger follows_changed after update on follows for each row
    when ((old.follower_id, old.followee_id, old.accepted, old.shows_reposts, old.in_home)
          is distinct from (new.follower_id, new.followee_id, new.accepted, new.shows_reposts, new.in_home))
    execute function note_reader('follower_id');

-- What belongs in the timeline of a list, in one place; who may see it is asked again when it is rendered. Meant for one
-- list and one author, or for some posts, at a time.
create view list_posts as
select l.id as list_id, p.id, p.author_id
from lists l
join list_members m on m.list_id = l.id
join follows f on f.follower_id = l.account_id and f.followee_id = m.account_id and f.accepted
join posts p on p.author_id = m.account_id
where p.audience <= 2 and (p.repost_of is null or f.shows_reposts)
  and (not p.comment
       or (l.replies > 0 and p.reply_to_author = l.account_id)
       or (l.replies = 1 and exists (
               select 1 from list_members o where o.list_id = l.id and o.account_id = p.reply_to_author))
       or (l.replies = 2 and exists (
               select 1 from follows o
               where o.follower_id = l.account_id and o.followee_id = p.reply_to_author and o.accepted)));
