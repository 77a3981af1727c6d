//! The list of pictures that are not wanted, and which of them are here. Decides nothing about one.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, KnownPictureId, MediaId, PostId};
use crate::domain::known_bad::{Action, Mark};
use crate::domain::window::Window;

/// An entry of the list.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: KnownPictureId,
    pub mark: Mark,
    pub action: Action,
    pub comment: String,
    /// How often a picture met it.
    pub hits: i64,
    pub last_hit_at: Option<Time>,
    pub created_at: Time,
}

#[derive(Debug)]
pub struct NewEntry<'a> {
    pub id: KnownPictureId,
    pub mark: Mark,
    pub action: Action,
    pub comment: &'a str,
    pub now: Time,
}

/// Adds one, or says something else of one that is there.
pub async fn put(db: &mut PgConnection, new: &NewEntry<'_>) -> sqlx::Result<()> {
    let (kind, hash) = stored(&new.mark);
    sqlx::query!(
        "insert into known_bad (id, kind, hash, look, action, comment, created_at)
         values ($1, $2::smallint, $3, case when $2::smallint = 1 then ('x' || encode($3, 'hex'))::bit(256) end, $4, $5, $6)
         on conflict on constraint known_bad_hash do update set action = excluded.action, comment = excluded.comment",
        new.id.0,
        kind,
        hash,
        new.action as i16,
        new.comment,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether it was there.
pub async fn remove(db: &mut PgConnection, mark: &Mark) -> sqlx::Result<bool> {
    let (kind, hash) = stored(mark);
    let gone = sqlx::query!("delete from known_bad where kind = $1 and hash = $2", kind, hash)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// An entry as it is kept.
struct Row {
    id: KnownPictureId,
    kind: i16,
    hash: String,
    action: Action,
    comment: String,
    hits: i64,
    last_hit_at: Option<Time>,
    created_at: Time,
}

impl Row {
    fn entry(self) -> Option<Entry> {
        Some(Entry {
            id: self.id,
            mark: Mark::parse(Mark::KINDS[usize::from(self.kind != 0)], &self.hash)?,
            action: self.action,
            comment: self.comment,
            hits: self.hits,
            last_hit_at: self.last_hit_at,
            created_at: self.created_at,
        })
    }
}

pub async fn by_id(db: &mut PgConnection, id: KnownPictureId) -> sqlx::Result<Option<Entry>> {
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: KnownPictureId", kind, encode(hash, 'hex') as "hash!", action as "action: Action", comment, hits,
               last_hit_at, created_at
           from known_bad where id = $1"#,
        id.0
    );
    Ok(row.fetch_optional(db).await?.and_then(Row::entry))
}

pub async fn by_mark(db: &mut PgConnection, mark: &Mark) -> sqlx::Result<Option<Entry>> {
    let (kind, hash) = stored(mark);
    let row = sqlx::query_as!(
        Row,
        r#"select id as "id: KnownPictureId", kind, encode(hash, 'hex') as "hash!", action as "action: Action", comment, hits,
               last_hit_at, created_at
           from known_bad where kind = $1 and hash = $2"#,
        kind,
        hash
    );
    Ok(row.fetch_optional(db).await?.and_then(Row::entry))
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Entry>> {
    let rows = sqlx::query_as!(
        Row,
        r#"select id as "id!: KnownPictureId", kind as "kind!", encode(hash, 'hex') as "hash!", action as "action!: Action",
               comment as "comment!", hits as "hits!", last_hit_at, created_at as "created_at!"
           from (select * from known_bad where id < $1 and id > $2
                 order by case when $3 then id else -id end limit $4) page
           order by id desc"#,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(Row::entry).collect())
}

/// What is said of a picture that is on the list.
#[derive(Clone, Debug)]
pub struct Found {
    pub id: KnownPictureId,
    pub action: Action,
    pub comment: String,
}

/// The entry of exactly this file.
pub async fn exact(db: &mut PgConnection, sha256: &[u8]) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"select id as "id: KnownPictureId", action as "action: Action", comment from known_bad where kind = 0 and hash = $1"#,
        sha256
    )
    .fetch_optional(db)
    .await
}

/// The gravest entry of what looks like this, in at most so many bits otherwise.
pub async fn alike(db: &mut PgConnection, look: &str, most_distance: i32) -> sqlx::Result<Option<Found>> {
    sqlx::query_as!(
        Found,
        r#"select id as "id: KnownPictureId", action as "action: Action", comment from known_bad
           where kind = 1 and bit_count(look # ('x' || $1::text)::bit(256)) <= $2
           order by action, bit_count(look # ('x' || $1::text)::bit(256)), id limit 1"#,
        look,
        i64::from(most_distance),
    )
    .fetch_optional(db)
    .await
}

/// Counts a picture that met an entry.
pub async fn hit(db: &mut PgConnection, entry: KnownPictureId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update known_bad set hits = hits + 1, last_hit_at = $2 where id = $1",
        entry.0,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Notes a picture that is here although it is on the list, and gives whose it is. `None`: it was noted before.
pub async fn note(
    db: &mut PgConnection,
    media: MediaId,
    entry: KnownPictureId,
    action: Action,
) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"with noted as (
               insert into known_bad_media (media_id, entry_id, action)
               select m.id, k.id, $3 from known_bad k cross join media m where k.id = $2 and m.id = $1
               on conflict do nothing returning media_id)
           select m.owner_id as "owner: AccountId" from media m join noted n on n.media_id = m.id"#,
        media.0,
        entry.0,
        action as i16,
    )
    .fetch_optional(db)
    .await
}

/// Whether one of these is to be hidden.
pub async fn hides(db: &mut PgConnection, media: &[MediaId]) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from known_bad_media where media_id = any ($1) and action = 1) as "hides!""#,
        media as &[MediaId]
    )
    .fetch_one(db)
    .await
}

/// Covers the pictures of a post. Whether they were not.
pub async fn cover(db: &mut PgConnection, post: PostId) -> sqlx::Result<bool> {
    let covered = sqlx::query!(
        "update posts set sensitive = true, version = version + 1 where id = $1 and not sensitive",
        post.0
    )
    .execute(db)
    .await?;
    Ok(covered.rows_affected() > 0)
}

fn stored(mark: &Mark) -> (i16, Vec<u8>) {
    match mark {
        Mark::Exact(sum) => (0, sum.to_vec()),
        Mark::Alike(look) => (1, look.0.to_vec()),
    }
}
