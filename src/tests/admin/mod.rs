//! Moderators at work, by the API of their apps: who may, what it does to whom, and that it can be taken back.

mod addresses;
mod allowing;
mod barring;
mod consent;
pub mod desk;
mod domains;
mod finding;
mod known_pictures;
mod logged;
mod mail_blocks;
mod measures;
mod numbers;
mod quotas;
mod reports;
mod roles;
mod rules;
mod shapes;
mod shares;
mod takes_effect;
mod taxonomy;
mod who_may;

use serde_json::Value;

use crate::support::Person;
use crate::support::http::Answer;

pub const ACCOUNTS: &str = "/api/v1/admin/accounts";

/// A moderator takes a measure against somebody.
async fn measures(by: &Person, on: &Person, measure: &str) -> Answer {
    acts(by, on, &[("type", measure)]).await
}

async fn acts(by: &Person, on: &Person, said: &[(&str, &str)]) -> Answer {
    by.post_form(&format!("{ACCOUNTS}/{}/action", on.id), said).await
}

/// `approve`, `enable`, `unsilence` …
async fn does(by: &Person, verb: &str, on: &Person) -> Answer {
    by.act(&format!("{ACCOUNTS}/{}/{verb}", on.id)).await
}

async fn seen_by(moderator: &Person, person: &Person) -> Value {
    moderator.get(&format!("{ACCOUNTS}/{}", person.id)).await.ok()
}
