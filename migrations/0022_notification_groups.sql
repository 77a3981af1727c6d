-- Notifications of one kind about one thing are shown as one ("Ana and 12 others liked your photo"), and what comes from
-- strangers can be set aside or dropped.
alter table notifications
    -- kind, post and the hour in which the group began: those that it has in common are one group; null: stands alone.
    -- Ordered by bytes, so that the newest group of a kind and a post is the last of a range.
    add column group_key text collate "C",
    -- set aside by the recipient's policy: in no list, told to no client, until its sender is accepted
    add column filtered boolean not null default false,
    -- of kind 9, a report (to moderators)
    add column report_id bigint references reports on delete cascade,
    drop constraint notifications_once,
    add constraint notifications_once unique nulls not distinct (account_id, kind, from_id, post_id, report_id);
create index notifications_groups on notifications (account_id, group_key, id desc) where group_key is not null;
create index notifications_shown on notifications (account_id, id desc) where not filtered;
create index notifications_aside on notifications (account_id, from_id, id desc) where filtered;
create index notifications_report on notifications (report_id) where report_id is not null;

-- What becomes of what strangers cause, for each class of them: 0 accept, 1 filter (set aside), 2 drop. Without a row, the
-- defaults hold.
create table notification_policies (
    account_id           bigint primary key references accounts on delete cascade,
    for_not_following    smallint not null default 0 check (for_not_following between 0 and 2),
    for_not_followers    smallint not null default 0 check (for_not_followers between 0 and 2),
    for_new_accounts     smallint not null default 0 check (for_new_accounts between 0 and 2),
    for_private_mentions smallint not null default 1 check (for_private_mentions between 0 and 2),
    for_limited_accounts smallint not null default 1 check (for_limited_accounts between 0 and 2),
    for_bots             smallint not null default 0 check (for_bots between 0 and 2)
);

-- Senders whom somebody accepted once: no policy looks at them again.
create table notification_permissions (
    account_id bigint not null references accounts on delete cascade,
    from_id    bigint not null references accounts on delete cascade,
    created_at timestamptz not null,
    primary key (account_id, from_id)
);
create index notification_permissions_from on notification_permissions (from_id);

-- Senders of whom something is set aside. How much there is of it is counted when it is read: a row of whom nothing is left
-- is not shown. id: that of the notification that made it.
create table notification_requests (
    id          bigint primary key,
    account_id  bigint not null references accounts on delete cascade,
    from_id     bigint not null references accounts on delete cascade,
    -- set while what was set aside is being merged with the rest
    accepted_at timestamptz,
    created_at  timestamptz not null,
    updated_at  timestamptz not null,
    constraint notification_requests_once unique (account_id, from_id)
);
create index notification_requests_page on notification_requests (account_id, id desc);
create index notification_requests_from on notification_requests (from_id);

-- What the recipient's policy says of what a sender causes, as in notification_policies: the strictest of all classes that the
-- sender is in. Whom they accepted once is in none, and a moderator who writes to somebody is heard.
create function notification_verdict(
    recipient bigint, sender bigint, about bigint, is_mention boolean, new_since timestamptz, follower_before timestamptz
) returns smallint language sql stable parallel safe as $$
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
$$;

-- What somebody hears of, as far as it is about who caused it: nobody who is gone, or is kept out. What moderators have to
-- know (7 sign-up, 9 report) they hear from whomever.
create function heard_notifications(viewer bigint) returns setof notifications language sql stable parallel safe as $$
    select n.* from notifications n join accounts a on a.id = n.from_id
    where n.account_id = viewer and a.suspended_at is null and a.deleted_at is null
      and (n.kind in (7, 9)
           or not exists (
               select 1 from hidden h
               where h.viewer_id = viewer and h.account_id = n.from_id
                 and (h.reasons & 3 <> 0
                      or exists (select 1 from mutes m where m.account_id = viewer and m.target_id = n.from_id
                                 and m.notifications))))
$$;

-- And as far as it is about a post. Every list of notifications selects from here.
create function met_notifications(viewer bigint) returns setof notifications language sql stable parallel safe as $$
    select n.* from heard_notifications(viewer) n
    where n.post_id is null or exists (select 1 from visible_posts(viewer) p where p.id = n.post_id)
$$;

-- What is set aside is told to nobody.
create or replace function tell_of_notifications() returns trigger language plpgsql as $$
begin
    insert into outbox (work)
    select jsonb_build_object('work', 'tell', 'events', jsonb_agg(jsonb_build_object(
        'event', 'notified', 'notification', n.id::text, 'to', n.account_id::text) order by n.id))
    from written n
    where not n.filtered
    having count(*) > 0;
    return null;
end $$;
