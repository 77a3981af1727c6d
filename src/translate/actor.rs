//! People as the network describes them. Never believes a name: that is WebFinger's to confirm.

use tintype_federation::origin::origin;
use tintype_federation::vocab::outgoing::{ActorDocument, Document, Endpoints, Picture};
use tintype_federation::vocab::{Actor, ActorKind};

use super::{address, bounded, emoji, own_page};
use crate::domain::account::{Account, Field, Kind};
use crate::domain::clock::Time;
use crate::domain::html;
use crate::domain::names::is_remote_name;
use crate::domain::remote_account::RemoteAccount;
use crate::domain::text;
use crate::domain::urls::Urls;

/// Most characters of a name, and of a field's name, that are kept.
const LONGEST_NAME: usize = 500;

/// Somebody who lives here. Of somebody suspended: that they are, and their key.
pub fn document(urls: &Urls, account: &Account) -> Document {
    if account.suspended {
        return described(urls, &emptied(account)).build();
    }
    described(urls, account).build()
}

/// The same for those who may read nobody's document: only by which key they verify what this person sends.
pub fn key_document(urls: &Urls, account: &Account) -> Document {
    described(urls, account).build_key()
}

fn emptied(account: &Account) -> Account {
    let mut account = account.clone();
    account.display_name.clear();
    account.note_html.clear();
    account.fields.clear();
    account.emojis.clear();
    account.avatar_key = None;
    account.header_key = None;
    account.discoverable = false;
    account.indexable = false;
    account
}

fn described(urls: &Urls, account: &Account) -> ActorDocument {
    let picture = |key: &Option<String>, file: &str| {
        key.as_ref().map(|key| Picture {
            url: address(&urls.media(key, file)),
            media_type: "image/jpeg".to_owned(),
        })
    };
    let fields = account.fields.iter();
    ActorDocument {
        id: address(&account.uri),
        kind: kind_out(account),
        preferred_username: account.username.clone(),
        webfinger: format!("{}@{}", account.username, urls.authority()),
        name: account.display_name.clone(),
        summary_html: account.note_html.clone(),
        url: address(&account.url),
        endpoints: endpoints(urls, account),
        public_key_pem: account.public_key_pem.clone(),
        icon: picture(&account.avatar_key, "320.jpg"),
        image: picture(&account.header_key, "1080.jpg"),
        // Whoever asks to follow the instance itself waits for an answer that does not come.
        manually_approves_followers: account.locked || account.uri == urls.instance_actor(),
        discoverable: account.discoverable,
        indexable: account.indexable,
        published: Some(account.created_at),
        fields: fields
            .map(|field| (field.name.clone(), field.html.clone()))
            .collect(),
        also_known_as: account.also_known_as.iter().map(|uri| address(uri)).collect(),
        moved_to: account.moved_to.as_deref().map(address),
        emojis: emoji::sent(urls, &account.emojis),
        suspended: account.suspended,
    }
}

fn endpoints(urls: &Urls, account: &Account) -> Endpoints {
    let below = |path: &str| address(&format!("{}/{path}", account.uri));
    // The instance's own actor follows nobody and pins nothing.
    let is_person = account.uri != urls.instance_actor();
    Endpoints {
        inbox: address(&account.inbox),
        outbox: below("outbox"),
        followers: is_person.then(|| below("followers")),
        following: is_person.then(|| below("following")),
        featured: is_person.then(|| below("collections/featured")),
        shared_inbox: Some(address(&urls.shared_inbox())),
    }
}

fn kind_out(account: &Account) -> ActorKind {
    const KINDS: [(Kind, ActorKind); 5] = [
        (Kind::Person, ActorKind::Person),
        (Kind::Service, ActorKind::Service),
        (Kind::Application, ActorKind::Application),
        (Kind::Group, ActorKind::Group),
        (Kind::Organization, ActorKind::Organization),
    ];
    let found = KINDS.iter().find(|(kind, _)| *kind as i16 == account.kind);
    match found.map(|(_, kind)| *kind) {
        Some(ActorKind::Person) | None if account.bot => ActorKind::Service,
        found => found.unwrap_or(ActorKind::Person),
    }
}

/// Somebody elsewhere, cleaned, under the name that the document claims. `None` when nobody could write to that name,
/// or there is no key to verify them by.
pub fn remote(actor: &Actor, now: Time) -> Option<RemoteAccount> {
    let authority = origin(&actor.id)?;
    let username = actor.preferred_username.clone();
    // A server's own actor is named like its host (FEP-d556).
    if !is_remote_name(&username) && username != authority {
        return None;
    }
    let key = actor.public_keys.first()?;
    let text_of = |url: &Option<url::Url>| url.as_ref().map(ToString::to_string);
    let address_of = |url: &Option<url::Url>| text_of(url).unwrap_or_default();
    Some(RemoteAccount {
        authority,
        username,
        confirmed: false,
        kind: kind_in(actor.kind),
        uri: actor.id.to_string(),
        url: own_page(actor.url.as_ref(), &actor.id)
            .unwrap_or(&actor.id)
            .to_string(),
        inbox: actor.inbox.to_string(),
        shared_inbox: text_of(&actor.shared_inbox),
        outbox: address_of(&actor.outbox),
        followers_url: address_of(&actor.followers),
        following_url: address_of(&actor.following),
        featured_url: address_of(&actor.featured),
        display_name: bounded(actor.name.as_deref().unwrap_or_default(), LONGEST_NAME),
        note_html: unturned(actor.summary_html.as_deref().unwrap_or_default()),
        fields: actor.fields.iter().map(field).collect(),
        emojis: emoji::received(&actor.emojis),
        avatar_url: text_of(&actor.icon_url),
        header_url: text_of(&actor.image_url),
        locked: actor.manually_approves_followers,
        discoverable: actor.discoverable.unwrap_or(false),
        indexable: actor.indexable.unwrap_or(false),
        also_known_as: actor.also_known_as.iter().map(ToString::to_string).collect(),
        moved_to: text_of(&actor.moved_to),
        public_key_id: key.id.to_string(),
        public_key_pem: key.pem.clone(),
        created_at: actor.published.map_or(now, |at| at.clamp(Time::UNIX_EPOCH, now)),
    })
}

