//! The Account entity. Addresses of pictures are always there and absolute. Looks nothing up.

use serde::Serialize;
use serde_json::Value;

use super::{midnight, time};
use crate::domain::account::{self, Account};
use crate::domain::ids::AccountId;
use crate::domain::urls::Urls;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    pub id: AccountId,
    pub username: String,
    pub acct: String,
    pub display_name: String,
    pub locked: bool,
    pub bot: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub group: bool,
    pub created_at: String,
    pub note: String,
    pub url: String,
    pub uri: String,
    pub avatar: String,
    pub avatar_static: String,
    pub header: String,
    pub header_static: String,
    pub followers_count: i32,
    pub following_count: i32,
    pub statuses_count: i32,
    pub last_status_at: Option<String>,
    pub hide_collections: bool,
    pub emojis: Value,
    pub fields: Vec<Field>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub roles: Option<Vec<Value>>,
    /// Where they live now; of one level only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved: Option<Box<Self>>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub suspended: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub limited: bool,
}

#[derive(Clone, Debug, Serialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub verified_at: Option<String>,
}

/// File name of the rendition that profiles show.
const HEADER_FILE: &str = "1080.jpg";

pub fn avatar(urls: &Urls, account: &Account) -> String {
    account.avatar(urls)
}

pub fn header(urls: &Urls, account: &Account) -> String {
    match &account.header_key {
        Some(key) if !account.suspended => urls.media(key, HEADER_FILE),
        _ => urls.at("/assets/header.png"),
    }
}

/// Without where they moved to, which `people` looks up.
pub fn entity(urls: &Urls, account: &Account) -> Entity {
    // A suspended person's page stays, empty: clients that hold the id must not break.
    let shown = account.is_active();
    let text = |text: &str| if shown { text.to_owned() } else { String::new() };
    Entity {
        id: account.id,
        username: account.username.clone(),
        acct: account.acct(),
        display_name: text(&account.display_name),
        locked: account.locked,
        bot: account.bot
            || account.kind == account::Kind::Service as i16
            || account.kind == account::Kind::Application as i16,
        discoverable: account.discoverable && shown,
        indexable: account.indexable && shown,
        group: account.kind == account::Kind::Group as i16,
        created_at: midnight(account.created_at),
        note: text(&account.note_html),
        url: account.url.clone(),
        uri: account.uri.clone(),
        avatar: avatar(urls, account),
        avatar_static: avatar(urls, account),
        header: header(urls, account),
        header_static: header(urls, account),
        followers_count: account.followers,
        following_count: account.following,
        statuses_count: account.posts,
        last_status_at: account.last_post_at.map(|at| at.date_naive().to_string()),
        hide_collections: account.hide_relations,
        emojis: if account.emojis.is_array() {
            account.emojis.clone()
        } else {
            Value::Array(Vec::new())
        },
        fields: if shown { fields(account) } else { Vec::new() },
        roles: account.is_local().then(Vec::new),
        moved: None,
        suspended: !shown,
        limited: account.limited,
    }
}

fn fields(account: &Account) -> Vec<Field> {
    let fields = account.fields.iter();
    fields
        .map(|field| Field {
            name: field.name.clone(),
            value: field.html.clone(),
            verified_at: field.verified_at.map(time),
        })
        .collect()
}
