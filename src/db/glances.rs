//! What changes between two looks at the same posts: the viewer's own part of them, and which of them are not what they
//! were. Never says that a post may be seen; for those that are not for everybody it says whom they are for.

use sqlx::PgConnection;

use super::changes::Told;
use super::feeds::Page;
use crate::domain::ids::{AccountId, PostId};

/// More hidden people than this are not listed one by one.
pub const MOST: usize = 256;

/// One snapshot of the database, as far as a page of known posts needs it.
#[derive(Debug)]
pub struct Glance {
    pub told: Told,
    /// Nothing is written by this transaction that others do not see yet.
    pub settled: bool,
    /// People whom the viewer blocks or mutes, or who block them. More than [`MOST`]: there are more.
    pub hidden: Vec<AccountId>,
    /// The viewer blocks whole servers.
    pub blocks_domains: bool,
    /// The version of the viewer's filters; 0: they never had any.
    pub filters: i32,
    /// Of the posts that are not for everybody, those that are for the viewer.
    pub addressed: Vec<PostId>,
    /// The posts with which the viewer did something, and beside each what: 1 liked, 2 reposted, 4 bookmarked,
    /// 8 pinned, 16 thread muted.
    pub flagged: Vec<PostId>,
    pub flags: Vec<i16>,
}

/// A glance at `ids`, with what was changed by transaction `since` or after it; without `since`, nothing is.
pub async fn glance(
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
    since: Option<i64>,
) -> sqlx::Result<Glance> {
    let row = sqlx::query!(
        r#"select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "horizon!",
               (select xid from card_swept) as "swept!",
               coalesce(n.xids, '{}') as "xids!", coalesce(n.kinds, '{}') as "kinds!",
               coalesce(n.subjects, '{}') as "subjects!",
               pg_current_xact_id_if_assigned() is null as "settled!",
               array(select h.account_id from hidden h where h.viewer_id = $1 limit 257) as "hidden!: Vec<AccountId>",
               exists (select 1 from account_domain_blocks b where b.account_id = $1) as "blocks_domains!",
               coalesce((select f.version from filter_sets f where f.account_id = $1), 0) as "filters!",
               array(select p.id from addressed_posts($1) p where p.id = any ($2) and p.audience >= 2)
                   as "addressed!: Vec<PostId>",
               coalesce(v.posts, '{}') as "flagged!: Vec<PostId>", coalesce(v.flags, '{}') as "flags!"
           from (select array_agg(s.post_id) as posts, array_agg(s.flags) as flags
                 -- between: so that nobody's ten thousand likes are gone through, whichever way is chosen
                 from viewer_state s
                 where s.account_id = $1 and s.post_id = any ($2) and s.post_id between $4 and $5) v,
                (select array_agg(c.xid) as xids, array_agg(c.kind) as kinds, array_agg(c.subject) as subjects
                 from (select c.xid, c.kind, c.subject from card_changes c where c.xid >= $3 limit 1025) c) n"#,
        viewer.0,
        ids as &[PostId],
        since.unwrap_or(i64::MAX),
        ids.iter().min().map_or(0, |id| id.0),
        ids.iter().max().map_or(0, |id| id.0),
    )
    .fetch_one(db)
    .await?;
    Ok(Glance {
        told: Told::new(row.horizon, row.swept, &row.xids, &row.kinds, &row.subjects),
        settled: row.settled,
        hidden: row.hidden,
        blocks_domains: row.blocks_domains,
        filters: row.filters,
        addressed: row.addressed,
        flagged: row.flagged,
        flags: row.flags,
    })
}

/// The newest of what is written to a home feed, with a glance at it: what `feeds::oldest` and `glance` say, in one question
/// and one snapshot, since this page is the one that is asked for most.
pub async fn home(
    db: &mut PgConnection,
    owner: AccountId,
    below: i64,
    above: i64,
    limit: i64,
    since: Option<i64>,
) -> sqlx::Result<(Page, Glance)> {
    let row = sqlx::query!(
        r#"with w as materialized (select floor from feeds where owner_id = $1),
           page as materialized (
               select h.post_id from home_feed h
               where h.owner_id = $1 and h.post_id > $3 and h.post_id < $2
                 and h.post_id >= coalesce((select floor from w), 0)
               order by h.post_id desc limit $4),
           ids as materialized (select array(select post_id from page) as ids)
           select coalesce((select floor from w), 0) as "floor!",
               (select ids from ids) as "ids!: Vec<PostId>",
               exists (select 1 from accounts a join follows f on f.follower_id = $1 and f.followee_id = a.id
                       where a.pulled and f.accepted and f.in_home) as "pulls!",
               pg_snapshot_xmin(pg_current_snapshot())::text::bigint as "horizon!",
               (select xid from card_swept) as "swept!",
               coalesce(n.xids, '{}') as "xids!", coalesce(n.kinds, '{}') as "kinds!",
               coalesce(n.subjects, '{}') as "subjects!",
               pg_current_xact_id_if_assigned() is null as "settled!",
               array(select h.account_id from hidden h where h.viewer_id = $1 limit 257) as "hidden!: Vec<AccountId>",
               exists (select 1 from account_domain_blocks b where b.account_id = $1) as "blocks_domains!",
               coalesce((select f.version from filter_sets f where f.account_id = $1), 0) as "filters!",
               array(select p.id from addressed_posts($1) p where p.id = any ((select ids from ids)::bigint[])
                     and p.audience >= 2) as "addressed!: Vec<PostId>",
               coalesce(v.posts, '{}') as "flagged!: Vec<PostId>", coalesce(v.flags, '{}') as "flags!"
           from (select array_agg(s.post_id) as posts, array_agg(s.flags) as flags
                 from viewer_state s
                 where s.account_id = $1 and s.post_id = any ((select ids from ids)::bigint[])
                   and s.post_id between (select min(post_id) from page) and (select max(post_id) from page)) v,
                (select array_agg(c.xid) as xids, array_agg(c.kind) as kinds, array_agg(c.subject) as subjects
                 from (select c.xid, c.kind, c.subject from card_changes c where c.xid >= $5 limit 1025) c) n"#,
        owner.0,
        below,
        above,
        limit,
        since.unwrap_or(i64::MAX),
    )
    .fetch_one(db)
    .await?;
    let page = Page {
        ids: row.ids,
        floor: row.floor,
        pulls: row.pulls,
    };
    let glance = Glance {
        told: Told::new(row.horizon, row.swept, &row.xids, &row.kinds, &row.subjects),
        settled: row.settled,
        hidden: row.hidden,
        blocks_domains: row.blocks_domains,
        filters: row.filters,
        addressed: row.addressed,
        flagged: row.flagged,
        flags: row.flags,
    };
    Ok((page, glance))
}
