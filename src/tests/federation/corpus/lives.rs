//! Who and what is on the peer of one document: people with keys of the test's, and what is embedded in it or known of.
//! Knows nothing of who is asked for any of it.

use serde_json::{Value, json};
use url::Url;

use super::documents::{self, Kind};
use crate::support::actor::Actor;
use crate::support::keys;
use crate::support::peer::{Peer, Says};

pub struct Lives {
    pub peer: Peer,
    /// Who passes on what others do, which nobody but a group does.
    pub group: Option<String>,
}

impl Lives {
    /// Somebody lives there: as `known` has them, or as somebody like others, with a key of the test's.
    pub fn settle(&self, uri: &str, known: Option<Value>) -> Option<Actor> {
        let address = Url::parse(uri).ok()?;
        let authority = format!("{}:{}", address.host_str()?, address.port()?);
        let last = address.path_segments()?.next_back().unwrap_or_default();
        let name: String = last.chars().filter(char::is_ascii_alphanumeric).collect();
        let name = if name.is_empty() { "somebody" } else { &name };
        let mut actor = Actor::new(&authority, name, keys::shared().next().expect("there are keys"));
        uri.clone_into(&mut actor.uri);
        actor.key_id = format!("{uri}#main-key");
        let mut document = known.unwrap_or_else(|| actor.document());
        document["publicKey"] = actor.document()["publicKey"].take();
        if self.group.as_deref() == Some(uri) {
            document["type"] = json!("Group");
        }
        if let Some(name) = document["preferredUsername"].as_str() {
            name.clone_into(&mut actor.name);
        }
        self.peer.is_known_as(&actor.handle()[1..], uri);
        self.serve(uri, document);
        Some(actor)
    }

    /// Somebody on the server that has this address.
    pub fn somebody(&self, address: &str) -> Actor {
        let home = Url::parse(address).expect("an address").origin();
        let authority = home.ascii_serialization();
        let known = authority.contains(&self.peer.address.port().to_string());
        let home = if known { authority } else { self.peer.url("") };
        self.settle(&format!("{home}/users/somebody"), None)
            .expect("an address with a port")
    }

    /// Somebody wrote what is at this address.
    pub fn a_post_at(&self, id: &str) {
        let mut note = self.somebody(id).note("<p>Before</p>");
        note["id"] = json!(id);
        self.serve(id, note);
    }

    /// Both addresses say that who was at the one lives at the other now.
    pub fn moves(&self, from: &Actor, to: &str) {
        if to != from.uri
            && let Some(there) = self.settle(to, None)
        {
            let mut document = there.document();
            document["alsoKnownAs"] = json!([from.uri]);
            self.serve(to, document);
            let mut document = from.document();
            document["movedTo"] = json!(to);
            self.serve(&from.uri, document);
        }
    }

    /// What is embedded is at its own address, and whoever wrote it lives there too.
    pub fn all_of(&self, value: &Value) {
        for (id, value) in documents::embedded(value) {
            if let Some(author) = documents::author(value).filter(|author| author != id) {
                self.settle(&author, None);
            }
            // Whoever is only named inside is there already, or comes as a whole.
            if documents::kind(value) != Kind::Actor || documents::is_actor(value) {
                self.serve(id, value.clone());
            }
        }
    }

    fn serve(&self, id: &str, document: Value) {
        self.says(id, Says::Document(document));
    }

    pub fn says(&self, id: &str, says: Says) {
        if let Ok(address) = Url::parse(id) {
            let query = address.query().map(|query| format!("?{query}"));
            let path = format!("{}{}", address.path(), query.unwrap_or_default());
            self.peer.says(&path, says);
        }
    }
}
