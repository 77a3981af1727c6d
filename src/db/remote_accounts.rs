//! People elsewhere: what their server told, their keys and pictures. Never touches a row of somebody who lives here.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::clock::Time;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, HostId, MediaId};
use crate::domain::remote_account::RemoteAccount;

/// What is needed to verify somebody's signature.
#[derive(Clone, Debug)]
pub struct Keyholder {
    pub id: AccountId,
    pub host: HostId,
    pub uri: String,
    pub key_id: String,
    pub pem: String,
    pub suspended: bool,
    pub deleted: bool,
    /// A server's own actor, that is: nobody who lives there.
    pub is_program: bool,
    pub fetched_at: Option<Time>,
}

pub async fn keyholder(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<Keyholder>> {
    sqlx::query_as!(
        Keyholder,
        r#"select id as "id: AccountId", host_id as "host!: HostId", uri, public_key_id as key_id, public_key_pem as pem,
               suspended_at is not null as "suspended!", deleted_at is not null as "deleted!",
               kind = 2 as "is_program!", fetched_at
           from accounts where uri = $1 and host_id is not null"#,
        uri,
    )
    .fetch_optional(db)
    .await
}

/// The person whose key this is, for requests that name nobody but their key.
pub async fn keyholder_by_key(db: &mut PgConnection, key_id: &str) -> sqlx::Result<Option<Keyholder>> {
    sqlx::query_as!(
        Keyholder,
        r#"select id as "id: AccountId", host_id as "host!: HostId", uri, public_key_id as key_id, public_key_pem as pem,
               suspended_at is not null as "suspended!", deleted_at is not null as "deleted!",
               kind = 2 as "is_program!", fetched_at
           from accounts where public_key_id = $1 and host_id is not null order by id limit 1"#,
        key_id,
    )
    .fetch_optional(db)
    .await
}

/// Where somebody is stored under which name.
pub async fn name(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<(HostId, String)>> {
    let row = sqlx::query!(
        r#"select host_id as "host!: HostId", username from accounts where uri = $1 and host_id is not null"#,
        uri,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.host, row.username)))
}

/// A row as it is after an upsert.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    pub id: AccountId,
    pub avatar: Option<MediaId>,
    pub header: Option<MediaId>,
}

/// Writes somebody who was just read, by URI; `id` is used when they are new. Nothing when the URI is one of ours.
/// Fails on `accounts_handle_key` when another actor has the name.
pub async fn upsert(
    db: &mut PgConnection,
    id: AccountId,
    (host, emojis): (HostId, &[Emoji]),
    remote: &RemoteAccount,
    now: Time,
) -> sqlx::Result<Option<Stored>> {
    sqlx::query_as!(
        Stored,
        r#"with kept as (
               insert into accounts as a (id, host_id, username, kind, uri, url, inbox, shared_inbox, outbox,
                   followers_url, following_url, featured_url, display_name, note_html, fields, emojis, locked,
                   discoverable, indexable, also_known_as, moved_to, public_key_id, public_key_pem, created_at, fetched_at,
                   limited_at)
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,
                   $22, $23, $24, $25,
                   -- who is met after their domain was limited is limited like those who were known
                   (select min(d.created_at) from hosts h
                    join domain_policies d on d.severity = 1 and is_within(h.authority, d.domain)
                    where h.id = $2))
               on conflict on constraint accounts_uri_key do update set
                   host_id = excluded.host_id, username = excluded.username, kind = excluded.kind, url = excluded.url,
                   inbox = excluded.inbox, shared_inbox = excluded.shared_inbox, outbox = excluded.outbox,
                   followers_url = excluded.followers_url, following_url = excluded.following_url,
                   featured_url = excluded.featured_url, display_name = excluded.display_name,
                   note_html = excluded.note_html, fields = excluded.fields, emojis = excluded.emojis,
                   locked = excluded.locked, discoverable = excluded.discoverable, indexable = excluded.indexable,
                   also_known_as = excluded.also_known_as, moved_to = excluded.moved_to,
                   public_key_id = excluded.public_key_id, public_key_pem = excluded.public_key_pem,
                   fetched_at = excluded.fetched_at, limited_at = coalesce(a.limited_at, excluded.limited_at),
                   version = a.version + (
                       (a.host_id, a.username, a.kind, a.url, a.display_name, a.note_html, a.fields, a.emojis, a.locked,
                        a.discoverable, a.indexable, a.moved_to)
                       is distinct from
                       (excluded.host_id, excluded.username, excluded.kind, excluded.url, excluded.display_name,
                        excluded.note_html, excluded.fields, excluded.emojis, excluded.locked, excluded.discoverable,
                        excluded.indexable, excluded.moved_to))::integer
               where a.host_id is not null
               returning a.id, a.avatar_id, a.header_id),
           counted as (
               insert into account_counts (account_id) select id from kept on conflict do nothing)
           select id as "id: AccountId", avatar_id as "avatar: MediaId", header_id as "header: MediaId" from kept"#,
        id.0,
        host.0,
        remote.username,
        remote.kind as i16,
        remote.uri,
        remote.url,
        remote.inbox,
        remote.shared_inbox,
        remote.outbox,
        remote.followers_url,
        remote.following_url,
        remote.featured_url,
        remote.display_name,
        remote.note_html,
        Json(&remote.fields) as _,
        Json(emojis) as _,
        remote.locked,
        remote.discoverable,
        remote.indexable,
        &remote.also_known_as,
        remote.moved_to,
        remote.public_key_id,
        remote.public_key_pem,
        remote.created_at,
        now,
    )
    .fetch_optional(db)
    .await
}

/// Takes a name from whoever had it at that host under another URI: the host has given it to somebody else.
pub async fn displace(db: &mut PgConnection, host: HostId, username: &str, uri: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set username = username || '_' || id, version = version + 1
         where host_id = $1 and name_key = lower($2) and uri <> $3",
        host.0,
        username,
        uri,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A picture of a profile elsewhere, to be fetched.
#[derive(Debug)]
pub struct ProfilePicture<'a> {
    pub id: MediaId,
    pub owner: AccountId,
    /// 1 avatar, 2 header.
    pub purpose: i16,
    pub key: &'a str,
    pub url: &'a str,
    pub now: Time,
}

/// Notes a picture and makes it the profile's.
pub async fn set_picture(db: &mut PgConnection, picture: &ProfilePicture<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into media (id, owner_id, purpose, key, remote_url, created_at) values ($1, $2, $3, $4, $5, $6)",
        picture.id.0,
        picture.owner.0,
        picture.purpose,
        picture.key,
        picture.url,
        picture.now,
    )
    .execute(&mut *db)
    .await?;
    sqlx::query!(
        "update accounts set avatar_id = case when $2::smallint = 1 then $3 else avatar_id end,
             header_id = case when $2::smallint = 2 then $3 else header_id end, version = version + 1
         where id = $1",
        picture.owner.0,
        picture.purpose,
        picture.id.0,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Where a picture comes from.
pub async fn picture_url(db: &mut PgConnection, id: MediaId) -> sqlx::Result<Option<String>> {
    let url = sqlx::query_scalar!("select remote_url from media where id = $1", id.0)
        .fetch_optional(db)
        .await?;
    Ok(url.flatten())
}

/// The profile has no such picture any more.
pub async fn drop_picture(db: &mut PgConnection, owner: AccountId, purpose: i16) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set avatar_id = case when $2::smallint = 1 then null else avatar_id end,
             header_id = case when $2::smallint = 2 then null else header_id end, version = version + 1
         where id = $1",
        owner.0,
        purpose,
    )
    .execute(db)
    .await?;
    Ok(())
}
