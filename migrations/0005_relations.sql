-- Who follows whom; a row that is not accepted yet is a request. id: the order for paging.
create table follows (
    follower_id   bigint not null references accounts on delete cascade,
    followee_id   bigint not null references accounts on delete cascade,
    id            bigint not null,
    accepted      boolean not null,
    -- the Follow's own id, for answers from and to elsewhere
    uri           text,
    shows_reposts boolean not null default true,
    notifies      boolean not null default false,
    languages     text[],
    created_at    timestamptz not null,
    primary key (follower_id, followee_id)
);
create index follows_followers on follows (followee_id, id desc) include (follower_id) where accepted;
create index follows_following on follows (follower_id, id desc) include (followee_id) where accepted;
create index follows_requests on follows (followee_id, id desc) where not accepted;
-- Who wants to be told of each post.
create index follows_notifies on follows (followee_id) where notifies and accepted;
create index follows_uri on follows (uri) where uri is not null;

create table blocks (
    account_id bigint not null references accounts on delete cascade,
    target_id  bigint not null references accounts on delete cascade,
    id         bigint not null,
    uri        text,
    created_at timestamptz not null,
    primary key (account_id, target_id)
);
create index blocks_page on blocks (account_id, id desc);
create index blocks_target on blocks (target_id);

create table mutes (
    account_id    bigint not null references accounts on delete cascade,
    target_id     bigint not null references accounts on delete cascade,
    id            bigint not null,
    notifications boolean not null default true,
    expires_at    timestamptz,
    created_at    timestamptz not null,
    primary key (account_id, target_id)
);
create index mutes_page on mutes (account_id, id desc);
create index mutes_target on mutes (target_id);
create index mutes_expiry on mutes (expires_at) where expires_at is not null;

-- The sum of blocks and mutes as a reader meets it, one look-up for every filter:
-- 1 the viewer blocks them, 2 they block the viewer, 4 the viewer mutes them. Written with blocks and mutes, in their transactions.
create table hidden (
    viewer_id  bigint not null references accounts on delete cascade,
    account_id bigint not null references accounts on delete cascade,
    reasons    smallint not null,
    -- with the reasons inside, so that this index is always the cheaper one: hidden_account would look through all who
    -- hide a well-known person
    primary key (viewer_id, account_id) include (reasons)
);
create index hidden_account on hidden (account_id);

-- Whole domains that a person does not want to see.
create table account_domain_blocks (
    account_id bigint not null references accounts on delete cascade,
    domain     text not null,
    id         bigint not null,
    primary key (account_id, domain)
);

-- A private remark about somebody.
create table account_notes (
    account_id bigint not null references accounts on delete cascade,
    target_id  bigint not null references accounts on delete cascade,
    comment    text not null,
    primary key (account_id, target_id)
);
create index account_notes_target on account_notes (target_id);

create table likes (
    account_id bigint not null references accounts on delete cascade,
    post_id    bigint not null references posts on delete cascade,
    id         bigint not null,
    uri        text,
    created_at timestamptz not null,
    primary key (account_id, post_id)
);
create index likes_post on likes (post_id, id desc);
create index likes_page on likes (account_id, id desc);
create index likes_uri on likes (uri) where uri is not null;

create table bookmarks (
    account_id bigint not null references accounts on delete cascade,
    post_id    bigint not null references posts on delete cascade,
    id         bigint not null,
    created_at timestamptz not null,
    primary key (account_id, post_id)
);
create index bookmarks_page on bookmarks (account_id, id desc);
create index bookmarks_post on bookmarks (post_id);

-- Posts at the top of a profile.
create table pins (
    account_id bigint not null references accounts on delete cascade,
    post_id    bigint not null references posts on delete cascade,
    id         bigint not null,
    primary key (account_id, post_id)
);
create index pins_post on pins (post_id);

-- What a local reader did with a post, all flags in one look-up: 1 liked, 2 reposted, 4 bookmarked, 8 pinned, 16 thread muted.
-- Written with the rows above, in their transactions.
create table viewer_state (
    account_id bigint not null references accounts on delete cascade,
    post_id    bigint not null references posts on delete cascade,
    flags      smallint not null,
    -- as with hidden: viewer_state_post would look through all who liked a well-known post
    primary key (account_id, post_id) include (flags)
);
create index viewer_state_post on viewer_state (post_id);

create table thread_mutes (
    account_id bigint not null references accounts on delete cascade,
    thread_id  bigint not null,
    primary key (account_id, thread_id)
);

