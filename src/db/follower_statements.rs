//! What people elsewhere say about who here follows them, until it is compared. Compares nothing.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Clone, Copy, Debug)]
pub struct NewStatement<'a> {
    pub account: AccountId,
    /// Only their own collection of followers is theirs to speak of.
    pub collection: &'a str,
    pub url: &'a str,
    pub digest: &'a [u8],
    pub now: Time,
}

/// Notes what somebody says, in place of what they said before. Whatever they say how often, it is compared every ten
/// minutes at the most.
pub async fn note(db: &mut PgConnection, new: &NewStatement<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into follower_statements as s (account_id, url, digest, due_at)
         select id, $3, $4, $5 from accounts where id = $1 and followers_url = $2
         on conflict (account_id) do update set url = excluded.url, digest = excluded.digest, tries = 0,
             due_at = greatest(excluded.due_at, s.looked_at + interval '10 minutes')",
        new.account.0,
        new.collection,
        new.url,
        new.digest,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// A statement that is being compared.
#[derive(Clone, Debug)]
pub struct Lent {
    pub account: AccountId,
    pub url: String,
    pub digest: Vec<u8>,
    /// This one included.
    pub tries: i16,
    /// Says later whether it is still ours, and still what they say.
    pub until: Time,
}

/// Lends out those that are due, until `until`; then whoever looks may take them again.
pub async fn lend(db: &mut PgConnection, most: i64, now: Time, until: Time) -> sqlx::Result<Vec<Lent>> {
    sqlx::query_as!(
        Lent,
        // by their keys, also while the planner remembers the table as it was when it was empty
        r#"update follower_statements set due_at = $3, tries = tries + 1
           where account_id = any (array(
               select account_id from follower_statements where due_at <= $2 order by due_at limit $1
               for update skip locked))
           returning account_id as "account: AccountId", url, digest, tries, $3::timestamptz as "until!""#,
        most,
        now,
        until,
    )
    .fetch_all(db)
    .await
}

/// Says when it is compared again; none: it is done, or given up. Not if they have said something else meanwhile.
pub async fn settle(db: &mut PgConnection, lent: &Lent, again: Option<Time>, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update follower_statements set looked_at = $4, due_at = $3 where account_id = $1 and due_at = $2",
        lent.account.0,
        lent.until,
        again,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
