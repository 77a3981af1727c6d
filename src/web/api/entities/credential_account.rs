//! The CredentialAccount entity: one's own account with what only its owner sees.

use serde::Serialize;
use serde_json::{Value, json};

use super::account;
use crate::db::preferences::Preferences;
use crate::domain::account::Account;

#[derive(Debug, Serialize)]
pub struct Entity {
    #[serde(flatten)]
    pub account: account::Entity,
    pub source: Source,
    pub role: Value,
}

#[derive(Debug, Serialize)]
pub struct Source {
    pub privacy: &'static str,
    pub sensitive: bool,
    pub language: Option<String>,
    /// As it was written, not HTML.
    pub note: String,
    pub fields: Vec<account::Field>,
    pub follow_requests_count: i64,
    pub hide_collections: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub attribution_domains: Vec<String>,
    pub quote_policy: &'static str,
}

/// `shown`: the account as anybody sees it.
pub fn entity(shown: account::Entity, account: &Account, preferences: &Preferences, requests: i64) -> Entity {
    let fields = account.fields.iter();
    let source = Source {
        privacy: preferences.audience.as_str(),
        sensitive: preferences.sensitive,
        language: preferences.language.clone(),
        note: account.note_source.clone(),
        fields: fields
            .map(|field| account::Field {
                name: field.name.clone(),
                value: field.value.clone(),
                verified_at: field.verified_at.map(super::time),
            })
            .collect(),
        follow_requests_count: requests,
        hide_collections: account.hide_relations,
        discoverable: account.discoverable,
        indexable: account.indexable,
        attribution_domains: Vec::new(),
        quote_policy: "nobody",
    };
    Entity {
        account: shown,
        source,
        role: role(preferences.role),
    }
}

/// A role with its permissions in Mastodon's bits: what clients offer a person by.
fn role(role: i16) -> Value {
    let (id, name, permissions) = match role {
        3 => ("3", "Owner", "1"),
        2 => ("2", "Admin", "1048572"),
        1 => ("1", "Moderator", "1308"),
        // The role of everybody, as Mastodon numbers it.
        _ => ("-99", "", "0"),
    };
    json!({ "id": id, "name": name, "color": "", "permissions": permissions, "highlighted": role > 0 })
}
