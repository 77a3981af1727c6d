-- How many accepted quotes a post has, counted as likes are. The rows of quotes come and go by many ways (a state that changes, a
-- post that is deleted, an account that ends), so a trigger writes down each.
alter table post_counts add column quotes integer not null default 0;
alter table count_deltas add column quotes smallint not null default 0;

create function count_quote() returns trigger language plpgsql as $$
declare
    before bigint := case when tg_op <> 'INSERT' and old.state = 1 then old.quoted_id end;
    after bigint := case when tg_op <> 'DELETE' and new.state = 1 then new.quoted_id end;
begin
    if before is distinct from after then
        -- What is quoted may be going in the same statement: then there is nothing left to count.
        insert into count_deltas (post_id, quotes)
        select p.id, case when p.id = after then 1 else -1 end
        from posts p where p.id in (before, after) order by p.id for key share;
    end if;
    return null;
end $$;
create trigger quotes_counted after insert or update or delete on quotes for each row execute function count_quote();

drop function post_cards(bigint, bigint[]);

-- As migration 0005 made it, with the number of quotes.
create function post_cards(viewer bigint, ids bigint[]) returns table (
    id bigint, version integer, author_id bigint, author_version integer, audience smallint,
    shown_id bigint, shown_version integer, shown_author_id bigint, shown_author_version integer,
    likes integer, reposts integer, replies integer, quotes integer, flags smallint, reasons smallint
) language sql stable parallel safe as $$
    select p.id, p.version, p.author_id, p.author_version, p.audience,
           p.shown_id, p.shown_version, p.shown_author_id, p.shown_author_version,
           c.likes + coalesce(d.likes, 0), c.reposts + coalesce(d.reposts, 0), c.replies + coalesce(d.replies, 0),
           c.quotes + coalesce(d.quotes, 0), v.flags,
           -- 8: the viewer blocks the whole server of one of them. Most people block none, which is asked once.
           case when (select exists (select 1 from account_domain_blocks b where b.account_id = viewer))
                     and exists (
                         select 1 from accounts x
                         join hosts o on o.id = x.host_id
                         join account_domain_blocks b on b.account_id = viewer and b.domain = o.authority
                         where x.id in (p.author_id, p.shown_author_id))
               then coalesce(p.reasons, 0::smallint) | 8::smallint else p.reasons end
    from met_posts(viewer) p
    join post_counts c on c.post_id = coalesce(p.shown_id, p.id)
    left join lateral (
        select sum(x.likes)::integer as likes, sum(x.reposts)::integer as reposts, sum(x.replies)::integer as replies,
               sum(x.quotes)::integer as quotes
        from count_deltas x where x.post_id = coalesce(p.shown_id, p.id)) d on true
    left join viewer_state v on v.account_id = viewer and v.post_id = coalesce(p.shown_id, p.id)
    where p.id = any (ids)
$$;
