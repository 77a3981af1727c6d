-- Collections as Pixelfed has them: somebody's choice of their own posts, in their order.
create table albums (
    id           bigint primary key,
    account_id   bigint not null references accounts on delete cascade,
    title        text not null,
    description  text not null,
    -- 0 public, 1 for followers, 2 a draft: for its owner alone
    visibility   smallint not null check (visibility between 0 and 2),
    created_at   timestamptz not null,
    updated_at   timestamptz not null,
    -- when it was no draft for the first time
    published_at timestamptz
);
create index albums_account on albums (account_id, id desc);

create table album_posts (
    album_id bigint not null references albums on delete cascade,
    post_id  bigint not null references posts on delete cascade,
    -- the order, from the first; not without gaps
    place    integer not null,
    primary key (album_id, post_id)
);
create index album_posts_order on album_posts (album_id, place);
create index album_posts_post on album_posts (post_id);

-- Which collections may be seen by whom, in one place. The posts in them are asked for like all others.
create function visible_albums(viewer bigint) returns setof albums language sql stable parallel safe as $$
    select b.*
    from albums b
    join accounts a on a.id = b.account_id and a.suspended_at is null and a.deleted_at is null
    where b.account_id = viewer
       or (not exists (
               select 1 from hidden h
               where h.viewer_id = viewer and h.account_id = b.account_id and h.reasons & 2 <> 0)
           and (b.visibility = 0
                or (b.visibility = 1 and exists (
                        select 1 from follows f
                        where f.follower_id = viewer and f.followee_id = b.account_id and f.accepted))))
$$;
