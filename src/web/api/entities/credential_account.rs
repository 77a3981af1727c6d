//! The CredentialAccount entity: one's own account with what only its owner sees.

use serde::Serialize;

use super::{account, role};
use crate::app::App;
use crate::db::preferences::Preferences;
use crate::domain::account::Account;
use crate::domain::role::Role;

#[derive(Debug, Serialize)]
pub struct Entity {
    #[serde(flatten)]
    pub account: account::Entity,
    pub source: Source,
    pub role: role::Entity,
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
    /// Ours: what others may have beside the pictures of a post that says nothing of it.
    pub offer_originals: bool,
    pub show_camera: bool,
}

/// `shown`: the account as anybody sees it.
pub fn entity(
    app: &App,
    shown: account::Entity,
    account: &Account,
    preferences: &Preferences,
    requests: i64,
) -> Entity {
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
        quote_policy: preferences.quote_policy.as_str(),
        offer_originals: preferences.offer_originals,
        show_camera: preferences.show_camera,
    };
    Entity {
        account: shown,
        source,
        role: role::entity(app, Role::from_stored(preferences.role).unwrap_or(Role::Member)),
    }
}
