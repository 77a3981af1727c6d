//! The Quote and QuoteApproval entities inside of a Status, as text. A quote in a quote is only named: what quotes itself by a
//! detour has an end.

use std::io::Write as _;

use serde_json::json;

use super::Parts;
use crate::caches::Body;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::quote::{Circle, Leave, Relation};

impl Parts {
    /// What a post quotes. None when a part went away between two queries.
    pub(super) fn write_quote(&self, json: &mut Vec<u8>, post: PostId, viewer: AccountId) -> Option<()> {
        json.extend_from_slice(b",\"quote\":");
        let Some(quote) = &self.posts.get(&post)?.quote else {
            json.extend_from_slice(b"null");
            return Some(());
        };
        let (state, seen) = self.quoted.stands(viewer, quote);
        write!(json, "{{\"state\":\"{state}\",\"quoted_status\":").ok()?;
        match seen {
            Some(seen) => {
                let filtered: &[u8] = seen.filtered.as_ref().map_or(b"[]", |filtered| &filtered.json);
                let (id, author) = (seen.card.id, seen.card.author_id);
                self.write_one(json, id, author, &seen.card, (viewer, filtered))?;
                self.name_quote(json, id, viewer)?;
                json.extend_from_slice(b",\"reblog\":null}}");
            }
            None => json.extend_from_slice(b"null}"),
        }
        Some(())
    }

    /// What is quoted in a quote.
    fn name_quote(&self, json: &mut Vec<u8>, post: PostId, viewer: AccountId) -> Option<()> {
        json.extend_from_slice(b",\"quote\":");
        let Some(quote) = &self.posts.get(&post)?.quote else {
            json.extend_from_slice(b"null");
            return Some(());
        };
        let (state, seen) = self.quoted.stands(viewer, quote);
        let named = json!({ "state": state, "quoted_status_id": seen.map(|seen| seen.card.id) });
        write!(json, "{named}").ok()
    }

    /// Who may quote a post, and whether its viewer may.
    pub(super) fn write_approval(
        &self,
        json: &mut Vec<u8>,
        body: &Body,
        author: AccountId,
        viewer: AccountId,
    ) -> Option<()> {
        json.extend_from_slice(b",\"quote_approval\":{\"automatic\":");
        write_names(json, body.quote_policy.automatic());
        json.extend_from_slice(b",\"manual\":");
        write_names(json, body.quote_policy.manual());
        let leave = self.leave(body, author, viewer).as_str();
        write!(json, ",\"current_user\":\"{leave}\"}}").ok()
    }

    /// As `actions::quote` decides it.
    fn leave(&self, body: &Body, author: AccountId, viewer: AccountId) -> Leave {
        match body.audience {
            Audience::Direct => Leave::Denied,
            _ if viewer == AccountId::NONE => Leave::Denied,
            _ if viewer == author => Leave::Automatic,
            Audience::Followers => Leave::Denied,
            Audience::Public | Audience::Unlisted => {
                let follows = self.quoted.following.contains(&(viewer, author));
                body.quote_policy.leave(Relation::of(follows))
            }
        }
    }
}

fn write_names(json: &mut Vec<u8>, circles: impl Iterator<Item = Circle>) {
    json.push(b'[');
    for (place, circle) in circles.enumerate() {
        if place > 0 {
            json.push(b',');
        }
        json.push(b'"');
        json.extend_from_slice(circle.as_str().as_bytes());
        json.push(b'"');
    }
    json.push(b']');
}
