//! Notifications as groups: those of one kind about one thing are one, at the place of the newest of them. So each group is
//! met once by whoever goes through the pages, and comes up again when it grows.

use sqlx::PgConnection;

use super::listed::{Listed, Window};
use super::notification_lists::Chosen;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, PostId, RelationId};

/// How many people of a group are named.
const SAMPLES: i32 = 8;
/// Further than this the members of a group are not counted.
const MOST_COUNTED: i64 = 10_000;

#[derive(Clone, Debug)]
pub struct Group {
    /// The newest of it, whose place it has.
    pub newest: NotificationId,
    pub oldest: NotificationId,
    /// None: a single one that stands alone.
    pub key: Option<String>,
    pub kind: i16,
    pub count: i64,
    /// The newest first.
    pub from_ids: Vec<AccountId>,
    pub post_id: Option<PostId>,
    pub report_id: Option<i64>,
    /// When the newest was.
    pub created_at: Time,
}

/// Which of them are groups.
#[derive(Clone, Debug)]
pub struct Grouping {
    pub chosen: Chosen,
    /// As stored; others of the kinds that are chosen stand alone.
    pub grouped: Vec<i16>,
}

/// Ids of the newest of each group of a page, newest first.
pub async fn heads(
    db: &mut PgConnection,
    of: AccountId,
    grouping: &Grouping,
    window: &Window,
) -> sqlx::Result<Vec<NotificationId>> {
    sqlx::query_scalar!(
        r#"with heads as not materialized (
               select n.id from met_notifications($1) n
               where n.id < $2 and n.id > $3 and n.kind = any ($6) and ($7::bigint is null or n.from_id = $7)
                 and (not n.filtered or $8)
                 -- there is no newer one in its group
                 and not (n.group_key is not null and n.kind = any ($9) and exists (
                     select 1 from heard_notifications($1) m
                     where m.group_key = n.group_key and m.id > n.id and ($7::bigint is null or m.from_id = $7)
                       and (not m.filtered or $8))))
           select id as "id!: NotificationId"
           from ((select * from heads where not $4 order by id desc limit $5)
                 union all
                 (select * from heads where $4 order by id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        &grouping.chosen.kinds,
        grouping.chosen.from.map(|from| from.0),
        grouping.chosen.filtered,
        &grouping.grouped,
    )
    .fetch_all(db)
    .await
}

/// The groups of these heads, newest first.
pub async fn of_heads(
    db: &mut PgConnection,
    of: AccountId,
    grouping: &Grouping,
    heads: &[NotificationId],
) -> sqlx::Result<Vec<Group>> {
    sqlx::query_as!(
        Group,
        r#"select n.id as "newest: NotificationId", coalesce(g.oldest, n.id) as "oldest!: NotificationId",
               case when g.count > 0 then n.group_key end as key, n.kind, greatest(g.count, 1) as "count!",
               coalesce(g.from_ids, array[n.from_id]) as "from_ids!: Vec<AccountId>",
               n.post_id as "post_id: PostId", n.report_id, n.created_at
           from notifications n
           cross join lateral (
               select count(*) as count, min(m.id) as oldest, (array_agg(m.from_id order by m.id desc))[1:$6] as from_ids
               from (select m.id, m.from_id from heard_notifications($1) m
                     where n.kind = any ($5) and m.group_key = n.group_key and m.id <= n.id
                       and ($3::bigint is null or m.from_id = $3) and (not m.filtered or $4)
                     order by m.id desc limit $7) m) g
           where n.account_id = $1 and n.id = any ($2)
           order by n.id desc"#,
        of.0,
        heads as &[NotificationId],
        grouping.chosen.from.map(|from| from.0),
        grouping.chosen.filtered,
        &grouping.grouped,
        SAMPLES,
        MOST_COUNTED,
    )
    .fetch_all(db)
    .await
}

/// The newest of the group of this name, if their list shows it.
pub async fn head(db: &mut PgConnection, of: AccountId, key: &str) -> sqlx::Result<Option<NotificationId>> {
    sqlx::query_scalar!(
        r#"select id as "id!: NotificationId" from met_notifications($1)
           where group_key = $2 and not filtered order by id desc limit 1"#,
        of.0,
        key,
    )
    .fetch_optional(db)
    .await
}

/// Those who are in a group, by the ids of their notifications, newest first.
pub async fn members(
    db: &mut PgConnection,
    of: AccountId,
    key: &str,
    window: &Window,
) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        r#"with members as not materialized (
               select n.id, n.from_id from met_notifications($1) n
               where n.group_key = $2 and not n.filtered and n.id < $3 and n.id > $4)
           select id as "id!: RelationId", from_id as "account!: AccountId"
           from ((select * from members where not $5 order by id desc limit $6)
                 union all
                 (select * from members where $5 order by id limit $6)) page
           order by 1 desc"#,
        of.0,
        key,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

/// Takes a whole group away. Gives how many there were.
pub async fn dismiss(db: &mut PgConnection, of: AccountId, key: &str) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from notifications where account_id = $1 and group_key = $2 and not filtered",
        of.0,
        key,
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
