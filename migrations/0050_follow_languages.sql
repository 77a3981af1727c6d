-- What somebody wants of whom they follow: reposts or not, and which languages. A post that says none is in all of them.
create function is_wanted(shows_reposts boolean, languages text[], repost_of bigint, language text) returns boolean
    language sql immutable parallel safe as $$
    select (repost_of is null or shows_reposts)
       and (languages is null or language is null or language = any (languages)
            or split_part(language, '-', 1) = any (languages))
$$;

drop trigger follows_changed on follows;
create trigger follows_changed after update on follows for each row
    when ((old.follower_id, old.followee_id, old.accepted, old.shows_reposts, old.in_home, old.languages)
          is distinct from (new.follower_id, new.followee_id, new.accepted, new.shows_reposts, new.in_home, new.languages))
    execute function note_reader('follower_id');

create or replace view list_posts as
select l.id as list_id, p.id, p.author_id
from lists l
join list_members m on m.list_id = l.id
join follows f on f.follower_id = l.account_id and f.followee_id = m.account_id and f.accepted
join posts p on p.author_id = m.account_id
where p.audience <= 2 and is_wanted(f.shows_reposts, f.languages, p.repost_of, p.language)
  and (not p.comment
       or (l.replies > 0 and p.reply_to_author = l.account_id)
       or (l.replies = 1 and exists (
               select 1 from list_members o where o.list_id = l.id and o.account_id = p.reply_to_author))
       or (l.replies = 2 and exists (
               select 1 from follows o
               where o.follower_id = l.account_id and o.followee_id = p.reply_to_author and o.accepted)));