/// Clean HTML without what turns other text around, also where it was written as an entity.
fn unturned(html: &str) -> String {
    html::clean(html).chars().filter(|c| !text::turns(*c)).collect()
}

fn field((name, value): &(String, String)) -> Field {
    Field {
        name: bounded(&html::plain(name), LONGEST_NAME),
        value: String::new(),
        html: unturned(value),
        verified_at: None,
    }
}

fn kind_in(kind: ActorKind) -> Kind {
    match kind {
        ActorKind::Person => Kind::Person,
        ActorKind::Service => Kind::Service,
        ActorKind::Application => Kind::Application,
        ActorKind::Group => Kind::Group,
        ActorKind::Organization => Kind::Organization,
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn now() -> Time {
        Time::from_timestamp_millis(1_700_000_000_000).unwrap()
    }

    fn described(extra: Value) -> Option<RemoteAccount> {
        let mut document = json!({
            "id": "https://b.example/users/ben", "type": "Person", "preferredUsername": "Ben",
            "inbox": "https://b.example/users/ben/inbox",
            "publicKey": {"id": "https://b.example/users/ben#main-key", "owner": "https://b.example/users/ben",
                          "publicKeyPem": "-----BEGIN PUBLIC KEY-----"},
        });
        for (key, value) in extra.as_object().unwrap() {
            document[key] = value.clone();
        }
        remote(&Actor::read(&document).unwrap(), now())
    }

    #[test]
    fn a_remote_profile_is_cleaned_of_everything_that_acts() {
        let ben = described(json!({
            "name": "Ben\u{202e}gnp\u{0}",
            "summary": "<p onclick=x>h\u{202e}i&#x202e;&rlm;<script>alert(1)</script></p>",
            "url": "javascript:alert(1)",
            "published": "2999-01-01T00:00:00Z",
            "attachment": [{"type": "PropertyValue", "name": "<b>Site</b>", "value": "<a href=\"data:x\">x</a><img src=y>"}],
        }))
        .unwrap();
        assert_eq!(ben.display_name, "Bengnp");
        assert_eq!(ben.note_html, "<p>hi</p>");
        assert_eq!(ben.url, "https://b.example/users/ben");
        assert_eq!(ben.created_at, now());
        assert_eq!(ben.fields[0].name, "Site");
        assert!(!ben.fields[0].html.contains("data:") && !ben.fields[0].html.contains("img"));
    }

    #[test]
    fn names_that_nobody_could_write_are_refused() {
        assert!(described(json!({"preferredUsername": "a b"})).is_none());
        assert!(described(json!({"preferredUsername": "a@c.example"})).is_none());
        assert!(described(json!({"preferredUsername": "b.example"})).is_some());
        assert!(described(json!({"publicKey": null})).is_none());
    }

    pub fn somebody_here() -> Account {
        let uri = "https://a.example/users/ana".to_owned();
        Account {
            id: crate::domain::ids::AccountId(1),
            host_id: None,
            authority: None,
            username: "ana".into(),
            kind: 0,
            url: "https://a.example/@ana".into(),
            inbox: format!("{uri}/inbox"),
            shared_inbox: Some("https://a.example/inbox".into()),
            followers_url: format!("{uri}/followers"),
            featured_url: format!("{uri}/collections/featured"),
            display_name: "Ana".into(),
            note_source: String::new(),
            note_html: "<p>hi</p>".into(),
            fields: sqlx::types::Json(Vec::new()),
            emojis: sqlx::types::Json(Vec::new()),
            avatar_key: Some("k".into()),
            header_key: None,
            locked: false,
            bot: false,
            discoverable: true,
            indexable: false,
            hide_relations: false,
            also_known_as: Vec::new(),
            moved_to: None,
            public_key_id: format!("{uri}#main-key"),
            public_key_pem: "-----BEGIN PUBLIC KEY-----".into(),
            version: 1,
            created_at: now(),
            fetched_at: None,
            limited: false,
            sensitized: false,
            waiting: false,
            suspended: false,
            deleted: false,
            followers: 0,
            local_followers: 0,
            following: 0,
            posts: 0,
            last_post_at: None,
            uri,
        }
    }
}
