//! The Admin::Account entity: somebody as moderators see them. Says nothing of what they did.

use std::collections::HashMap;

use serde::Serialize;
use sqlx::PgConnection;

use super::{account, people, role, time};
use crate::app::App;
use crate::db;
use crate::db::admin_accounts::Member;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, AppId};
use crate::domain::role::Role;

/// Of somebody elsewhere, what only people here have is null; what a client would make a button of is as for one who needs
/// none.
#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    pub id: AccountId,
    username: String,
    domain: Option<String>,
    created_at: String,
    email: Option<String>,
    /// From where they came last.
    ip: Option<String>,
    ips: Vec<Ip>,
    locale: Option<String>,
    invite_request: Option<String>,
    role: Option<role::Entity>,
    confirmed: bool,
    approved: bool,
    disabled: bool,
    sensitized: bool,
    silenced: bool,
    suspended: bool,
    account: account::Entity,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by_application_id: Option<AppId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    invited_by_account_id: Option<AccountId>,
}

/// From where somebody came, and when they did last.
#[derive(Clone, Debug, Serialize)]
struct Ip {
    ip: String,
    used_at: String,
}

/// Most addresses of one person that are shown.
const MOST_ADDRESSES: i64 = 50;

/// Accounts by their ids, in the order asked for; also who is deleted, since reports name them.
pub async fn many(app: &App, db: &mut PgConnection, ids: &[AccountId]) -> sqlx::Result<Vec<Entity>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = db::accounts::by_ids(db, ids).await?;
    let by_id: HashMap<AccountId, &Account> = found.iter().map(|account| (account.id, account)).collect();
    let known: Vec<&Account> = ids.iter().filter_map(|id| by_id.get(id).copied()).collect();
    let shown = people::entities(app, db, &known).await?;
    let members = db::admin_accounts::members(db, ids).await?;
    let members: HashMap<AccountId, &Member> = members.iter().map(|one| (one.account, one)).collect();
    let mut ips: HashMap<AccountId, Vec<Ip>> = HashMap::new();
    for used in db::user_addresses::of(db, ids, MOST_ADDRESSES).await? {
        ips.entry(used.account).or_default().push(Ip {
            ip: used.address,
            used_at: time(used.at),
        });
    }
    let known = known.into_iter().zip(shown);
    Ok(known
        .map(|(account, shown)| {
            let ips = ips.remove(&account.id).unwrap_or_default();
            entity(app, account, members.get(&account.id).copied(), shown, ips)
        })
        .collect())
}

fn entity(
    app: &App,
    account: &Account,
    member: Option<&Member>,
    shown: account::Entity,
    ips: Vec<Ip>,
) -> Entity {
    let role = member.and_then(|member| Role::from_stored(member.role));
    let reason = member.map(|member| member.reason.clone());
    Entity {
        id: account.id,
        username: account.username.clone(),
        domain: account.authority.clone(),
        created_at: time(account.created_at),
        email: member.map(|member| member.email.clone()),
        ip: ips.first().map(|last| last.ip.clone()),
        ips,
        locale: member.map(|member| member.locale.clone()),
        invite_request: reason.filter(|reason| !reason.is_empty()),
        role: role.map(|role| role::entity(app, role)),
        confirmed: member.is_none_or(|member| member.confirmed),
        approved: member.is_none_or(|member| member.approved),
        disabled: member.is_some_and(|member| member.disabled),
        sensitized: account.sensitized,
        silenced: account.limited,
        suspended: account.suspended || account.deleted,
        account: shown,
        created_by_application_id: member.and_then(|member| member.joined_by_app),
        invited_by_account_id: member.and_then(|member| member.invited_by),
    }
}
