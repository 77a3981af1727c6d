-- As in 0022_notification_groups.sql; but written in a language whose plans are kept: a function of plain SQL that is no
-- part of a larger question is planned anew for every call, which took 2.5 ms of a like's 3.
create or replace function notification_verdict(
    recipient bigint, sender bigint, about bigint, is_mention boolean, new_since timestamptz, follower_before timestamptz
) returns smallint language plpgsql stable parallel safe as $$
begin
    return (
        select coalesce((
            select greatest(
                case when not s.followed then y.for_not_following end,
                case when not s.follower then y.for_not_followers end,
                case when not s.followed and f.created_at > new_since then y.for_new_accounts end,
                case when not s.followed and f.limited_at is not null then y.for_limited_accounts end,
                case when not s.followed and (f.bot or f.kind in (1, 2)) then y.for_bots end,
                -- an answer to what one wrote to them is no letter from a stranger
                case when is_mention and not s.followed and p.audience = 3 and not exists (
                         select 1 from posts o join mentions m on m.post_id = o.id and m.account_id = sender
                         where o.thread_id = p.thread_id and o.author_id = recipient and o.audience = 3)
                     then y.for_private_mentions end)
            from accounts f
            cross join lateral (
                select exists (select 1 from follows w
                               where w.follower_id = recipient and w.followee_id = sender and w.accepted) as followed,
                       exists (select 1 from follows w
                               where w.follower_id = sender and w.followee_id = recipient and w.accepted
                                 and w.created_at <= follower_before) as follower) s
            cross join lateral (
                -- one row, with the defaults where there is none
                select coalesce(max(n.for_not_following), 0::smallint) as for_not_following,
                       coalesce(max(n.for_not_followers), 0::smallint) as for_not_followers,
                       coalesce(max(n.for_new_accounts), 0::smallint) as for_new_accounts,
                       coalesce(max(n.for_private_mentions), 1::smallint) as for_private_mentions,
                       coalesce(max(n.for_limited_accounts), 1::smallint) as for_limited_accounts,
                       coalesce(max(n.for_bots), 0::smallint) as for_bots
                from notification_policies n where n.account_id = recipient) y
            left join posts p on p.id = about
            where f.id = sender
              and not exists (select 1 from notification_permissions o where o.account_id = recipient and o.from_id = sender)
              and not (is_mention and exists (select 1 from users u where u.account_id = sender and u.role >= 1))
        ), 0::smallint)
    );
end
$$;
