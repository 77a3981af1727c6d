//! What stored pictures take, added up. Counts what rows say: only whoever looks through the store knows what is there.

use sqlx::PgConnection;

use crate::domain::ids::MediaId;
use crate::domain::picture::Purpose;

/// What all pictures of one kind take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Total {
    pub elsewhere: bool,
    pub purpose: Purpose,
    pub bytes: i64,
}

/// Adds changes up, at most so many. Gives how many.
pub async fn merge(db: &mut PgConnection, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"with gone as (
               delete from media_usage_changes where id = any (array(
                   select id from media_usage_changes order by id limit $1 for update skip locked))
               returning elsewhere, purpose, bytes),
           merged as (
               insert into media_usage (elsewhere, purpose, bytes)
               select elsewhere, purpose, sum(bytes) from gone group by 1, 2 order by 1, 2
               on conflict (elsewhere, purpose) do update set bytes = media_usage.bytes + excluded.bytes)
           select count(*) as "many!" from gone"#,
        most,
    )
    .fetch_one(db)
    .await
}

/// What there is of each kind, with what is not merged yet.
pub async fn totals(db: &mut PgConnection) -> sqlx::Result<Vec<Total>> {
    sqlx::query_as!(
        Total,
        r#"select elsewhere as "elsewhere!", purpose as "purpose!: Purpose", sum(bytes)::bigint as "bytes!"
           from (select elsewhere, purpose, bytes from media_usage
                 union all select elsewhere, purpose, bytes from media_usage_changes) u
           group by 1, 2 order by 1, 2"#,
    )
    .fetch_all(db)
    .await
}

/// Pictures of one kind, counted one by one.
#[derive(Clone, Copy, Debug)]
pub struct OfKind {
    pub elsewhere: bool,
    pub purpose: Purpose,
    pub pictures: i64,
    /// Those whose files are here.
    pub stored: i64,
    pub bytes: i64,
    /// Those of which nobody knows yet what they take.
    pub unmeasured: i64,
}

/// Looks at every row: for whoever asks by hand.
pub async fn by_kind(db: &mut PgConnection) -> sqlx::Result<Vec<OfKind>> {
    sqlx::query_as!(
        OfKind,
        r#"select remote_url is not null as "elsewhere!", purpose as "purpose!: Purpose", count(*) as "pictures!",
               count(*) filter (where state = 1) as "stored!", coalesce(sum(stored_bytes), 0)::bigint as "bytes!",
               count(*) filter (where state = 1 and stored_bytes is null) as "unmeasured!"
           from media group by 1, 2 order by 1, 2"#,
    )
    .fetch_all(db)
    .await
}

/// Copies of other servers' pictures whose keys end in one of these.
#[derive(Clone, Copy, Debug)]
pub struct Apart {
    pub pictures: i64,
    pub bytes: i64,
}

/// Looks at every copy: for whoever asks by hand.
pub async fn apart(db: &mut PgConnection, last_letters: &[String]) -> sqlx::Result<Apart> {
    sqlx::query_as!(
        Apart,
        r#"select count(*) as "pictures!", coalesce(sum(stored_bytes), 0)::bigint as "bytes!"
           from media where remote_url is not null and state = 1 and right(key, 1) = any ($1)"#,
        last_letters,
    )
    .fetch_one(db)
    .await
}

/// What the pictures of one server take.
#[derive(Clone, Debug)]
pub struct Share {
    pub name: String,
    pub pictures: i64,
    pub bytes: i64,
}

/// The servers whose pictures take most.
pub async fn by_host(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<Share>> {
    sqlx::query_as!(
        Share,
        r#"select remote_host as "name!", count(*) as "pictures!", sum(stored_bytes)::bigint as "bytes!"
           from media where remote_host is not null and stored_bytes > 0
           group by 1 order by 3 desc, 1 limit $1"#,
        most,
    )
    .fetch_all(db)
    .await
}

/// What the pictures of one person take, and what of it they sent.
#[derive(Clone, Debug)]
pub struct Keeper {
    pub name: String,
    pub pictures: i64,
    pub bytes: i64,
    /// What counts against their quota.
    pub sent: i64,
    pub quota_bytes: Option<i64>,
}

/// The people here whose pictures take most.
pub async fn by_person(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<Keeper>> {
    sqlx::query_as!(
        Keeper,
        r#"select a.username as "name!", m.pictures as "pictures!", m.bytes as "bytes!", m.sent as "sent!", u.quota_bytes
           from (select owner_id, count(*) as pictures, sum(stored_bytes)::bigint as bytes,
                     coalesce(sum(bytes) filter (where post_id is not null or attached_at is null), 0)::bigint as sent
                 from media where remote_url is null and stored_bytes > 0 group by 1) m
           join accounts a on a.id = m.owner_id
           left join users u on u.account_id = a.id
           order by 3 desc, 1 limit $1"#,
        most,
    )
    .fetch_all(db)
    .await
}

/// A picture that is there, and where.
#[derive(Clone, Debug)]
pub struct Placed {
    pub id: MediaId,
    pub key: String,
    pub original_key: Option<String>,
    /// Names the upload for others.
    pub shared_key: Option<String>,
    pub elsewhere: bool,
    /// It is a video, or a GIF that became one.
    pub moves: bool,
    pub stored_bytes: Option<i64>,
}

/// Some of which nobody knows yet what they take.
pub async fn unmeasured(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<Placed>> {
    sqlx::query_as!(
        Placed,
        r#"select id as "id: MediaId", key, original_key, shared_key, remote_url is not null as "elsewhere!",
               kind in (1, 2) as "moves!", stored_bytes
           from media where state = 1 and stored_bytes is null
             and not exists (select 1 from withheld_files h where h.key = media.key)
           order by id limit $1"#,
        most,
    )
    .fetch_all(db)
    .await
}

/// Notes what pictures take that still lie under the keys at which somebody looked.
pub async fn measured(db: &mut PgConnection, found: &[(MediaId, String, i64)]) -> sqlx::Result<()> {
    let ids: Vec<i64> = found.iter().map(|(id, ..)| id.0).collect();
    let keys: Vec<String> = found.iter().map(|(_, key, _)| key.clone()).collect();
    let bytes: Vec<i64> = found.iter().map(|(.., bytes)| *bytes).collect();
    sqlx::query!(
        "update media m set stored_bytes = n.bytes
         from unnest($1::bigint[], $2::text[], $3::bigint[]) n (id, key, bytes)
         where m.id = n.id and m.key = n.key and m.state = 1",
        &ids,
        &keys,
        &bytes,
    )
    .execute(db)
    .await?;
    Ok(())
}
