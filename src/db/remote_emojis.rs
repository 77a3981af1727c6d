//! Emojis of other servers: where their pictures come from, and under which keys they lie here.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::{HostId, MediaId};

/// One that we have met.
#[derive(Clone, Debug)]
pub struct Known {
    pub shortcode: String,
    pub key: String,
    pub url: String,
    pub updated_at: Time,
}

/// Those of a host among shortcodes.
pub async fn by_shortcodes(
    db: &mut PgConnection,
    host: HostId,
    shortcodes: &[String],
) -> sqlx::Result<Vec<Known>> {
    sqlx::query_as!(
        Known,
        "select e.shortcode, m.key, e.url, e.updated_at from remote_emojis e join media m on m.id = e.media_id
         where e.host_id = $1 and e.shortcode = any ($2)",
        host.0,
        shortcodes,
    )
    .fetch_all(db)
    .await
}

/// How many of a host we have met; more than `most` are not counted.
pub async fn count(db: &mut PgConnection, host: HostId, most: i64) -> sqlx::Result<i64> {
    sqlx::query_scalar!(
        r#"select count(*) as "count!"
           from (select 1 as one from remote_emojis where host_id = $1 limit $2) counted"#,
        host.0,
        most,
    )
    .fetch_one(db)
    .await
}

/// One that is new, or has another picture than before.
#[derive(Debug)]
pub struct New<'a> {
    pub media: MediaId,
    pub shortcode: &'a str,
    pub key: String,
    pub url: &'a str,
}

/// Notes emojis with their pictures, which are fetched when somebody looks at them. `owner`: the address of the account
/// whose pictures they are.
pub async fn put(
    db: &mut PgConnection,
    host: HostId,
    owner: &str,
    new: &[New<'_>],
    now: Time,
) -> sqlx::Result<()> {
    macro_rules! column {
        ($get:expr) => {
            &new.iter().map($get).collect::<Vec<_>>()[..]
        };
    }
    sqlx::query!(
        "with new as materialized (
             select n.media_id, n.shortcode, n.key, n.url, a.id as owner_id
             from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as n (media_id, shortcode, key, url)
             join accounts a on a.uri = $6),
         pictures as (
             insert into media (id, owner_id, purpose, queue, key, remote_url, created_at)
             select media_id, owner_id, 3, 0, key, url, $7 from new)
         insert into remote_emojis (host_id, shortcode, media_id, url, updated_at)
         select $5, shortcode, media_id, url, $7 from new order by shortcode
         on conflict (host_id, shortcode) do update
             set media_id = excluded.media_id, url = excluded.url, updated_at = excluded.updated_at",
        column!(|n| n.media.0),
        column!(|n| n.shortcode.to_owned()),
        column!(|n| n.key.clone()),
        column!(|n| n.url.to_owned()),
        host.0,
        owner,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
