//! Invitations: whoever holds the code may sign up. Who may invite is decided elsewhere.

use sqlx::PgConnection;

use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Debug)]
pub struct NewInvitation<'a> {
    pub code: &'a str,
    /// None: whoever runs the server.
    pub created_by: Option<AccountId>,
    pub uses: i32,
    pub expires_at: Option<Time>,
    pub now: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewInvitation<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into invitations (code, created_by, uses_left, expires_at, created_at) values ($1, $2, $3, $4, $5)",
        new.code,
        new.created_by.map(|account| account.0),
        new.uses,
        new.expires_at,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether the code could be used now. Whoever may not act here any more vouches for nobody.
pub async fn is_open(db: &mut PgConnection, code: &str, now: Time) -> sqlx::Result<bool> {
    sqlx::query_scalar!(
        r#"select exists (select 1 from invitations
               where code = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)
                 and (created_by is null or exists (
                     select 1 from users u join accounts a on a.id = u.account_id
                     where u.account_id = created_by and u.disabled_at is null and a.suspended_at is null
                       and a.deleted_at is null))) as "open!""#,
        code,
        now,
    )
    .fetch_one(db)
    .await
}

/// An invitation that was used; none made by whoever runs the server.
#[derive(Debug)]
pub struct Used {
    pub created_by: Option<AccountId>,
}

/// Uses it once, if there was a use left. Two who come at once wait for each other here.
pub async fn take(db: &mut PgConnection, code: &str, now: Time) -> sqlx::Result<Option<Used>> {
    sqlx::query_as!(
        Used,
        r#"update invitations set uses_left = uses_left - 1
           where code = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)
             and (created_by is null or exists (
                   select 1 from users u join accounts a on a.id = u.account_id
                   where u.account_id = created_by and u.disabled_at is null and a.suspended_at is null
                     and a.deleted_at is null))
           returning created_by as "created_by: AccountId""#,
        code,
        now,
    )
    .fetch_optional(db)
    .await
}

/// An invitation as whoever made it sees it.
#[derive(Clone, Debug)]
pub struct Listed {
    pub code: String,
    pub uses_left: i32,
    pub expires_at: Option<Time>,
    pub created_at: Time,
}

/// Somebody's invitations that could be used now, the newest first.
pub async fn open_of(db: &mut PgConnection, account: AccountId, now: Time) -> sqlx::Result<Vec<Listed>> {
    sqlx::query_as!(
        Listed,
        "select code, uses_left, expires_at, created_at from invitations
         where created_by = $1 and uses_left > 0 and (expires_at is null or expires_at > $2)
         order by created_at desc, code",
        account.0,
        now,
    )
    .fetch_all(db)
    .await
}

/// Takes somebody's invitation back; whether there was one.
pub async fn delete(db: &mut PgConnection, account: AccountId, code: &str) -> sqlx::Result<bool> {
    let gone = sqlx::query!(
        "delete from invitations where created_by = $1 and code = $2",
        account.0,
        code
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected() > 0)
}

/// Forgets what could not be used any more since then.
pub async fn sweep(db: &mut PgConnection, before: Time) -> sqlx::Result<u64> {
    let gone = sqlx::query!(
        "delete from invitations where expires_at < $1 or (uses_left = 0 and created_at < $1)",
        before
    )
    .execute(db)
    .await?;
    Ok(gone.rows_affected())
}
