//! What the viewer's filters say of a post, as its `filtered` tells clients. Says nothing of one's own posts: nobody asks
//! to be spared those.

use std::sync::Arc;

use serde::Deserialize;

use super::filter::{FilterResult, head};
use super::status::Parts;
use crate::app::App;
use crate::db::posts::Card;
use crate::domain::clock::Time;
use crate::domain::filter::{self, Contexts, Filters, Verdict};
use crate::domain::ids::{AccountId, PostId};

#[derive(Debug)]
pub struct Filtered {
    /// A list of FilterResult.
    pub json: Vec<u8>,
    /// Where the post is to be left out.
    pub hidden_in: Contexts,
}

/// None when no filter meets the post, or the one inside a repost, which is what is read.
pub fn judge(
    app: &App,
    parts: &Parts,
    viewer: AccountId,
    filters: &Filters,
    card: &Card,
    now: Time,
) -> Option<Filtered> {
    if filters.is_empty() || card.shown_author_id == viewer {
        return None;
    }
    let words = words(app, parts, (card.shown_id, card.shown_version))?;
    let verdict = filters.judge(card.shown_id, &words, now);
    (!verdict.found.is_empty()).then(|| Filtered {
        json: json(filters, &verdict),
        hidden_in: verdict.hidden_in,
    })
}

fn json(filters: &Filters, verdict: &Verdict) -> Vec<u8> {
    let results = verdict.found.iter().filter_map(|found| {
        let filter = filters.get(found.filter)?;
        let met = found
            .keywords
            .iter()
            .filter_map(|place| filter.keywords.get(*place));
        let keywords: Vec<&str> = met.map(|keyword| keyword.keyword.as_str()).collect();
        Some(FilterResult {
            filter: head(filter),
            keyword_matches: (!keywords.is_empty()).then_some(keywords),
            status_matches: found.post.map(|post| [post]),
        })
    });
    let results: Vec<_> = results.collect();
    serde_json::to_vec(&results).expect("an entity is plain data")
}

/// What of a rendered post is words.
#[derive(Deserialize)]
struct Said {
    content: String,
    spoiler_text: String,
    media_attachments: Vec<Described>,
    tags: Vec<Named>,
}

#[derive(Deserialize)]
struct Described {
    description: Option<String>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// From what is rendered for everybody: an edit has another version, and so has its words.
fn words(app: &App, parts: &Parts, key: (PostId, i32)) -> Option<Arc<str>> {
    if let Some(words) = app.caches.words.get(&key) {
        return Some(words);
    }
    let mut body = parts.body(key.0)?.to_vec();
    body.push(b'}');
    let said: Said = serde_json::from_slice(&body).expect("a body is JSON that was written here");
    let descriptions = said
        .media_attachments
        .into_iter()
        .filter_map(|one| one.description);
    let options = parts.poll(key.0).map_or(&[][..], |poll| &poll.options);
    let tags = said.tags.into_iter().map(|tag| format!("#{}", tag.name));
    let more = descriptions.chain(options.iter().cloned()).chain(tags);
    let words: Arc<str> = filter::words(&said.spoiler_text, &said.content, more).into();
    app.caches.words.insert(key, words.clone());
    Some(words)
}
