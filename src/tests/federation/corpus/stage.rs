//! One document on a peer of its own, with its author, who signs it. Knows nothing of what should come of it.

use serde_json::{Value, json};
use url::Url;

use super::documents::{self, Corpus, Document, Kind};
use super::hosts::Hosts;
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};
use crate::support::{TestServer, keys};

pub struct Stage {
    pub name: String,
    pub kind: Kind,
    /// As it is on this machine.
    pub value: Value,
    /// Whose it is, where it is anybody's.
    pub author: Option<Actor>,
    peer: Peer,
}

impl Stage {
    pub async fn set(corpus: &Corpus, document: &Document) -> Self {
        let peer = Peer::start("peer.test").await;
        let mut hosts = Hosts::new(peer.address.port());
        let given = &document.value;
        let kind = documents::kind(given);
        let author = match kind {
            Kind::Activity => documents::id_of(&given["actor"]),
            Kind::Post => documents::id_of(&given["attributedTo"]),
            Kind::Actor => documents::id_of(&given["id"]),
            Kind::Other => None,
        };
        // The first that is met is the author's server.
        let uri = author.as_deref().map(|uri| hosts.text(uri));
        let mut stage = Self {
            name: document.name.clone(),
            kind,
            value: hosts.document(given),
            author: None,
            peer,
        };
        for other in documents::addresses(given) {
            if let Some(known) = corpus.with_id(other) {
                stage.serve_all(&hosts.document(known));
            }
        }
        stage.serve_all(&stage.value.clone());
        let known = author.and_then(|author| corpus.with_id(&author));
        let known = known
            .filter(|known| documents::is_actor(known))
            .map(|known| hosts.document(known));
        stage.author = uri.and_then(|uri| stage.settle(&uri, known));
        stage
    }

    /// Somebody lives there: as the document has them, or as somebody like others, with a key of the test's.
    fn settle(&self, uri: &str, known: Option<Value>) -> Option<Actor> {
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
        if let Some(name) = document["preferredUsername"].as_str() {
            name.clone_into(&mut actor.name);
        }
        self.peer.is_known_as(&actor.handle()[1..], uri);
        self.serve(uri, document);
        Some(actor)
    }

    fn serve_all(&self, value: &Value) {
        for (id, value) in documents::embedded(value) {
            self.serve(id, value.clone());
        }
    }

    fn serve(&self, id: &str, document: Value) {
        if let Ok(address) = Url::parse(id) {
            let query = address.query().map(|query| format!("?{query}"));
            let path = format!("{}{}", address.path(), query.unwrap_or_default());
            self.peer.says(&path, Says::Document(document));
        }
    }

    /// The activity that carries it.
    pub fn letter(&self) -> Option<Value> {
        let author = self.author.as_ref()?;
        match self.kind {
            Kind::Activity => Some(self.value.clone()),
            Kind::Post => Some(author.creates(&self.value)),
            Kind::Actor | Kind::Other => None,
        }
    }

    /// The author grants the follow of somebody here.
    pub async fn accepts(&self, server: &TestServer, follower: &str) {
        if let Some(author) = &self.author {
            let follow = json!({ "type": "Follow", "actor": follower, "object": author.uri });
            author.tells(server, &author.does("Accept", follow)).await;
        }
    }
}
