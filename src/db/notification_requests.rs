//! Senders of whom somebody's policy set something aside, and that which was set aside. Decides nothing about who is.
//! One of whom nothing is left to show is not there.

use sqlx::PgConnection;

use super::listed::Window;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, NotificationRequestId, PostId};

/// Further than this nothing is counted: it is a number beside a bell.
const MOST_COUNTED: i64 = 100;

/// A sender, with how much there is of them and the newest post of it.
#[derive(Clone, Debug)]
pub struct Request {
    pub id: NotificationRequestId,
    pub from_id: AccountId,
    pub notifications: i64,
    pub last_post: Option<PostId>,
    pub created_at: Time,
    pub updated_at: Time,
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, of: AccountId, window: &Window) -> sqlx::Result<Vec<Request>> {
    sqlx::query_as!(
        Request,
        r#"with open as not materialized (
               select r.*, n.notifications, n.last_post
               from notification_requests r
               cross join lateral (
                   select count(*) as notifications, max(post_id) as last_post
                   from (select m.post_id from met_notifications($1) m
                         where m.filtered and m.from_id = r.from_id order by m.id desc limit $6) newest) n
               where r.account_id = $1 and r.accepted_at is null and r.id < $2 and r.id > $3 and n.notifications > 0)
           select id as "id!: NotificationRequestId", from_id as "from_id!: AccountId",
               notifications as "notifications!", last_post as "last_post: PostId", created_at as "created_at!",
               updated_at as "updated_at!"
           from ((select * from open where not $4 order by id desc limit $5)
                 union all
                 (select * from open where $4 order by id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        MOST_COUNTED,
    )
    .fetch_all(db)
    .await
}

/// One of somebody's own.
pub async fn one(
    db: &mut PgConnection,
    of: AccountId,
    id: NotificationRequestId,
) -> sqlx::Result<Option<Request>> {
    let window = Window {
        below: id.0.saturating_add(1),
        above: id.0.saturating_sub(1),
        from_old_end: false,
        limit: 1,
    };
    Ok(page(db, of, &window).await?.pop())
}

/// How many senders wait to be decided about, and how much there is of them, each as far as is counted.
pub async fn pending(db: &mut PgConnection, of: AccountId) -> sqlx::Result<(i64, i64)> {
    let window = Window {
        below: i64::MAX,
        above: 0,
        from_old_end: false,
        limit: MOST_COUNTED,
    };
    let open = page(db, of, &window).await?;
    let notifications: i64 = open.iter().map(|one| one.notifications).sum();
    Ok((
        i64::try_from(open.len()).unwrap_or(MOST_COUNTED),
        notifications.min(MOST_COUNTED),
    ))
}

/// Marks those that are somebody's own as accepted; gives their senders.
pub async fn accept(
    db: &mut PgConnection,
    of: AccountId,
    ids: &[NotificationRequestId],
    now: Time,
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"update notification_requests set accepted_at = $3
           where account_id = $1 and id = any ($2) and accepted_at is null
           returning from_id as "from_id: AccountId""#,
        of.0,
        ids as &[NotificationRequestId],
        now,
    )
    .fetch_all(db)
    .await
}

/// Puts at most so many of what was set aside among the rest. Gives how many.
pub async fn merge(db: &mut PgConnection, of: AccountId, from: AccountId, most: i64) -> sqlx::Result<u64> {
    let merged = sqlx::query!(
        "update notifications set filtered = false
         where id = any (array(
             select id from notifications where account_id = $1 and from_id = $2 and filtered order by id desc limit $3))",
        of.0,
        from.0,
        most,
    )
    .execute(db)
    .await?;
    Ok(merged.rows_affected())
}

/// It is merged.
pub async fn close(db: &mut PgConnection, of: AccountId, from: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from notification_requests where account_id = $1 and from_id = $2 and accepted_at is not null",
        of.0,
        from.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether something that somebody accepted is not merged yet.
pub async fn is_merging(db: &mut PgConnection, of: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from notification_requests where account_id = $1 and accepted_at is not null) as "is!""#,
        of.0,
    )
    .fetch_one(db)
    .await
}

/// Takes away those of somebody's own that are not accepted, with all that was set aside. Gives how many there were.
pub async fn dismiss(
    db: &mut PgConnection,
    of: AccountId,
    ids: &[NotificationRequestId],
) -> sqlx::Result<u64> {
    let gone = sqlx::query_scalar!(
        r#"with gone as (
               delete from notification_requests
               where account_id = $1 and id = any ($2) and accepted_at is null returning from_id),
           aside as (
               delete from notifications n using gone g
               where n.account_id = $1 and n.from_id = g.from_id and n.filtered)
           select count(*) as "gone!" from gone"#,
        of.0,
        ids as &[NotificationRequestId],
    )
    .fetch_one(db)
    .await?;
    Ok(gone.unsigned_abs())
}
