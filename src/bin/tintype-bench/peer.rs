//! Letters of people elsewhere, signed before they are sent, so that what is measured is only their reception.

use std::thread;

use bytes::Bytes;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::json;
use tintype_federation::key::SigningKey;
use tintype_federation::signature::{BodyDigest, Scheme, sign_post};
use url::Url;

use crate::seed::PEERS;

/// Whole requests, each a `Create` of a note by one of the peers in turn, with numbers from `first` on, written between
/// the two times.
/// Without pictures: those are fetched in their own time, and what that costs is not the inbox's.
pub fn letters(
    key: &SigningKey,
    base: &str,
    first: usize,
    many: usize,
    (since, now): (DateTime<Utc>, DateTime<Utc>),
) -> anyhow::Result<Vec<Bytes>> {
    let inbox = Url::parse(&format!("{base}/inbox"))?;
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let share = many.div_ceil(workers).max(1);
    // Spread over the time since the letters before them: posts are in the order of their letters, as they mostly are,
    // so that a feed that is trimmed meanwhile has no reason to leave later ones out.
    let stretch = (now - since).num_milliseconds().max(0);
    let published = |number: usize| {
        let share = (number - first) as f64 / many as f64;
        since + TimeDelta::milliseconds((stretch as f64 * share) as i64)
    };
    thread::scope(|scope| {
        let (inbox, published) = (&inbox, &published);
        let shares: Vec<_> = (first..first + many).step_by(share).collect();
        let signing: Vec<_> = shares
            .into_iter()
            .map(|start| {
                let end = (start + share).min(first + many);
                scope.spawn(move || {
                    (start..end)
                        .map(|number| letter(key, inbox, number, published(number), now))
                        .collect()
                })
            })
            .collect();
        let mut letters = Vec::with_capacity(many);
        for share in signing {
            let share: anyhow::Result<Vec<Bytes>> =
                share.join().map_err(|_| anyhow::anyhow!("a signer panicked"))?;
            letters.extend(share?);
        }
        Ok(letters)
    })
}

/// Where the server finds the peers: nowhere, and without asking anybody.
pub fn resolved() -> String {
    let names = (0..PEERS).map(|peer| format!("peer{peer}.example=127.0.0.1"));
    names.collect::<Vec<_>>().join(",")
}

fn letter(
    key: &SigningKey,
    inbox: &Url,
    number: usize,
    published: DateTime<Utc>,
    now: DateTime<Utc>,
) -> anyhow::Result<Bytes> {
    let peer = number % PEERS;
    let actor = format!("http://peer{peer}.example/users/peer{peer}");
    let body = create(&actor, number, published);
    let key_id = Url::parse(&format!("{actor}#main-key"))?;
    let digest = BodyDigest::of(body.as_bytes());
    let headers = sign_post(&key_id, key, inbox, &digest, now, Scheme::Cavage)?;
    let mut request = format!(
        "POST {} HTTP/1.1\r\ncontent-length: {}\r\n",
        inbox.path(),
        body.len()
    );
    for (name, value) in &headers {
        request.push_str(&format!("{name}: {}\r\n", value.to_str()?));
    }
    request.push_str("\r\n");
    request.push_str(&body);
    Ok(request.into())
}

fn create(actor: &str, number: usize, published: DateTime<Utc>) -> String {
    let note = format!("{actor}/notes/{number}");
    let published = published.to_rfc3339_opts(SecondsFormat::Millis, true);
    let (public, followers) = (
        "https://www.w3.org/ns/activitystreams#Public",
        format!("{actor}/followers"),
    );
    json!({
        "@context": ["https://www.w3.org/ns/activitystreams", {"sensitive": "as:sensitive", "toot": "http://joinmastodon.org/ns#",
            "blurhash": "toot:blurhash", "focalPoint": {"@container": "@list", "@id": "toot:focalPoint"}}],
        "id": format!("{note}/activity"), "type": "Create", "actor": actor, "published": published,
        "to": [public], "cc": [followers],
        "object": {
            "id": note, "type": "Note", "attributedTo": actor, "published": published, "url": note,
            "to": [public], "cc": [followers], "sensitive": false, "summary": null, "inReplyTo": null,
            "content": "<p>The light was gone a minute later; we walked back along the shore and nobody said much.</p>",
            "contentMap": {"en": "<p>The light was gone a minute later; we walked back along the shore and nobody said much.</p>"},
            "tag": [{"type": "Hashtag", "href": "http://peer.example/tags/sea", "name": "#sea"}]
        }
    })
    .to_string()
}
