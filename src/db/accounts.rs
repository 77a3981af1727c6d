//! Accounts, local and remote. Choosing queries give ids; `by_ids` fills them in.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::account::{Account, Field};
use crate::domain::clock::Time;
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, HostId, MediaId};

/// The accounts of these ids, in no order; unknown ids are left out. Deleted ones are there: the caller looks.
pub async fn by_ids(db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<Account>> {
    sqlx::query_as!(
        Account,
        r#"select a.id as "id: AccountId", a.host_id as "host_id: HostId", h.authority as "authority?", a.username,
               a.kind, a.uri, a.url, a.inbox, a.shared_inbox, a.followers_url, a.featured_url, a.display_name,
               a.note_source, a.note_html, a.fields as "fields: Json<Vec<Field>>", a.emojis as "emojis: Json<Vec<Emoji>>",
               av.key as "avatar_key?", hd.key as "header_key?",
               a.locked, a.bot, a.discoverable, a.indexable, a.hide_relations, a.also_known_as, a.moved_to,
               a.public_key_id, a.public_key_pem, a.version, a.created_at, a.fetched_at,
               a.limited_at is not null as "limited!", a.suspended_at is not null as "suspended!",
               a.sensitized_at is not null as "sensitized!", a.deleted_at is not null as "deleted!", a.waiting,
               greatest(c.followers, c.followers_said) as "followers!", c.local_followers,
               greatest(c.following, c.following_said) as "following!", greatest(c.posts, c.posts_said) as "posts!",
               c.last_post_at
           from accounts a
           join account_counts c on c.account_id = a.id
           left join hosts h on h.id = a.host_id
           left join media av on av.id = a.avatar_id and av.state <> 2
           left join media hd on hd.id = a.header_id and hd.state <> 2
           -- however many they are, there is one plan: made for each number anew, it takes longer than the looking up
           where a.id = any ((select $1::bigint[])::bigint[])"#,
        ids as &[AccountId],
    )
    .fetch_all(db)
    .await
}

pub async fn by_id(db: &mut PgConnection, id: AccountId) -> sqlx::Result<Option<Account>> {
    Ok(by_ids(db, &[id]).await?.pop())
}

/// Somebody who lives here, by name without regard to case; also one who was deleted.
pub async fn local_id(db: &mut PgConnection, username: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select id as "id: AccountId" from accounts where host_id is null and name_key = lower($1)"#,
        username,
    )
    .fetch_optional(db)
    .await
}

/// Somebody by handle: `authority` none for one who lives here.
pub async fn id_by_handle(
    db: &mut PgConnection,
    name: &str,
    authority: Option<&str>,
) -> sqlx::Result<Option<AccountId>> {
    match authority {
        None => local_id(db, name).await,
        Some(authority) => {
            sqlx::query_scalar!(
                r#"select a.id as "id: AccountId" from accounts a join hosts h on h.id = a.host_id
                   where h.authority = $2 and a.name_key = lower($1)"#,
                name,
                authority,
            )
            .fetch_optional(db)
            .await
        }
    }
}

pub async fn id_by_uri(db: &mut PgConnection, uri: &str) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select id as "id: AccountId" from accounts where uri = $1"#,
        uri
    )
    .fetch_optional(db)
    .await
}

/// Those among actor URIs that we know, with whether they live here.
pub async fn ids_by_uris(
    db: &mut PgConnection,
    uris: &[String],
) -> sqlx::Result<Vec<(String, (AccountId, bool))>> {
    let rows = sqlx::query!(
        r#"select uri, id as "id: AccountId", host_id is null as "local!" from accounts where uri = any ($1)"#,
        uris,
    )
    .fetch_all(db)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.uri, (row.id, row.local)))
        .collect())
}

/// What is needed to make an account row for somebody here.
#[derive(Debug)]
pub struct NewLocal<'a> {
    pub id: AccountId,
    pub username: &'a str,
    /// As `accounts.kind`.
    pub kind: i16,
    pub uri: &'a str,
    pub url: &'a str,
    pub inbox: &'a str,
    pub shared_inbox: &'a str,
    pub outbox: &'a str,
    pub followers_url: &'a str,
    pub following_url: &'a str,
    pub featured_url: &'a str,
    pub public_key_id: &'a str,
    pub public_key_pem: &'a str,
    pub created_at: Time,
}

/// Fails on `accounts_handle_key` when the name is taken, or was once.
pub async fn insert_local(db: &mut PgConnection, new: &NewLocal<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "with made as (
             insert into accounts (id, username, kind, uri, url, inbox, shared_inbox, outbox, followers_url,
                 following_url, featured_url, public_key_id, public_key_pem, created_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) returning id)
         insert into account_counts (account_id) select id from made",
        new.id.0,
        new.username,
        new.kind,
        new.uri,
        new.url,
        new.inbox,
        new.shared_inbox,
        new.outbox,
        new.followers_url,
        new.following_url,
        new.featured_url,
        new.public_key_id,
        new.public_key_pem,
        new.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks that an account's rendering changed.
