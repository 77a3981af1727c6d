-- What about the subject of a change is another, so that pages of home feeds can be kept as well (src/caches/pages has the
-- argument). kind: 0 facts of a post or an account, for every reader; 1 what an account gets to see: its marks, follows,
-- hidden people and servers, its own feed; 2 posts of an author were put into feeds or taken out.
alter table card_changes add column kind smallint not null default 0;
drop index card_changes_xid;
create index card_changes_xid on card_changes (xid) include (subject, kind);

-- The argument names the column of the reader. Only people who live here read, and remote follows are many.
create function note_reader() returns trigger language plpgsql as $$
declare
    before bigint := case when tg_op <> 'INSERT' then (to_jsonb(old) ->> tg_argv[0])::bigint end;
    after bigint := case when tg_op <> 'DELETE' then (to_jsonb(new) ->> tg_argv[0])::bigint end;
begin
    insert into card_changes (subject, kind) select account_id, 1 from users where account_id in (before, after);
    return null;
end $$;

-- What goes with its account or its post (by a foreign key, hence inside of a trigger) is gone for everybody, which is
-- noted already.
create trigger viewer_state_changed after insert or update or delete on viewer_state for each row
    when (pg_trigger_depth() = 0) execute function note_reader('account_id');
create trigger hidden_changed after insert or update or delete on hidden for each row
    when (pg_trigger_depth() = 0) execute function note_reader('viewer_id');
create trigger account_domain_blocks_changed after insert or update or delete on account_domain_blocks for each row
    when (pg_trigger_depth() = 0) execute function note_reader('account_id');
create trigger feeds_changed after insert or update or delete on feeds for each row
    when (pg_trigger_depth() = 0) execute function note_reader('owner_id');
create trigger follows_added after insert or delete on follows for each row
    when (pg_trigger_depth() = 0) execute function note_reader('follower_id');
create trigger follows_changed after update on follows for each row
    when ((old.follower_id, old.followee_id, old.accepted, old.shows_reposts)
          is distinct from (new.follower_id, new.followee_id, new.accepted, new.shows_reposts))
    execute function note_reader('follower_id');
-- A post for few that names somebody is theirs to see. (A page where such a post was left out is not kept, so that new
-- mentions, which come with most answers, need no note.)
create trigger mentions_removed after delete on mentions for each row
    when (pg_trigger_depth() = 0) execute function note_reader('account_id');

-- What one person's feed got or lost is noted for them; what many got, for the authors: a post in ten thousand feeds is one
-- note, and whoever follows its author looks again. So what is put into feeds of people who do not follow its author has
-- to be put there for one of them at a time.
create function note_entries() returns trigger language plpgsql as $$
declare
    first bigint;
    last bigint;
begin
    select min(owner_id), max(owner_id) into first, last from entries;
    if first = last then
        insert into card_changes (subject, kind) values (first, 1);
    elsif first < last then
        insert into card_changes (subject, kind)
        select distinct p.author_id, 2 from (select distinct post_id from entries) e join posts p on p.id = e.post_id;
    end if;
    return null;
end $$;
create trigger home_feed_added after insert on home_feed
    referencing new table as entries for each statement execute function note_entries();
create trigger home_feed_removed after delete on home_feed
    referencing old table as entries for each statement execute function note_entries();
create trigger home_feed_changed after update on home_feed for each row execute function note_reader('owner_id');

-- Posts that are not written to feeds are in them from the start, for all who follow their authors.
create function note_author() returns trigger language plpgsql as $$
begin
    insert into card_changes (subject, kind) values (new.author_id, 2);
    return null;
end $$;
create trigger posts_pulled after insert on posts for each row
    when (new.in_feeds and not new.pushed) execute function note_author();
create trigger posts_moved after update on posts for each row
    when ((old.author_id, old.in_feeds, old.pushed, old.repost_of)
          is distinct from (new.author_id, new.in_feeds, new.pushed, new.repost_of))
    execute function note_author();

create function note_pulled() returns trigger language plpgsql as $$
begin
    insert into card_changes (subject, kind) values (new.id, 2);
    return null;
end $$;
create trigger accounts_pulled after update on accounts for each row
    when (old.pulled is distinct from new.pulled) execute function note_pulled();
