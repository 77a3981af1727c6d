//! What an admin decided about domains. The decision about one address is `peers::Policies`.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// How hard a policy is, as stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Severity {
    /// Kept out of public lists.
    Limited = 1,
    /// Neither heard nor spoken to.
    Suspended = 2,
}

#[derive(Clone, Debug)]
pub struct Policy {
    pub domain: String,
    pub severity: Severity,
    pub reason: String,
    pub created_at: Time,
}

pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Policy>> {
    sqlx::query_as!(
        Policy,
        r#"select domain, severity as "severity: Severity", reason, created_at from domain_policies order by domain"#,
    )
    .fetch_all(db)
    .await
}

/// `domain`: lower-case ASCII without a trailing dot.
pub async fn set(db: &mut PgConnection, policy: &Policy) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into domain_policies (domain, severity, reason, created_at) values ($1, $2, $3, $4)
         on conflict (domain) do update set severity = excluded.severity, reason = excluded.reason",
        policy.domain,
        policy.severity as i16,
        policy.reason,
        policy.created_at,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Whether there was one.
pub async fn remove(db: &mut PgConnection, domain: &str) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from domain_policies where domain = $1", domain)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}
