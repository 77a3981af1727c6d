//! Ids of the timelines that are not somebody's own. Who may see a post is asked again when it is rendered.
//! `$2`, `$3`: bounds, both excluded. From the old end, the oldest come first and are turned round here.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, PostId};
use crate::domain::window::Window;

/// Which public posts.
#[derive(Clone, Copy, Debug)]
pub struct Public {
    pub local: bool,
    pub remote: bool,
    pub only_media: bool,
}

/// Posts with tags: one of `any`, every one of `all`, none of `none`.
#[derive(Clone, Debug)]
pub struct Tagged {
    pub any: Vec<String>,
    pub all: Vec<String>,
    pub none: Vec<String>,
    pub local: bool,
    pub remote: bool,
    pub only_media: bool,
}

/// Which of an account's posts.
#[derive(Clone, Debug, Default)]
pub struct OfAccount {
    pub only_media: bool,
    pub exclude_replies: bool,
    pub exclude_reposts: bool,
    pub tagged: Option<String>,
}

fn newest_first(mut ids: Vec<PostId>, window: &Window) -> Vec<PostId> {
    if window.from_old_end {
        ids.reverse();
    }
    ids
}

/// Relations with what they are to, newest first.
fn by_relation<T>(rows: impl Iterator<Item = (i64, T)>) -> Vec<(i64, T)> {
    let mut rows: Vec<_> = rows.collect();
    rows.sort_unstable_by_key(|(relation, _)| std::cmp::Reverse(*relation));
    rows
}

/// For a query that sorts by the sign of the window: negative ids descend as positive ones ascend.
fn direction(window: &Window) -> i64 {
    if window.from_old_end { 1 } else { -1 }
}

pub async fn public(db: &mut PgConnection, wanted: &Public, window: &Window) -> sqlx::Result<Vec<PostId>> {
    // An index serves one direction at a time: each has its own query.
    macro_rules! read {
        ($which:literal, $order:literal $(, $more:expr)*) => {
            sqlx::query_scalar!(
                r#"select id as "id: PostId" from posts
                   where audience = 0 and repost_of is null and not comment and not exists (
                       select 1 from accounts l where l.id = author_id and l.limited_at is not null)
                     and id < $1 and id > $2 and (not $3 or photos > 0) and "# + $which + $order,
                window.below,
                window.above,
                wanted.only_media,
                window.limit,
                $($more,)*
            )
            .fetch_all(db)
            .await?
        };
    }
    let ids = match (wanted.local, window.from_old_end) {
        (true, false) => read!("uri is null", " order by id desc limit $4"),
        (false, false) => read!(
            "(not $5 or uri is not null)",
            " order by id desc limit $4",
            wanted.remote
        ),
        (local, true) => read!(
            "(not $5 or uri is null) and (not $6 or uri is not null)",
            " order by id limit $4",
            local,
            wanted.remote
        ),
    };
    Ok(newest_first(ids, window))
}

pub async fn tagged(db: &mut PgConnection, wanted: &Tagged, window: &Window) -> sqlx::Result<Vec<PostId>> {
    let ids = sqlx::query_scalar!(
        r#"select n.id as "id!: PostId" from (
               select distinct pt.post_id as id from post_tags pt join tags t on t.id = pt.tag_id
               where t.name = any ($1) and pt.post_id < $2 and pt.post_id > $3) n
           join posts p on p.id = n.id
           where p.audience = 0 and p.repost_of is null and not exists (
                     select 1 from accounts l where l.id = p.author_id and l.limited_at is not null)
             and (not $6 or p.photos > 0)
             and (not $7 or p.uri is null) and (not $8 or p.uri is not null)
             and (select count(*) from post_tags pt join tags t on t.id = pt.tag_id
                  where pt.post_id = n.id and t.name = any ($9)) = cardinality($9)
             and not exists (select 1 from post_tags pt join tags t on t.id = pt.tag_id
                             where pt.post_id = n.id and t.name = any ($10))
           order by n.id * $5 limit $4"#,
        &wanted.any,
        window.below,
        window.above,
        window.limit,
        direction(window),
        wanted.only_media,
        wanted.local,
        wanted.remote,
        &wanted.all,
        &wanted.none,
    )
    .fetch_all(db)
    .await?;
    Ok(newest_first(ids, window))
}

/// What an account posted, of that what the viewer may know of: that there are others is not told either. Direct posts are left
/// to conversations.
pub async fn of_account(
    db: &mut PgConnection,
    account: AccountId,
    viewer: AccountId,
    wanted: &OfAccount,
    window: &Window,
) -> sqlx::Result<Vec<PostId>> {
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                r#"select p.id as "id: PostId" from posts p
                   -- by itself for each: joined, the planner may work it out for everybody's posts
                   cross join lateral (select 1 from addressed_posts($9) a where a.id = p.id offset 0) a
                   where author_id = $1 and id < $2 and id > $3 and audience <= 2 and (not $5 or photos > 0)
                     and (not $6 or not comment) and (not $7 or repost_of is null)
                     and ($8::text is null or exists (select 1 from post_tags pt join tags t on t.id = pt.tag_id
                                                      where pt.post_id = p.id and t.name = $8))"# + $order,
                account.0,
                window.below,
                window.above,
                window.limit,
                wanted.only_media,
                wanted.exclude_replies,
                wanted.exclude_reposts,
                wanted.tagged,
                viewer.0,
            )
            .fetch_all(db)
            .await?
        };
    }
    let ids = match window.from_old_end {
        true => read!(" order by id limit $4"),
        false => read!(" order by id desc limit $4"),
    };
    Ok(newest_first(ids, window))
}

