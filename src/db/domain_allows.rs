//! The list of servers for one that speaks with no others. Whether the list counts is `actions::policies`' to say.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::DomainAllowId;
use crate::domain::window::Window;

#[derive(Clone, Debug)]
pub struct Allow {
    pub id: DomainAllowId,
    pub domain: String,
    pub created_at: Time,
}

/// The names alone.
pub async fn domains(db: &mut PgConnection) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!("select domain from domain_allows")
        .fetch_all(db)
        .await
}

/// Whether it is new.
pub async fn insert(db: &mut PgConnection, entry: &Allow) -> sqlx::Result<bool> {
    let made = sqlx::query!(
        "insert into domain_allows (id, domain, created_at) values ($1, $2, $3) on conflict do nothing",
        entry.id.0,
        entry.domain,
        entry.created_at,
    )
    .execute(db)
    .await?;
    Ok(made.rows_affected() > 0)
}

pub async fn by_domain(db: &mut PgConnection, domain: &str) -> sqlx::Result<Option<Allow>> {
    sqlx::query_as!(
        Allow,
        r#"select id as "id: DomainAllowId", domain, created_at from domain_allows where domain = $1"#,
        domain,
    )
    .fetch_optional(db)
    .await
}

pub async fn by_id(db: &mut PgConnection, id: DomainAllowId) -> sqlx::Result<Option<Allow>> {
    sqlx::query_as!(
        Allow,
        r#"select id as "id: DomainAllowId", domain, created_at from domain_allows where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The domain that is on the list no more.
pub async fn delete(db: &mut PgConnection, id: DomainAllowId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!("delete from domain_allows where id = $1 returning domain", id.0)
        .fetch_optional(db)
        .await
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Allow>> {
    sqlx::query_as!(
        Allow,
        r#"select id as "id!: DomainAllowId", domain as "domain!", created_at as "created_at!" from (
               select * from domain_allows where id < $1 and id > $2
               order by case when $3 then id else -id end limit $4) page
           order by id desc"#,
        window.below,
        window.above,
        window.from_old_end,
        window.limit,
    )
    .fetch_all(db)
    .await
}

/// Hides everybody of this server, and notes when.
pub async fn hide_people(db: &mut PgConnection, domain: &str, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "with noted as (
             insert into domain_partings (domain, hidden_at) values ($1, $2)
             on conflict (domain) do update set hidden_at = excluded.hidden_at)
         update accounts a set suspended_at = $2, version = a.version + 1
         from hosts h
         where h.id = a.host_id and a.suspended_at is null and split_part(h.authority, ':', 1) = $1",
        domain,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Shows those again whom `hide_people` hid.
pub async fn show_people(db: &mut PgConnection, domain: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with parting as (delete from domain_partings where domain = $1 returning hidden_at)
         update accounts a set suspended_at = null, version = a.version + 1
         from hosts h, parting p
         where h.id = a.host_id and a.suspended_at = p.hidden_at and split_part(h.authority, ':', 1) = $1",
        domain,
    )
    .execute(db)
    .await?;
    Ok(())
}
