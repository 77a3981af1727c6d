//! What a `Question` asks, in the spellings of Mastodon, Misskey, Pleroma and GoToSocial. Never counts votes itself.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::value;

/// More of them are not read.
const MOST_OPTIONS: usize = 32;
const LONGEST_OPTION: usize = 2048;

/// A poll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poll {
    /// What can be chosen, in order.
    pub options: Vec<PollOption>,
    /// Whether more than one can be chosen.
    pub multiple: bool,
    /// When it ends.
    pub end: Option<DateTime<Utc>>,
    /// Whether, and since when, it is closed.
    pub closed: Option<Closed>,
    /// How many people voted.
    pub voters: Option<u64>,
}

/// One of the things to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PollOption {
    /// What it says.
    pub name: String,
    /// How often it was chosen; 0 when that is not told.
    pub votes: u64,
}

/// How a poll says that it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Since then.
    Since(DateTime<Utc>),
    /// Without saying since when.
    Already,
}

impl Poll {
    /// The poll of a document, if there is one with anything to choose.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        let (items, multiple) = match (value.get("oneOf"), value.get("anyOf")) {
            (Some(one), _) if !one.is_null() => (Some(one), false),
            (_, any) => (any, true),
        };
        let options: Vec<PollOption> = value::each(items, MOST_OPTIONS).filter_map(option).collect();
        if options.is_empty() {
            return None;
        }
        Some(Self {
            options,
            multiple,
            end: value::time(value.get("endTime")),
            closed: closed(value.get("closed")),
            voters: value::count(value.get("votersCount")),
        })
    }
}

fn option(item: &Value) -> Option<PollOption> {
    let name = value::text(item.get("name"), LONGEST_OPTION)
        .or_else(|| value::text(item.get("content"), LONGEST_OPTION))?;
    let votes = item.get("replies").and_then(|replies| replies.get("totalItems"));
    Some(PollOption {
        name,
        votes: value::count(votes).unwrap_or(0),
    })
}

fn closed(value: Option<&Value>) -> Option<Closed> {
    match value::time(value) {
        Some(since) => Some(Closed::Since(since)),
        None => value::flag(value)
            .filter(|closed| *closed)
            .map(|_| Closed::Already),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn polls_are_read_in_the_spellings_of_peers() {
        let option = |name: &str, votes: u64| json!({ "type": "Note", "name": name, "replies": { "type": "Collection", "totalItems": votes } });
        let mastodon = json!({ "oneOf": [option("a", 2), option("b", 0)], "endTime": "2026-01-01T00:00:00Z",
                               "closed": "2026-01-01T00:00:00Z", "votersCount": 2 });
        let poll = Poll::read(&mastodon).unwrap();
        assert_eq!(
            (poll.multiple, poll.voters, poll.options.len()),
            (false, Some(2), 2)
        );
        assert_eq!(poll.options[0].votes, 2);
        assert_eq!(poll.closed, Some(Closed::Since(poll.end.unwrap())));
        let misskey = json!({ "anyOf": [{ "type": "Note", "name": "a", "_misskey_votes": 1,
                                          "replies": { "type": "Collection", "totalItems": 1 } }], "oneOf": null, "closed": true });
        let poll = Poll::read(&misskey).unwrap();
        assert_eq!((poll.multiple, poll.closed), (true, Some(Closed::Already)));
    }

    #[test]
    fn what_offers_no_choice_is_no_poll() {
        for document in [
            json!({}),
            json!({ "oneOf": [] }),
            json!({ "oneOf": [null, 3, { "name": "" }] }),
            json!({ "anyOf": "a" }),
            json!({ "oneOf": { "name": 4, "replies": { "totalItems": -1 } } }),
        ] {
            assert_eq!(Poll::read(&document), None, "{document}");
        }
        let many = json!({ "oneOf": vec![json!({ "name": "x" }); 5_000] });
        assert_eq!(Poll::read(&many).unwrap().options.len(), MOST_OPTIONS);
    }
}
