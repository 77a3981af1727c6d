//! What a moderator did is written down, in the transaction in which it is done. Nobody is told by it.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::audit::NewLine;
use crate::domain::account::Account;
use crate::domain::audit::{Act, By};
use crate::domain::ids::AccountId;

/// Whom or what an act is about.
#[derive(Clone, Debug)]
pub struct About {
    account: Option<AccountId>,
    report: Option<i64>,
    name: String,
}

impl About {
    /// A domain, an address, a hashtag.
    pub fn named(name: &str) -> Self {
        Self {
            account: None,
            report: None,
            name: name.to_owned(),
        }
    }

    pub fn account(account: &Account) -> Self {
        Self {
            account: Some(account.id),
            report: None,
            name: format!("@{}", account.acct()),
        }
    }

    /// A report of somebody.
    pub fn report(report: i64, account: &Account) -> Self {
        Self {
            report: Some(report),
            ..Self::account(account)
        }
    }
}

/// Adds a line. `words`: what the moderator said about it, for others like them.
pub async fn note(
    app: &App,
    db: &mut PgConnection,
    by: By,
    act: Act,
    about: About,
    words: &str,
) -> sqlx::Result<()> {
    let line = NewLine {
        id: app.ids.next(),
        by,
        act,
        account: about.account,
        report: about.report,
        about: &about.name,
        words,
        now: app.clock.now(),
    };
    db::audit::insert(db, &line).await
}
