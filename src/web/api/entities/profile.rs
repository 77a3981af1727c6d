//! The Profile entity: what its owner can change of it, as they wrote it. Shown to nobody else.

use serde::Serialize;

use super::{account, time};
use crate::db::profile_pictures::Described;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::urls::Urls;
use crate::web::api::featured_tags;

#[derive(Debug, Serialize)]
pub struct Entity {
    id: AccountId,
    display_name: String,
    note: String,
    fields: Vec<account::Field>,
    /// Null without a picture, unlike an account's.
    avatar: Option<String>,
    avatar_static: Option<String>,
    avatar_description: String,
    header: Option<String>,
    header_static: Option<String>,
    header_description: String,
    locked: bool,
    bot: bool,
    hide_collections: bool,
    discoverable: bool,
    indexable: bool,
    /// Profiles here show all of it, always.
    show_media: bool,
    show_media_replies: bool,
    show_featured: bool,
    attribution_domains: [String; 0],
    featured_tags: Vec<featured_tags::Entity>,
}

pub fn entity(
    urls: &Urls,
    account: &Account,
    described: Described,
    featured_tags: Vec<featured_tags::Entity>,
) -> Entity {
    let avatar = account
        .avatar_key
        .as_ref()
        .map(|_| account::avatar(urls, account));
    let header = account
        .header_key
        .as_ref()
        .map(|_| account::header(urls, account));
    let fields = account.fields.iter().map(|field| account::Field {
        name: field.name.clone(),
        value: field.value.clone(),
        verified_at: field.verified_at.map(time),
    });
    Entity {
        id: account.id,
        display_name: account.display_name.clone(),
        note: account.note_source.clone(),
        fields: fields.collect(),
        avatar: avatar.clone(),
        avatar_static: avatar,
        avatar_description: described.avatar,
        header: header.clone(),
        header_static: header,
        header_description: described.header,
        locked: account.locked,
        bot: account.bot,
        hide_collections: account.hide_relations,
        discoverable: account.discoverable,
        indexable: account.indexable,
        show_media: true,
        show_media_replies: true,
        show_featured: true,
        attribution_domains: [],
        featured_tags,
    }
}
