//! How far a picture is, and asking for one that is not here yet. Does none of the work.

use sqlx::PgConnection;

use super::media_queue::at_once;
use crate::domain::clock::Time;
use crate::domain::ids::MediaId;

/// How far a picture is.
#[derive(Clone, Debug)]
pub struct Progress {
    /// 0 waiting, 1 ready, 2 failed.
    pub state: i16,
    pub failure: Option<String>,
}

pub async fn progress(db: &mut PgConnection, id: MediaId) -> sqlx::Result<Option<Progress>> {
    sqlx::query_as!(Progress, "select state, failure from media where id = $1", id.0)
        .fetch_optional(db)
        .await
}

/// A picture whose files somebody asks for.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub id: MediaId,
    /// Of its address, with the port.
    pub host: Option<String>,
    /// Somebody has it, or it is next: waiting for it makes sense.
    pub coming: bool,
}

/// The remote picture of one of these keys, if its files are not here yet. Moves it to the front of the queue, unless it was tried
/// in vain: then its own time counts.
pub async fn want(db: &mut PgConnection, keys: &[String], now: Time) -> sqlx::Result<Option<Wanted>> {
    sqlx::query_as!(
        Wanted,
        r#"with known as (
               select id, remote_host, queue, queue = 0 or queue = 1 and (tries = 0 or next_try_at <= $2) as free from media
               where key = any ($1) and state = 0 and remote_url is not null
                 -- an emoji is fetched under the key that it had: not before its former files are gone
                 and not exists (select 1 from discarded_files where discarded_files.key = media.key)),
           hurried as (
               update media m set queue = 1, next_try_at = $3, priority = 0 from known where m.id = known.id and known.free
                 -- a worker may have taken it in the meantime
                 and m.queue = known.queue and (m.queue = 0 or m.next_try_at > $3))
           select id as "id: MediaId", remote_host as host, free or queue = 2 as "coming!" from known"#,
        keys,
        now,
        at_once(),
    )
    .fetch_optional(db)
    .await
}
