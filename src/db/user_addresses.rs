//! From which addresses of the network people here came. Shown to moderators, and to nobody else.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

pub async fn note(db: &mut PgConnection, account: AccountId, address: &str, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into user_addresses (account_id, address, used_at) values ($1, $2::text::inet, $3)
         on conflict (account_id, address) do update set used_at = excluded.used_at",
        account.0,
        address,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// An address, and when somebody came from there last.
#[derive(Clone, Debug)]
pub struct Used {
    pub account: AccountId,
    pub address: String,
    pub at: Time,
}

/// Those of these people, each one's last ones first, at most so many of each.
pub async fn of(db: &mut PgConnection, accounts: &[AccountId], most: i64) -> sqlx::Result<Vec<Used>> {
    sqlx::query_as!(
        Used,
        r#"select u.account_id as "account!: AccountId", host(u.address) as "address!", u.used_at as "at!"
           from unnest($1::bigint[]) a (id)
           cross join lateral (
               select account_id, address, used_at from user_addresses
               where account_id = a.id order by used_at desc, address limit $2) u"#,
        accounts as &[AccountId],
        most,
    )
    .fetch_all(db)
    .await
}

/// Forgets those from which nobody came since then.
pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!("delete from user_addresses where used_at < $1", before)
        .execute(db)
        .await?;
    Ok(gone.rows_affected())
}
