//! Everybody whom this server knows, as moderators look for them. Decides nothing about anybody.

use sqlx::PgConnection;

use crate::domain::ids::{AccountId, AppId};
use crate::domain::network::Network;
use crate::domain::window::Window;

/// How somebody stands, as moderators sort people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i16)]
pub enum Status {
    Active = 1,
    Pending = 2,
    Disabled = 3,
    Silenced = 4,
    Sensitized = 5,
    Suspended = 6,
}

/// Whom a moderator looks for; all that is said must hold.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Only people here; only people elsewhere.
    pub local: bool,
    pub remote: bool,
    /// All of these.
    pub statuses: Vec<Status>,
    /// One of these, as in `domain::role::Role`; empty: of any.
    pub roles: Vec<i16>,
    pub invited_by: Option<AccountId>,
    /// Beginnings, without regard to case.
    pub username: Option<String>,
    pub display_name: Option<String>,
    pub email: Option<String>,
    /// The authority of their server.
    pub domain: Option<String>,
    /// From which address or network they came.
    pub from: Option<Network>,
}

/// A LIKE pattern for what begins so, folded as the columns are.
fn beginning(text: &str) -> String {
    let text = text.trim().to_lowercase();
    let escaped = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("{escaped}%")
}

/// The newest first. Neither who is deleted nor the server's own actor.
pub async fn page(db: &mut PgConnection, wanted: &Wanted, window: &Window) -> sqlx::Result<Vec<AccountId>> {
    let statuses: Vec<i16> = wanted.statuses.iter().map(|status| *status as i16).collect();
    // An index serves one direction at a time: each has its own query.
    macro_rules! read {
        ($order:literal) => {
            sqlx::query_scalar!(
                r#"select a.id as "id: AccountId"
                   from accounts a
                   left join users u on u.account_id = a.id
                   left join hosts h on h.id = a.host_id
                   where a.id < $1 and a.id > $2 and a.deleted_at is null and (a.host_id is not null or a.kind <> 2)
                     and (not $4 or a.host_id is null) and (not $5 or a.host_id is not null)
                     and (not 1::smallint = any ($6) or a.suspended_at is null)
                     and (not 2::smallint = any ($6) or (u.account_id is not null and u.approved_at is null))
                     and (not 3::smallint = any ($6) or (u.disabled_at is not null and a.suspended_at is null))
                     and (not 4::smallint = any ($6) or a.limited_at is not null)
                     and (not 5::smallint = any ($6) or a.sensitized_at is not null)
                     and (not 6::smallint = any ($6) or a.suspended_at is not null)
                     and (cardinality($7::smallint[]) = 0 or u.role = any ($7))
                     and ($8::bigint is null or u.invited_by = $8)
                     and ($9::text is null or a.name_key like $9)
                     and ($10::text is null or lower(a.display_name) like $10)
                     and ($11::text is null or u.email_key like $11)
                     and ($12::text is null or h.authority = $12)
                     and ($13::text is null or exists (
                         select 1 from user_addresses s
                         where s.account_id = a.id and s.address <<= $13::text::inet)) "# + $order,
                window.below,
                window.above,
                window.limit,
                wanted.local,
                wanted.remote,
                &statuses,
                &wanted.roles,
                wanted.invited_by.map(|by| by.0),
                wanted.username.as_deref().map(beginning),
                wanted.display_name.as_deref().map(beginning),
                wanted.email.as_deref().map(beginning),
                wanted.domain,
                wanted.from.map(|network| network.to_string()),
            )
            .fetch_all(db)
            .await
        };
    }
    match window.from_old_end {
        false => read!("order by a.id desc limit $3"),
        true => {
            let mut found = read!("order by a.id limit $3")?;
            found.reverse();
            Ok(found)
        }
    }
}

/// What only people here have, as far as moderators see it.
#[derive(Clone, Debug)]
pub struct Member {
    pub account: AccountId,
    pub email: String,
    pub role: i16,
    pub locale: String,
    pub confirmed: bool,
    pub approved: bool,
    pub disabled: bool,
    /// What they wrote about why they would like to live here.
    pub reason: String,
    pub joined_by_app: Option<AppId>,
    pub invited_by: Option<AccountId>,
}

/// Those of these who live here.
pub async fn members(db: &mut PgConnection, accounts: &[AccountId]) -> sqlx::Result<Vec<Member>> {
    sqlx::query_as!(
        Member,
        r#"select account_id as "account: AccountId", email, role, locale, confirmed_at is not null as "confirmed!",
               approved_at is not null as "approved!", disabled_at is not null as "disabled!", reason,
               joined_by_app as "joined_by_app: AppId", invited_by as "invited_by: AccountId"
           from users where account_id = any ($1)"#,
        accounts as &[AccountId],
    )
    .fetch_all(db)
    .await
}
