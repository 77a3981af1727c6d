//! Notifications as they are read. What the reader does not meet any more, or may not see, is left out here already:
//! a page must not come back empty while there are older ones.

use sqlx::PgConnection;

use super::listed::Window;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;

#[derive(Clone, Debug)]
pub struct Notification {
    pub id: NotificationId,
    pub kind: i16,
    pub from_id: AccountId,
    pub post_id: Option<PostId>,
    pub created_at: Time,
}

/// Which of them.
#[derive(Debug)]
pub struct Chosen<'a> {
    /// As stored.
    pub kinds: &'a [i16],
    /// Only of this person.
    pub from: Option<AccountId>,
}

/// A page, newest first.
pub async fn page(
    db: &mut PgConnection,
    of: AccountId,
    chosen: &Chosen<'_>,
    window: &Window,
) -> sqlx::Result<Vec<Notification>> {
    sqlx::query_as!(
        Notification,
        r#"with mine as not materialized (
               select n.* from notifications n join accounts a on a.id = n.from_id
               where n.account_id = $1 and n.id < $2 and n.id > $3 and n.kind = any ($6)
                 and ($7::bigint is null or n.from_id = $7)
                 and a.suspended_at is null and a.deleted_at is null
                 and not exists (
                     select 1 from hidden h
                     where h.viewer_id = $1 and h.account_id = n.from_id
                       and (h.reasons & 3 <> 0
                            or exists (select 1 from mutes m where m.account_id = $1 and m.target_id = n.from_id
                                       and m.notifications)))
                 and (n.post_id is null or exists (select 1 from visible_posts($1) p where p.id = n.post_id)))
           select id as "id!: NotificationId", kind as "kind!", from_id as "from_id!: AccountId",
               post_id as "post_id: PostId", created_at as "created_at!"
           from ((select * from mine where not $4 order by id desc limit $5)
                 union all
                 (select * from mine where $4 order by id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        chosen.kinds,
        chosen.from.map(|from| from.0),
    )
    .fetch_all(db)
    .await
}

/// One of somebody's own, if their list shows it.
pub async fn shown(
    db: &mut PgConnection,
    of: AccountId,
    id: NotificationId,
) -> sqlx::Result<Option<Notification>> {
    let chosen = Chosen {
        kinds: &Kind::ALL.map(|kind| kind as i16),
        from: None,
    };
    let window = Window {
        below: id.0.saturating_add(1),
        above: id.0 - 1,
        from_old_end: false,
        limit: 1,
    };
    Ok(page(db, of, &chosen, &window).await?.pop())
}

/// One of somebody's own.
pub async fn one(
    db: &mut PgConnection,
    of: AccountId,
    id: NotificationId,
) -> sqlx::Result<Option<Notification>> {
    sqlx::query_as!(
        Notification,
        r#"select id as "id: NotificationId", kind, from_id as "from_id: AccountId", post_id as "post_id: PostId",
               created_at
           from notifications where account_id = $1 and id = $2"#,
        of.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// How many are above the reader's marker, counted to `most`.
pub async fn unread(db: &mut PgConnection, of: AccountId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select 1 from notifications
               where account_id = $1
                 and id > coalesce((select last_read_id from markers
                                    where account_id = $1 and timeline = 'notifications'), 0)
               order by id desc limit $2) unread"#,
        of.0,
        most,
    )
    .fetch_one(db)
    .await
}

pub async fn clear(db: &mut PgConnection, of: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from notifications where account_id = $1", of.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Whether there was one.
pub async fn dismiss(db: &mut PgConnection, of: AccountId, id: NotificationId) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from notifications where account_id = $1 and id = $2",
        of.0,
        id.0
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}
