//! The log of what moderators did. Nothing in it is ever changed.

use sqlx::PgConnection;

use crate::domain::audit::{Act, By};
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

#[derive(Debug)]
pub struct NewLine<'a> {
    pub id: i64,
    pub by: By,
    pub act: Act,
    pub account: Option<AccountId>,
    pub report: Option<i64>,
    /// Whom or what it was about, by a name that says it without the row.
    pub about: &'a str,
    pub words: &'a str,
    pub now: Time,
}

pub async fn insert(db: &mut PgConnection, new: &NewLine<'_>) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into audit_log (id, by_id, by_name, act, account_id, report_id, about, words, created_at)
         values ($1, $2, coalesce((select username from accounts where id = $2), ''), $3, $4, $5, $6, $7, $8)",
        new.id,
        new.by.person().map(|person| person.0),
        new.act.as_str(),
        new.account.map(|account| account.0),
        new.report,
        new.about,
        new.words,
        new.now,
    )
    .execute(db)
    .await?;
    Ok(())
}

#[derive(Clone, Debug)]
pub struct Line {
    pub id: i64,
    /// Empty: whoever runs the program on the server.
    pub by: String,
    pub act: String,
    pub about: String,
    pub words: String,
    pub created_at: Time,
}

/// A page of the log below `before`, newest first; of `about`: what was done to them, or by them.
pub async fn page(
    db: &mut PgConnection,
    about: Option<AccountId>,
    before: i64,
    most: i64,
) -> sqlx::Result<Vec<Line>> {
    sqlx::query_as!(
        Line,
        "select id, by_name as by, act, about, words, created_at from audit_log
         where id < $2 and ($1::bigint is null or account_id = $1 or by_id = $1)
         order by id desc limit $3",
        about.map(|about| about.0),
        before,
        most,
    )
    .fetch_all(db)
    .await
}
