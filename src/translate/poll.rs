//! Polls and votes as the network describes them. Never takes a vote for a post.

use tintype_federation::vocab::outgoing::{OptionDocument, PollDocument};
use tintype_federation::vocab::{Closed, Note, NoteKind};

use crate::domain::clock::Time;
use crate::domain::poll::{Poll, RemotePoll};

/// Most options of a poll that are kept, and how long they may be: other servers offer more than we do.
const MOST_OPTIONS: usize = 20;
const LONGEST_OPTION: usize = 500;

/// What somebody elsewhere chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteVote {
    /// URI of the post whose poll it is.
    pub poll: String,
    /// The option, as it is written there.
    pub option: String,
}

/// The poll of somebody here.
pub fn document(poll: &Poll) -> PollDocument {
    let count = |number: i32| u64::try_from(number).unwrap_or(0);
    let is_told = poll.ended || !poll.hides_totals;
    let options = poll.options.iter().zip(&poll.tallies);
    PollDocument {
        options: options
            .map(|(name, votes)| OptionDocument {
                name: name.clone(),
                votes: is_told.then(|| count(*votes)),
            })
            .collect(),
        multiple: poll.multiple,
        end: poll.expires_at,
        is_closed: poll.ended,
        voters: poll.voters.map(count),
    }
}

/// What a post elsewhere asks. None when it asks nothing, or what cannot be answered by name.
pub fn remote(note: &Note, arrival: Time) -> Option<RemotePoll> {
    let said = note.poll.as_ref()?;
    let count = |number: u64| i32::try_from(number).unwrap_or(i32::MAX);
    let mut options: Vec<String> = Vec::new();
    let mut tallies = Vec::new();
    for option in said.options.iter().take(MOST_OPTIONS) {
        // As it is written there: votes name it.
        let name: String = option.name.chars().take(LONGEST_OPTION).collect();
        if !options.contains(&name) {
            options.push(name);
            tallies.push(count(option.votes));
        }
    }
    let closed = said.closed.map(|closed| match closed {
        Closed::Since(since) => since,
        Closed::Already => arrival,
    });
    Some(RemotePoll {
        options,
        tallies,
        voters: said.voters.map(count),
        multiple: said.multiple,
        expires_at: match (closed, said.end) {
            (Some(closed), Some(end)) => Some(end.min(closed)),
            (closed, end) => closed.or(end),
        },
    })
}

/// A note that has a name, answers something and says nothing is a vote.
pub fn vote(note: &Note) -> Option<RemoteVote> {
    let says_nothing = note.content_html.is_none() && note.attachments.is_empty();
    if note.kind != NoteKind::Note || !says_nothing {
        return None;
    }
    Some(RemoteVote {
        poll: note.in_reply_to.as_ref()?.to_string(),
        option: note.name.clone()?,
    })
}
