//! Networks that are kept from signing up, or out. Whether an address is in one is `domain::barred`'s to say.

use sqlx::PgConnection;

use crate::domain::barred::Severity;
use crate::domain::clock::Time;
use crate::domain::ids::IpBlockId;
use crate::domain::window::Window;

#[derive(Clone, Debug)]
pub struct Block {
    pub id: IpBlockId,
    /// In CIDR form, with its length.
    pub network: String,
    pub severity: Severity,
    pub comment: String,
    pub created_at: Time,
    pub expires_at: Option<Time>,
}

/// All of them.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: IpBlockId", network::text as "network!", severity as "severity: Severity", comment, created_at,
               expires_at
           from ip_blocks"#,
    )
    .fetch_all(db)
    .await
}

/// Fails on `ip_blocks_network_key` when the network has one.
pub async fn insert(db: &mut PgConnection, block: &Block) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into ip_blocks (id, network, severity, comment, created_at, expires_at)
         values ($1, $2::text::cidr, $3, $4, $5, $6)",
        block.id.0,
        block.network,
        block.severity as i16,
        block.comment,
        block.created_at,
        block.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Fails on `ip_blocks_network_key` when another has that network.
pub async fn update(db: &mut PgConnection, block: &Block) -> sqlx::Result<()> {
    sqlx::query!(
        "update ip_blocks set network = $2::text::cidr, severity = $3, comment = $4, expires_at = $5 where id = $1",
        block.id.0,
        block.network,
        block.severity as i16,
        block.comment,
        block.expires_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn by_id(db: &mut PgConnection, id: IpBlockId) -> sqlx::Result<Option<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: IpBlockId", network::text as "network!", severity as "severity: Severity", comment, created_at,
               expires_at
           from ip_blocks where id = $1"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The same, held until the transaction ends.
pub async fn lock(db: &mut PgConnection, id: IpBlockId) -> sqlx::Result<Option<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id: IpBlockId", network::text as "network!", severity as "severity: Severity", comment, created_at,
               expires_at
           from ip_blocks where id = $1 for update"#,
        id.0,
    )
    .fetch_optional(db)
    .await
}

/// The network that is kept out no more.
pub async fn delete(db: &mut PgConnection, id: IpBlockId) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar!(
        r#"delete from ip_blocks where id = $1 returning network::text as "network!""#,
        id.0
    )
    .fetch_optional(db)
    .await
}

/// A page, newest first.
pub async fn page(db: &mut PgConnection, window: &Window) -> sqlx::Result<Vec<Block>> {
    sqlx::query_as!(
        Block,
        r#"select id as "id!: IpBlockId", network::text as "network!", severity as "severity!: Severity",
               comment as "comment!", created_at as "created_at!", expires_at as "expires_at?" from (
               select * from ip_blocks where id < $1 and id > $2
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

pub async fn forget_expired(db: &mut PgConnection, now: Time) -> sqlx::Result<()> {
    sqlx::query!("delete from ip_blocks where expires_at <= $1", now)
        .execute(db)
        .await?;
    Ok(())
}