pub async fn touch(db: &mut PgConnection, id: AccountId) -> sqlx::Result<()> {
    sqlx::query!("update accounts set version = version + 1 where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// What a person can change about how they appear; absent means unchanged.
#[derive(Debug, Default)]
pub struct ProfileChange {
    pub display_name: Option<String>,
    /// Source and its HTML.
    pub note: Option<(String, String)>,
    pub fields: Option<Vec<Field>>,
    /// Of all these texts.
    pub emojis: Option<Vec<Emoji>>,
    pub avatar: Option<Option<MediaId>>,
    pub header: Option<Option<MediaId>>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
    pub indexable: Option<bool>,
    pub hide_relations: Option<bool>,
}

pub async fn change_profile(
    db: &mut PgConnection,
    id: AccountId,
    change: &ProfileChange,
) -> sqlx::Result<()> {
    let (note_source, note_html) = change.note.clone().unzip();
    sqlx::query!(
        "update accounts set
             display_name = coalesce($2, display_name),
             note_source = coalesce($3, note_source),
             note_html = coalesce($4, note_html),
             fields = coalesce($5, fields),
             avatar_id = case when $6 then $7 else avatar_id end,
             header_id = case when $8 then $9 else header_id end,
             locked = coalesce($10, locked),
             bot = coalesce($11, bot),
             discoverable = coalesce($12, discoverable),
             indexable = coalesce($13, indexable),
             hide_relations = coalesce($14, hide_relations),
             emojis = coalesce($15, emojis),
             version = version + 1
         where id = $1",
        id.0,
        change.display_name,
        note_source,
        note_html,
        change
            .fields
            .as_ref()
            .map(|fields| serde_json::to_value(fields).expect("fields are plain data")),
        change.avatar.is_some(),
        change.avatar.flatten().map(|id| id.0),
        change.header.is_some(),
        change.header.flatten().map(|id| id.0),
        change.locked,
        change.bot,
        change.discoverable,
        change.indexable,
        change.hide_relations,
        change
            .emojis
            .as_ref()
            .map(|emojis| serde_json::to_value(emojis).expect("emojis are plain data")),
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks an account as suspended, or no longer; whether that changed anything.
pub async fn set_suspended(db: &mut PgConnection, id: AccountId, at: Option<Time>) -> sqlx::Result<bool> {
    let changed = sqlx::query!(
        "update accounts set suspended_at = $2, version = version + 1
         where id = $1 and (suspended_at is null) <> ($2::timestamptz is null)",
        id.0,
        at,
    )
    .execute(db)
    .await?;
    Ok(changed.rows_affected() > 0)
}

/// Whether anything of this account is known elsewhere: it sent something, or somebody elsewhere follows it.
pub async fn has_federated(db: &mut PgConnection, id: AccountId) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from outgoing where sender_id = $1)
               or exists (select 1 from posts where author_id = $1)
               or exists (select 1 from follows f join accounts a on a.id = f.follower_id
                          where f.followee_id = $1 and a.host_id is not null)
               or exists (select 1 from mentions where account_id = $1) as "known!""#,
        id.0,
    )
    .fetch_one(db)
    .await
}

/// Takes the row away, and with it all that is the account's: its name is free again.
pub async fn erase(db: &mut PgConnection, id: AccountId) -> sqlx::Result<()> {
    sqlx::query!("delete from accounts where id = $1", id.0)
        .execute(db)
        .await?;
    Ok(())
}

/// Keeps the row, and the name taken, of somebody who is no longer here.
pub async fn mark_deleted(db: &mut PgConnection, id: AccountId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set deleted_at = $2, version = version + 1 where id = $1 and deleted_at is null",
        id.0,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Marks an account as deleted and empties its profile. What else it has is removed by `erasing`.
pub async fn end(db: &mut PgConnection, id: AccountId, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update accounts set deleted_at = coalesce(deleted_at, $2), version = version + 1, display_name = '',
             note_html = '', note_source = '', fields = '[]', avatar_id = null, header_id = null,
             featured_due_at = null
         where id = $1",
        id.0,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Of these, those whom somebody here follows.
pub async fn followed_here(db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<AccountId>> {
    sqlx::query_scalar!(
        r#"select account_id as "id: AccountId" from account_counts where account_id = any ($1) and local_followers > 0"#,
        ids as &[AccountId],
    )
    .fetch_all(db)
    .await
}
