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
    pub report_id: Option<i64>,
    /// None: it stands alone.
    pub group_key: Option<String>,
    /// Set aside by its recipient's policy.
    pub filtered: bool,
    pub created_at: Time,
}

/// Which of them.
#[derive(Clone, Debug)]
pub struct Chosen {
    /// As stored.
    pub kinds: Vec<i16>,
    /// Only of this person.
    pub from: Option<AccountId>,
    /// With what is set aside.
    pub filtered: bool,
}

impl Chosen {
    /// All that is not set aside.
    pub fn all() -> Self {
        Self {
            kinds: Kind::ALL.map(|kind| kind as i16).to_vec(),
            from: None,
            filtered: false,
        }
    }
}

/// A page, newest first.
pub async fn page(
    db: &mut PgConnection,
    of: AccountId,
    chosen: &Chosen,
    window: &Window,
) -> sqlx::Result<Vec<Notification>> {
    sqlx::query_as!(
        Notification,
        r#"with mine as not materialized (
               select n.* from met_notifications($1) n
               where n.id < $2 and n.id > $3 and n.kind = any ($6) and ($7::bigint is null or n.from_id = $7)
                 and (not n.filtered or $8))
           select id as "id!: NotificationId", kind as "kind!", from_id as "from_id!: AccountId",
               post_id as "post_id: PostId", report_id, group_key, filtered as "filtered!", created_at as "created_at!"
           from ((select * from mine where not $4 order by id desc limit $5)
                 union all
                 (select * from mine where $4 order by id limit $5)) page
           order by 1 desc"#,
        of.0,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
        &chosen.kinds,
        chosen.from.map(|from| from.0),
        chosen.filtered,
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
    let window = Window {
        below: id.0.saturating_add(1),
        above: id.0 - 1,
        from_old_end: false,
        limit: 1,
    };
    Ok(page(db, of, &Chosen::all(), &window).await?.pop())
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
               report_id, group_key, filtered, created_at
           from notifications where account_id = $1 and id = $2"#,
        of.0,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// How many are above the reader's marker, counted to `most`: what their list shows of them.
pub async fn unread(db: &mut PgConnection, of: AccountId, chosen: &Chosen, most: i64) -> sqlx::Result<i64> {
    let above = read_to(db, of).await?;
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from (
               select 1 from met_notifications($1) n
               where n.id > $2 and n.kind = any ($3) and ($4::bigint is null or n.from_id = $4)
                 and (not n.filtered or $5)
               order by n.id desc limit $6) unread"#,
        of.0,
        above,
        &chosen.kinds,
        chosen.from.map(|from| from.0),
        chosen.filtered,
        most,
    )
    .fetch_one(db)
    .await
}

/// How far somebody has read; 0: nothing.
pub async fn read_to(db: &mut PgConnection, of: AccountId) -> sqlx::Result<i64> {
    let marker = sqlx::query_scalar!(
        "select last_read_id from markers where account_id = $1 and timeline = 'notifications'",
        of.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(marker.unwrap_or_default())
}

/// All but what is set aside, which is asked about elsewhere.
pub async fn clear(db: &mut PgConnection, of: AccountId) -> sqlx::Result<()> {
    sqlx::query!(
        "delete from notifications where account_id = $1 and not filtered",
        of.0
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Takes away those that are somebody's own. Gives how many there were.
pub async fn dismiss(db: &mut PgConnection, of: AccountId, ids: &[NotificationId]) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from notifications where account_id = $1 and id = any ($2)",
        of.0,
        ids as &[NotificationId],
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
