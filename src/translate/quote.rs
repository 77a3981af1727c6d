//! Quotes as the network describes them: what a post says of them, requests, answers and stamps. Never chooses who gets one.

use tintype_federation::vocab::outgoing::quote::{self, QuoteRequest};
use tintype_federation::vocab::outgoing::{Document, QuoteDocument, activity::Deed};
use tintype_federation::vocab::{Note, PUBLIC, public};
use url::Url;

use super::activity::{body, text};
use super::address;
use crate::domain::account::Account;
use crate::domain::post::Post;
use crate::domain::quote::{Circle, Policy, Quote, RemoteQuote};

/// What a post of somebody here says, with a line for readers whose program knows nothing of quotes.
pub fn shown_html(post: &Post) -> String {
    match &post.quote {
        Some(quote) => format!("{}{}", quote.fallback(), post.html),
        None => post.html.clone(),
    }
}

/// What a post of somebody here quotes.
pub fn document(quote: &Quote) -> QuoteDocument {
    QuoteDocument {
        object: address(&quote.uri),
        stamp: quote.stamp.as_deref().map(address),
    }
}

/// Whose quotes of a post of `author` are let through: actors and collections of them.
pub fn approved(author: &Account, policy: Policy) -> Vec<Url> {
    let named = policy.automatic().filter_map(|circle| match circle {
        Circle::Public => Some(public()),
        Circle::Followers => Some(address(&author.followers_url)),
        // Nobody here can choose it.
        Circle::Unsupported => None,
    });
    named.collect()
}

/// What a post elsewhere says that it quotes.
pub fn said(note: &Note) -> Option<RemoteQuote> {
    note.quote.as_ref().map(|quoted| RemoteQuote {
        uri: quoted.to_string(),
        stamp: note.quote_stamp.as_ref().map(ToString::to_string),
    })
}

/// Whose quotes of a post elsewhere are let through; `followers` is its author's collection.
pub fn policy(note: &Note, followers: Option<&Url>) -> Policy {
    let circles = |named: &[Url]| -> Vec<Circle> {
        let others = named.iter().filter(|url| **url != note.attributed_to);
        others
            .map(|url| match url.as_str() {
                PUBLIC => Circle::Public,
                _ if Some(url) == followers => Circle::Followers,
                _ => Circle::Unsupported,
            })
            .collect()
    };
    Policy::new(
        &circles(&note.can_quote.automatic),
        &circles(&note.can_quote.manual),
    )
}

/// A request of somebody elsewhere, as it came.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub id: &'a Url,
    /// URI of who asks.
    pub actor: &'a str,
    pub object: &'a Url,
    pub instrument: &'a Url,
}

/// `author` asks whoever has the URI `quoted_author` whether the post with this document may quote theirs, of URI `quoted`.
pub fn request(author: &Account, id: &str, quoted: &str, note: &Document, quoted_author: &str) -> String {
    let (quoted, quoted_author) = (address(quoted), address(quoted_author));
    body(&author.uri, id, |deed| {
        quote::request(deed, &quoted, note, &quoted_author)
    })
}

/// `account` grants what was asked. `id`: the answer's own address; `stamp`: that of the proof.
pub fn accept(account: &Account, id: &str, asked: &Request<'_>, stamp: &str) -> String {
    let (actor, stamp) = (address(asked.actor), address(stamp));
    body(&account.uri, id, |deed| {
        quote::accept(deed, request_of(asked, &actor), &stamp)
    })
}

/// `account` does not.
pub fn reject(account: &Account, id: &str, asked: &Request<'_>) -> String {
    let actor = address(asked.actor);
    body(&account.uri, id, |deed| {
        quote::reject(deed, request_of(asked, &actor))
    })
}

fn request_of<'a>(asked: &'a Request<'a>, actor: &'a Url) -> QuoteRequest<'a> {
    QuoteRequest {
        deed: Deed { id: asked.id, actor },
        object: asked.object,
        instrument: asked.instrument,
    }
}

/// `account` takes leave to quote back. To everybody, as with deleted posts: that there was a stamp tells nothing.
pub fn revoke(account: &Account, stamp: &str) -> String {
    let id = format!("{stamp}#delete");
    let (stamp, to) = (address(stamp), [public()]);
    text(&quote::revoke(
        Deed {
            id: &address(&id),
            actor: &address(&account.uri),
        },
        &stamp,
        &to,
    ))
}

/// The stamp of `account` for the post of URI `quoting`, of theirs of URI `quoted`.
pub fn stamp(account: &Account, id: &str, quoting: &str, quoted: &str) -> Document {
    quote::stamp(
        &address(id),
        &address(&account.uri),
        &address(quoting),
        &address(quoted),
    )
}