/// An account's pins, last pinned first.
pub async fn pinned(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"select post_id as "id: PostId" from pins where account_id = $1 order by id desc limit 40"#,
        account.0,
    )
    .fetch_all(db)
    .await
}

/// A list paged by the ids of its relations: (relation, post), newest first.
pub async fn liked(
    db: &mut PgConnection,
    account: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<(i64, PostId)>> {
    let rows = sqlx::query!(
        r#"select id, post_id as "post_id: PostId" from likes
           where account_id = $1 and id < $2 and id > $3 order by id * $5 limit $4"#,
        account.0,
        window.below,
        window.above,
        window.limit,
        direction(window),
    )
    .fetch_all(db)
    .await?;
    Ok(by_relation(rows.into_iter().map(|row| (row.id, row.post_id))))
}

pub async fn bookmarked(
    db: &mut PgConnection,
    account: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<(i64, PostId)>> {
    let rows = sqlx::query!(
        r#"select id, post_id as "post_id: PostId" from bookmarks
           where account_id = $1 and id < $2 and id > $3 order by id * $5 limit $4"#,
        account.0,
        window.below,
        window.above,
        window.limit,
        direction(window),
    )
    .fetch_all(db)
    .await?;
    Ok(by_relation(rows.into_iter().map(|row| (row.id, row.post_id))))
}

/// Who liked a post: (relation, account), newest first. The viewer does not meet those who are hidden by a block.
pub async fn likers(
    db: &mut PgConnection,
    post: PostId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<(i64, AccountId)>> {
    let rows = sqlx::query!(
        r#"select l.id, l.account_id as "account_id: AccountId" from likes l join accounts a on a.id = l.account_id
           where l.post_id = $1 and l.id < $2 and l.id > $3
             and a.suspended_at is null and a.deleted_at is null
             and not exists (select 1 from hidden h
                             where h.viewer_id = $6 and h.account_id = a.id and h.reasons & 3 <> 0)
           order by l.id * $5 limit $4"#,
        post.0,
        window.below,
        window.above,
        window.limit,
        direction(window),
        viewer.0,
    )
    .fetch_all(db)
    .await?;
    Ok(by_relation(rows.into_iter().map(|row| (row.id, row.account_id))))
}

/// Who passed a post on, openly: (repost, account), newest first; the same.
pub async fn reposters(
    db: &mut PgConnection,
    post: PostId,
    viewer: AccountId,
    window: &Window,
) -> sqlx::Result<Vec<(i64, AccountId)>> {
    let rows = sqlx::query!(
        r#"select p.id, p.author_id as "author_id: AccountId" from posts p join accounts a on a.id = p.author_id
           where p.repost_of = $1 and p.audience <= 1 and p.id < $2 and p.id > $3
             and a.suspended_at is null and a.deleted_at is null
             and not exists (select 1 from hidden h
                             where h.viewer_id = $6 and h.account_id = a.id and h.reasons & 3 <> 0)
           order by p.id * $5 limit $4"#,
        post.0,
        window.below,
        window.above,
        window.limit,
        direction(window),
        viewer.0,
    )
    .fetch_all(db)
    .await?;
    Ok(by_relation(rows.into_iter().map(|row| (row.id, row.author_id))))
}

/// What a post answers, root first, at most so many. Posts of peers may answer each other in a ring: each is there once.
pub async fn ancestors(db: &mut PgConnection, post: PostId, most: i32) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"with recursive up as (
               select id, in_reply_to, 0 as depth from posts where id = $1
               union all
               select p.id, p.in_reply_to, up.depth + 1 from posts p join up on p.id = up.in_reply_to
               where up.depth < $2)
               cycle id set again using ring
           select id as "id!: PostId" from up where depth > 0 and not again order by depth desc"#,
        post.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// What answers a post, and what answers that: depth first, oldest first.
pub async fn descendants(
    db: &mut PgConnection,
    post: PostId,
    deepest: i32,
    most: i64,
) -> sqlx::Result<Vec<PostId>> {
    sqlx::query_scalar!(
        r#"with recursive down as (
               select id, array[id] as path, 0 as depth from posts where id = $1
               union all
               select p.id, down.path || p.id, down.depth + 1 from posts p join down on p.in_reply_to = down.id
               where down.depth < $2 and p.id <> all (down.path))
           select id as "id!: PostId" from down where depth > 0 order by path limit $3"#,
        post.0,
        deepest,
        most,
    )
    .fetch_all(db)
    .await
}