-- What other servers report about somebody here, for the moderators. Who reports is mostly their server, on purpose.
create table reports (
    id         bigint primary key,
    -- null: they are gone
    reporter_id bigint references accounts on delete set null,
    account_id bigint not null references accounts on delete cascade,
    -- those of the account's posts that are named; some may be gone by now
    post_ids   bigint[] not null default '{}',
    -- plain text, as the reporter wrote it
    reason     text not null default '',
    created_at timestamptz not null
);
create index reports_account on reports (account_id);
create index reports_reporter on reports (reporter_id);

-- Whom a post is for, its author's standing and other quarrels aside: the first half of the rule below, and the only
-- half that looks at audiences.
create function addressed_posts(viewer bigint) returns table (
    id bigint, version integer, author_id bigint, repost_of bigint, audience smallint
) language sql stable parallel safe as $$
    select p.id, p.version, p.author_id, p.repost_of, p.audience
    from posts p
    where p.audience <= 1
       or p.author_id = viewer
       or (p.audience = 2 and exists (
               select 1 from follows f
               where f.follower_id = viewer and f.followee_id = p.author_id and f.accepted))
       or exists (select 1 from mentions m where m.post_id = p.id and m.account_id = viewer)
$$;

-- What may be seen by whom, in one place. Everything that shows posts selects from here; the planner inlines it.
-- A viewer of 0 is nobody in particular. With each post come the versions under which renderings are cached, for a
-- repost those of the post inside ("shown", else null), and why the viewer keeps its people out of feeds (else null):
-- all of it is in rows that the rule looks up anyway, one by one by their keys, however many people are suspended or hidden.
create function met_posts(viewer bigint) returns table (
    id bigint, version integer, author_id bigint, author_version integer, audience smallint,
    shown_id bigint, shown_version integer, shown_author_id bigint, shown_author_version integer, reasons smallint
) language sql stable parallel safe as $$
    select p.id, p.version, p.author_id, a.version, p.audience, s.id, s.version, s.author_id, sa.version,
           case when h.reasons is not null or sh.reasons is not null
               then coalesce(h.reasons, 0::smallint) | coalesce(sh.reasons, 0::smallint) end
    from addressed_posts(viewer) p
    join accounts a on a.id = p.author_id and a.suspended_at is null and a.deleted_at is null
    left join hidden h on h.viewer_id = viewer and h.account_id = p.author_id
    left join (
        posts s
        join accounts sa on sa.id = s.author_id
        left join hidden sh on sh.viewer_id = viewer and sh.account_id = s.author_id) on s.id = p.repost_of
    where -- somebody who blocks the viewer, or whose post is passed on, is not there for them
          (h.reasons is null or h.reasons & 2 = 0)
      and (p.repost_of is null
           or (sa.suspended_at is null and sa.deleted_at is null and (sh.reasons is null or sh.reasons & 2 = 0)))
$$;

-- The posts themselves that a viewer may see.
create function visible_posts(viewer bigint) returns setof posts language sql stable parallel safe as $$
    select p.* from met_posts(viewer) m join posts p on p.id = m.id
$$;

-- The changing part of posts as a viewer sees them: numbers, the viewer's flags (null: none), versions under which
-- renderings are cached. One row for each id that the viewer may see; order is the caller's. What is null costs nothing
-- to send, and a page is 20 of these: hence no defaults here.
create function post_cards(viewer bigint, ids bigint[]) returns table (
    id bigint, version integer, author_id bigint, author_version integer, audience smallint,
    shown_id bigint, shown_version integer, shown_author_id bigint, shown_author_version integer,
    likes integer, reposts integer, replies integer, flags smallint, reasons smallint
) language sql stable parallel safe as $$
    select p.id, p.version, p.author_id, p.author_version, p.audience,
           p.shown_id, p.shown_version, p.shown_author_id, p.shown_author_version,
           c.likes + coalesce(d.likes, 0), c.reposts + coalesce(d.reposts, 0), c.replies + coalesce(d.replies, 0),
           v.flags,
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
        select sum(x.likes)::integer as likes, sum(x.reposts)::integer as reposts, sum(x.replies)::integer as replies
        from count_deltas x where x.post_id = coalesce(p.shown_id, p.id)) d on true
    left join viewer_state v on v.account_id = viewer and v.post_id = coalesce(p.shown_id, p.id)
    where p.id = any (ids)
$$;
