//! Who follows whom, and who asked to. Keeps the counts beside the rows; tells nobody.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, RelationId};

/// A follow, or the request for one.
#[derive(Clone, Debug)]
pub struct Follow {
    pub id: RelationId,
    pub follower_id: AccountId,
    pub followee_id: AccountId,
    pub accepted: bool,
    /// The Follow's own id, where one of the two lives elsewhere.
    pub uri: Option<String>,
}

#[derive(Debug)]
pub struct NewFollow<'a> {
    pub id: RelationId,
    pub follower: AccountId,
    pub followee: AccountId,
    pub accepted: bool,
    pub uri: Option<&'a str>,
    pub now: Time,
}

/// Whether there was none before. [`count_accepted`] is to follow when it is accepted.
pub async fn insert(db: &mut PgConnection, new: &NewFollow<'_>) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into follows (follower_id, followee_id, id, accepted, uri, created_at)
         values ($1, $2, $3, $4, $5, $6) on conflict do nothing",
        new.follower.0,
        new.followee.0,
        new.id.0,
        new.accepted,
        new.uri,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}

/// Counts a new follow with both. Last in its transaction: whoever follows the same person meanwhile waits from here on.
pub async fn count_accepted(
    db: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> sqlx::Result<()> {
    count(db, follower, followee, 1).await
}

pub async fn between(
    db: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> sqlx::Result<Option<Follow>> {
    sqlx::query_as!(
        Follow,
        r#"select id as "id: RelationId", follower_id as "follower_id: AccountId",
               followee_id as "followee_id: AccountId", accepted, uri
           from follows where follower_id = $1 and followee_id = $2"#,
        follower.0,
        followee.0,
    )
    .fetch_optional(db)
    .await
}

/// The follow of that address, of this followee only: an address alone proves nothing.
pub async fn of_followee_by_uri(
    db: &mut PgConnection,
    followee: AccountId,
    uri: &str,
) -> sqlx::Result<Option<Follow>> {
    sqlx::query_as!(
        Follow,
        r#"select id as "id: RelationId", follower_id as "follower_id: AccountId",
               followee_id as "followee_id: AccountId", accepted, uri
           from follows where uri = $2 and followee_id = $1 limit 1"#,
        followee.0,
        uri,
    )
    .fetch_optional(db)
    .await
}

/// The follow of that address, of this follower only.
pub async fn of_follower_by_uri(
    db: &mut PgConnection,
    follower: AccountId,
    uri: &str,
) -> sqlx::Result<Option<Follow>> {
    sqlx::query_as!(
        Follow,
        r#"select id as "id: RelationId", follower_id as "follower_id: AccountId",
               followee_id as "followee_id: AccountId", accepted, uri
           from follows where uri = $2 and follower_id = $1 limit 1"#,
        follower.0,
        uri,
    )
    .fetch_optional(db)
    .await
}

/// Makes a request a follow; whether it was one that waited.
pub async fn accept(db: &mut PgConnection, follower: AccountId, followee: AccountId) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update follows set accepted = true where follower_id = $1 and followee_id = $2 and not accepted",
        follower.0,
        followee.0,
    )
    .execute(&mut *db)
    .await?;
    let is_new = changed.rows_affected() > 0;
    if is_new {
        count(db, follower, followee, 1).await?;
    }
    Ok(is_new)
}

/// Takes a follow or a request away; what it was.
pub async fn delete(
    db: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
) -> sqlx::Result<Option<Follow>> {
    let gone = sqlx::query_as!(
        Follow,
        r#"delete from follows where follower_id = $1 and followee_id = $2
           returning id as "id: RelationId", follower_id as "follower_id: AccountId",
               followee_id as "followee_id: AccountId", accepted, uri"#,
        follower.0,
        followee.0,
    )
    .fetch_optional(&mut *db)
    .await?;
    if gone.as_ref().is_some_and(|follow| follow.accepted) {
        count(db, follower, followee, -1).await?;
    }
    Ok(gone)
}

/// A peer that asks again does so under a new address, and wants the answer to that one.
pub async fn set_uri(db: &mut PgConnection, id: RelationId, uri: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update follows set uri = $2 where id = $1 and uri is distinct from $2",
        id.0,
        uri
    )
    .execute(db)
    .await?;
    Ok(())
}

/// What a follower wants to see of it; absent means unchanged.
#[derive(Clone, Debug, Default)]
pub struct Wishes {
    pub shows_reposts: Option<bool>,
    pub notifies: Option<bool>,
    /// An empty list means all languages.
    pub languages: Option<Vec<String>>,
}

pub async fn wish(
    db: &mut PgConnection,
    follower: AccountId,
    followee: AccountId,
    wishes: &Wishes,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update follows set
             shows_reposts = coalesce($3, shows_reposts),
             notifies = coalesce($4, notifies),
             languages = case when $5::text[] is null then languages else nullif($5, '{}') end
         where follower_id = $1 and followee_id = $2",
        follower.0,
        followee.0,
        wishes.shows_reposts,
        wishes.notifies,
        wishes.languages.as_deref(),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// How many somebody follows or asked to follow.
pub async fn how_many(db: &mut PgConnection, follower: AccountId) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!" from follows where follower_id = $1"#,
        follower.0
    )
    .fetch_one(db)
    .await
}

/// Everybody with whom somebody has a follow, or the request for one, and who lives on that server. At most `most`.
pub async fn neighbours_at(
    db: &mut PgConnection,
    account: AccountId,
    authority: &str,
    most: i64,
) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select a.id as "id: AccountId" from accounts a join hosts h on h.id = a.host_id
           where h.authority = $2
             and (exists (select 1 from follows f where f.follower_id = $1 and f.followee_id = a.id)
                  or exists (select 1 from follows f where f.follower_id = a.id and f.followee_id = $1))
           limit $3"#,
        account.0,
        authority,
        most,
    )
    .fetch_all(db)
    .await
}

/// Both counts in the order of ids, so that two follows that cross do not wait for each other.
async fn count(db: &mut PgConnection, follower: AccountId, followee: AccountId, by: i32) -> sqlx::Result<()> {
    sqlx::query!(
        "with locked as materialized (
             select c.account_id, a.host_id is null as is_local
             from account_counts c join accounts a on a.id = $1
             where c.account_id in ($1, $2) order by c.account_id for update of c)
         update account_counts c set
             following = greatest(0, c.following + case when c.account_id = $1 then $3 else 0 end),
             followers = greatest(0, c.followers + case when c.account_id = $2 then $3 else 0 end),
             local_followers = greatest(0,
                 c.local_followers + case when c.account_id = $2 and l.is_local then $3 else 0 end)
         from locked l where l.account_id = c.account_id",
        follower.0,
        followee.0,
        by,
    )
    .execute(db)
    .await?;
    Ok(())
}
