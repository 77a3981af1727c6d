//! One document on a peer of its own, with its author, who signs it. Knows nothing of what should come of it.

use serde_json::{Value, json};

use super::documents::{self, Corpus, Document, Kind, id_of, type_of};
use super::hosts::Hosts;
use super::lives::Lives;
use super::recipients::{self, Us};
use crate::support::TestServer;
use crate::support::actor::Actor;
use crate::support::peer::{Peer, Says};

pub struct Stage {
    pub name: String,
    pub kind: Kind,
    /// As it is on this machine.
    pub value: Value,
    /// Whose it is; of what is nobody's, who sends it.
    pub author: Actor,
    /// Who did what it passes on.
    pub other: Option<Actor>,
    lives: Lives,
}

impl Stage {
    pub async fn set(corpus: &Corpus, document: &Document, us: &Us) -> Self {
        let peer = Peer::start("peer.test").await;
        let mut hosts = Hosts::new(peer.address.port(), &us.authority);
        let mut given = document.value.clone();
        recipients::give(&mut given, us);
        let author = documents::author(&given);
        // The first that is met is the author's server.
        let home = hosts.text(
            author
                .as_deref()
                .or(given["id"].as_str())
                .unwrap_or("http://nowhere"),
        );
        let value = hosts.document(&given);
        let deed = documents::passed_on(&value);
        let group = deed.and_then(|_| id_of(&value["actor"]));
        let lives = Lives { peer, group };
        for known in documents::addresses(&given)
            .into_iter()
            .filter_map(|address| corpus.with_id(address))
        {
            lives.all_of(&hosts.document(known));
        }
        if type_of(&value) == "Announce"
            && deed.is_none()
            && let Some(object) = id_of(&given["object"]).filter(|object| corpus.with_id(object).is_none())
        {
            lives.a_post_at(&hosts.text(&object));
        }
        lives.all_of(&value);
        let known = match documents::kind(&given) {
            Kind::Actor => Some(value.clone()),
            _ => author
                .as_deref()
                .and_then(|author| corpus.with_id(author))
                .filter(|known| documents::is_actor(known))
                .map(|known| hosts.document(known)),
        };
        let settled = author.and_then(|_| lives.settle(&home, known));
        Self {
            name: document.name.clone(),
            kind: documents::kind(&given),
            other: deed.and_then(|deed| lives.settle(&id_of(&deed["actor"])?, None)),
            author: settled.unwrap_or_else(|| lives.somebody(&home)),
            value,
            lives,
        }
    }

    /// What has to be there first, and who says it: what is taken back, changed or deleted.
    pub fn earlier(&self) -> Option<(&Actor, Value)> {
        let (actor, deed) = match (documents::passed_on(&self.value), &self.other) {
            (Some(deed), Some(other)) => (other, deed),
            _ => (&self.author, &self.value),
        };
        let object = &deed["object"];
        let earlier = match type_of(deed) {
            "Undo" if object.is_object() => object.clone(),
            "Update" => {
                let mut before = documents::post(object)?.clone();
                before["updated"].take();
                before["content"] = json!("<p>Before</p>");
                actor.creates(&before)
            }
            "Delete" => {
                let id = id_of(object).filter(|id| *id != actor.uri && id.contains(&actor.authority))?;
                let mut note = actor.note("<p>Before</p>");
                note["id"] = json!(id);
                actor.creates(&note)
            }
            _ => return None,
        };
        Some((actor, earlier))
    }

    /// From now on the peer is as the document says: what it deletes is not there, and who moves is elsewhere.
    pub fn is_done(&self) {
        if let ("Move", Some(to)) = (type_of(&self.value), self.value["target"].as_str()) {
            self.lives.moves(&self.author, to);
        }
        let deed = documents::passed_on(&self.value).unwrap_or(&self.value);
        if let Some(id) = id_of(&deed["object"]).filter(|_| type_of(deed) == "Delete") {
            self.lives.says(&id, Says::Status(410));
        }
    }

    /// The activity that carries it. An actor is looked up.
    pub fn letter(&self) -> Option<Value> {
        match self.kind {
            Kind::Activity | Kind::Other => Some(self.value.clone()),
            Kind::Post => Some(self.author.creates(&self.value)),
            Kind::Actor => None,
        }
    }

    /// The author grants the follow of somebody here. Where the document itself is the answer, it names that follow as
    /// answers do: by its address.
    pub async fn is_followed(&mut self, server: &TestServer, follower: &str) {
        if !["Accept", "Reject"].contains(&type_of(&self.value)) {
            let follow = json!({ "type": "Follow", "actor": follower, "object": self.author.uri });
            let accept = self.author.does("Accept", follow);
            self.author.tells(server, &accept).await;
        } else if self.value["object"].is_string()
            && self.value["target"].is_null()
            && let Some(follow) = self.lives.peer.letters_of("Follow").first()
        {
            self.value["object"] = follow["id"].clone();
        }
    }
}
