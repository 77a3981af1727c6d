//! The Poll entity, as part of a status and by itself. Never tells how many votes an option has while that is a secret.

use serde::Serialize;
use serde_json::{Value, json};

use super::{emoji, time};
use crate::domain::clock::Time;
use crate::domain::emoji::used;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::poll::Poll;
use crate::domain::post::Post;
use crate::domain::urls::Urls;

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    /// A poll is called by its post.
    id: PostId,
    expires_at: Option<String>,
    expired: bool,
    multiple: bool,
    votes_count: i64,
    voters_count: Option<i32>,
    #[serde(flatten)]
    own: Option<Own<'a>>,
    options: Vec<Choice<'a>>,
    emojis: &'a [Value],
}

/// What concerns the viewer; only for somebody who is signed in.
#[derive(Debug, Serialize)]
struct Own<'a> {
    voted: bool,
    own_votes: &'a [i16],
}

#[derive(Debug, Serialize)]
struct Choice<'a> {
    title: &'a str,
    votes_count: Option<i32>,
}

/// Who looks at a poll, when, and what they chose.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub viewer: AccountId,
    pub now: Time,
    pub chosen: &'a [i16],
}

/// The emojis of what a post asks; none when it asks nothing.
pub fn emojis(urls: &Urls, post: &Post) -> Option<Vec<Value>> {
    let options = post.poll.as_ref()?.options.iter().map(String::as_str);
    let used = used(&post.emojis, options);
    Some(emoji::all(urls, &used).iter().map(|one| json!(one)).collect())
}

/// `author`: whose poll it is; they do not vote in it. Beside the poll its emojis.
pub fn entity<'a>(
    post: PostId,
    author: AccountId,
    (poll, emojis): (&'a Poll, &'a [Value]),
    look: &Look<'a>,
) -> Entity<'a> {
    let expired = poll.ended || poll.is_over(look.now);
    let is_told = expired || !poll.hides_totals;
    let own = Own {
        voted: author == look.viewer || !look.chosen.is_empty(),
        own_votes: look.chosen,
    };
    let options = poll.options.iter().zip(&poll.tallies);
    Entity {
        id: post,
        expires_at: poll.expires_at.map(time),
        expired,
        multiple: poll.multiple,
        votes_count: poll.tallies.iter().map(|votes| i64::from(*votes)).sum(),
        voters_count: poll.voters,
        own: (look.viewer != AccountId::NONE).then_some(own),
        options: options
            .map(|(title, votes)| Choice {
                title,
                votes_count: is_told.then_some(*votes),
            })
            .collect(),
        emojis,
    }
}
