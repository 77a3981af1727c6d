//! Followers by the server on which they live. Changes none, and knows no requests.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, HostId};

/// The followers elsewhere of one account on one server, added up.
#[derive(Clone, Copy, Debug)]
pub struct Summed {
    pub account: AccountId,
    pub host: HostId,
    pub digest: [u8; 32],
}

/// For each server the followers' addresses, each hashed and all added by exclusive or (FEP-8fcf), of these accounts.
pub async fn summed(db: &mut PgConnection, accounts: &[AccountId]) -> sqlx::Result<Vec<Summed>> {
    let rows = sqlx::query!(
        r#"select f.followee_id as "account: AccountId", a.host_id as "host!: HostId",
               bit_xor(('x' || substr(h.hex, 1, 16))::bit(64)::bigint) as "first!",
               bit_xor(('x' || substr(h.hex, 17, 16))::bit(64)::bigint) as "second!",
               bit_xor(('x' || substr(h.hex, 33, 16))::bit(64)::bigint) as "third!",
               bit_xor(('x' || substr(h.hex, 49, 16))::bit(64)::bigint) as "fourth!"
           from follows f join accounts a on a.id = f.follower_id
           cross join lateral (select encode(sha256(convert_to(a.uri, 'UTF8')), 'hex') as hex) h
           where f.followee_id = any ($1) and f.accepted and a.host_id is not null
           group by f.followee_id, a.host_id"#,
        accounts as &[AccountId],
    )
    .fetch_all(db)
    .await?;
    let summed = rows.into_iter().map(|row| {
        let mut digest = [0; 32];
        let quarters = [row.first, row.second, row.third, row.fourth];
        for (part, quarter) in digest.chunks_exact_mut(8).zip(quarters) {
            part.copy_from_slice(&quarter.to_be_bytes());
        }
        Summed {
            account: row.account,
            host: row.host,
            digest,
        }
    });
    Ok(summed.collect())
}

/// The addresses of those on a server who follow this account, at most so many.
pub async fn at(
    db: &mut PgConnection,
    account: AccountId,
    host: HostId,
    most: i64,
) -> sqlx::Result<Vec<String>> {
    sqlx::query_scalar!(
        "select a.uri from follows f join accounts a on a.id = f.follower_id
         where f.followee_id = $1 and f.accepted and a.host_id = $2 order by f.id limit $3",
        account.0,
        host.0,
        most,
    )
    .fetch_all(db)
    .await
}

/// Those who live here and follow this account, with their addresses.
pub async fn here(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Vec<(AccountId, String)>> {
    let rows = sqlx::query!(
        r#"select a.id as "id: AccountId", a.uri from follows f join accounts a on a.id = f.follower_id
           where f.followee_id = $1 and f.accepted and a.host_id is null"#,
        account.0,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.uri)).collect())
}

/// Somebody on a server who follows this account, whoever it is.
pub async fn any_at(
    db: &mut PgConnection,
    account: AccountId,
    host: HostId,
) -> sqlx::Result<Option<AccountId>> {
    sqlx::query_scalar!(
        r#"select f.follower_id as "id: AccountId" from follows f join accounts a on a.id = f.follower_id
           where f.followee_id = $1 and f.accepted and a.host_id = $2
             and a.suspended_at is null and a.deleted_at is null
           limit 1"#,
        account.0,
        host.0,
    )
    .fetch_optional(db)
    .await
}
