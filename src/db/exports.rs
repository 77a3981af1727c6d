//! Whom somebody follows, blocks or mutes, as their own files have it. A page at a time, by relation.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, RelationId};

/// Somebody in a file.
#[derive(Debug)]
pub struct Line {
    pub id: RelationId,
    pub username: String,
    /// None: here.
    pub authority: Option<String>,
    /// Follow: with reposts; mute: with notifications.
    pub with_more: bool,
    pub notify: bool,
    pub languages: Vec<String>,
}

pub async fn following(
    db: &mut PgConnection,
    of: AccountId,
    after: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select f.id as "id: RelationId", a.username, h.authority as "authority?",
               f.shows_reposts as "with_more!", f.notifies as "notify!", coalesce(f.languages, '{}') as "languages!"
           from follows f join accounts a on a.id = f.followee_id left join hosts h on h.id = a.host_id
           where f.follower_id = $1 and f.accepted and f.id > $2 and a.deleted_at is null order by f.id limit $3"#,
        of.0,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

pub async fn followers(
    db: &mut PgConnection,
    of: AccountId,
    after: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select f.id as "id: RelationId", a.username, h.authority as "authority?",
               true as "with_more!", false as "notify!", '{}'::text[] as "languages!"
           from follows f join accounts a on a.id = f.follower_id left join hosts h on h.id = a.host_id
           where f.followee_id = $1 and f.accepted and f.id > $2 and a.deleted_at is null order by f.id limit $3"#,
        of.0,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

pub async fn blocks(
    db: &mut PgConnection,
    of: AccountId,
    after: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select b.id as "id: RelationId", a.username, h.authority as "authority?",
               true as "with_more!", false as "notify!", '{}'::text[] as "languages!"
           from blocks b join accounts a on a.id = b.target_id left join hosts h on h.id = a.host_id
           where b.account_id = $1 and b.id > $2 and a.deleted_at is null order by b.id limit $3"#,
        of.0,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}

pub async fn mutes(
    db: &mut PgConnection,
    of: AccountId,
    after: RelationId,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        r#"select m.id as "id: RelationId", a.username, h.authority as "authority?",
               m.notifications as "with_more!", false as "notify!", '{}'::text[] as "languages!"
           from mutes m join accounts a on a.id = m.target_id left join hosts h on h.id = a.host_id
           where m.account_id = $1 and m.id > $2 and a.deleted_at is null order by m.id limit $3"#,
        of.0,
        after.0,
        most,
    )
    .fetch_all(db)
    .await
}
