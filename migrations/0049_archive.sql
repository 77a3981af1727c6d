-- Posts that their authors put away: nobody meets them, their authors neither but in the archive, until they bring them back.
-- Other servers are told nothing, since what is deleted there could never come back; those that ask are given nothing.
alter table posts add column archived_at timestamptz;
create index posts_archived on posts (author_id, id desc) where archived_at is not null;

create or replace function addressed_posts(viewer bigint) returns table (
    id bigint, version integer, author_id bigint, repost_of bigint, audience smallint
) language sql stable parallel safe as $$
    select p.id, p.version, p.author_id, p.repost_of, p.audience
    from posts p
    where p.archived_at is null
      and (p.audience <= 1
           or p.author_id = viewer
           or (p.audience = 2 and exists (
                   select 1 from follows f
                   where f.follower_id = viewer and f.followee_id = p.author_id and f.accepted))
           or exists (select 1 from mentions m where m.post_id = p.id and m.account_id = viewer))
$$;

create or replace function met_posts(viewer bigint) returns table (
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
           or (s.archived_at is null and sa.suspended_at is null and sa.deleted_at is null
               and (sh.reasons is null or sh.reasons & 2 = 0)))
$$;
