//! What is tried with arbitrary bytes: what peers write, before anything of it is believed. Each panics where a promise is
//! broken, and takes whatever it is given.

use std::sync::LazyLock;

use chrono::{DateTime, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use tintype::domain::html;
use tintype_federation::inbox::{self, Received};
use tintype_federation::json;
use tintype_federation::key::{PublicKey, SigningKey};
use tintype_federation::origin::{is_web_address, parse_web_address, same_origin};
use tintype_federation::signature::{self, RequestView};
use tintype_federation::synchronization::{HEADER, Stated};
use tintype_federation::vocab::{Actor, Collection, Note, Outbox, QuoteStamp};
use tintype_federation::webfinger::{Handle, Jrd, SubscribeTemplate};
use url::Url;

const ANA: &str = "https://there.example/users/ana";
const BODY: &[u8] = br#"{"type":"Follow"}"#;

fn ana() -> Url {
    Url::parse(ANA).expect("an address")
}

/// Noon of the day for which the seeds are signed.
fn noon() -> DateTime<Utc> {
    DateTime::from_timestamp(1_589_716_800, 0).expect("a time")
}

/// Lines of a request's head, as they come.
fn headers(data: &[u8]) -> HeaderMap {
    let mut headers = HeaderMap::new();
    for line in data.split(|byte| *byte == b'\n').take(64) {
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            continue;
        };
        let name = HeaderName::from_bytes(&line[..colon]);
        let value = HeaderValue::from_bytes(line[colon + 1..].trim_ascii());
        if let (Ok(name), Ok(value)) = (name, value) {
            headers.append(name, value);
        }
    }
    headers
}

/// No head of a request is signed by a key that signed nothing, whatever it claims.
pub fn signature_headers(data: &[u8]) {
    static KEY: LazyLock<PublicKey> = LazyLock::new(|| {
        let key = SigningKey::generate().expect("a key can be made");
        PublicKey::from_pem(&key.public_pem().expect("it has a public half")).expect("it is one")
    });
    let headers = headers(data);
    for method in ["POST", "GET"] {
        let request = RequestView {
            method,
            path_and_query: "/inbox?to=all",
            headers: &headers,
            our_authorities: &["here.example"],
        };
        if let Ok(claim) = signature::read(&request, noon()) {
            assert!(is_web_address(&claim.key_id), "{}", claim.key_id);
            assert!(claim.verify(&KEY).is_err(), "signed by nobody");
            if method == "POST" && claim.check_body(BODY).is_ok() {
                assert!(claim.check_body(b"another").is_err(), "a digest of two bodies");
            }
        }
    }
}

/// A letter speaks for its signer, and of what is on the signer's server.
pub fn activity(data: &[u8]) {
    let peek = inbox::peek_actor_and_id(data);
    let signer = peek.as_ref().map_or_else(|_| ana(), |peek| peek.actor.clone());
    if let Ok(envelope) = inbox::read(data, &signer) {
        let peek = peek.expect("what the whole reader takes, a first look takes");
        assert_eq!((&envelope.actor, &peek.actor), (&signer, &signer));
        assert!(same_origin(&envelope.id, &signer));
        if let Received::Create(note) = &envelope.received {
            assert_eq!(note.attributed_to, signer);
            assert!(same_origin(&note.id, &signer));
        }
    }
    let other = Url::parse("https://elsewhere.example/users/mallory").expect("an address");
    if signer != other {
        assert!(inbox::read(data, &other).is_err(), "somebody else's word");
    }
}

/// Whatever a document says, keys and inboxes are its own server's, and nothing is longer than it may be.
pub fn actor(data: &[u8]) {
    let Ok(value) = json::parse(data) else { return };
    if let Ok(actor) = Actor::read(&value) {
        assert!(same_origin(&actor.inbox, &actor.id));
        assert!(
            actor
                .public_keys
                .iter()
                .all(|key| same_origin(&key.id, &actor.id))
        );
        assert!(actor.fields.len() <= 50 && actor.also_known_as.len() <= 256);
        for own in [
            &actor.outbox,
            &actor.followers,
            &actor.featured,
            &actor.shared_inbox,
        ] {
            assert!(own.as_ref().is_none_or(|own| same_origin(own, &actor.id)));
        }
    }
    if let Ok(note) = Note::read(&value) {
        assert!(same_origin(&note.attributed_to, &note.id));
    }
    let _ = (
        Collection::read(&value),
        Outbox::read(&value),
        QuoteStamp::read(&value),
    );
}

/// What is left of HTML acts nowhere, and says the same when it is cleaned again.
pub fn html(data: &[u8]) {
    let given = String::from_utf8_lossy(data);
    let clean = html::clean(&given);
    let lower = clean.to_lowercase();
    for start in lower.match_indices('<').map(|(at, _)| &lower[at + 1..]) {
        let name: String = start
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        assert!(TAGS.contains(&name.as_str()), "<{name}> in {clean}");
        let inside = &start[..start.find('>').expect("a tag has an end")];
        // What stands before a value, and the value, in turn.
        let mut parts = inside.split('"');
        while let Some(before) = parts.next() {
            for acting in [" on", " style=", " src="] {
                assert!(!before.contains(acting), "{acting} in {clean}");
            }
            let value = parts.next().unwrap_or_default();
            let is_web = value.starts_with("http://") || value.starts_with("https://");
            assert!(is_web || !before.ends_with("href="), "{value} in {clean}");
        }
    }
    // A line that begins a `pre` is none.
    let words = |html: &str| html::plain(html).split_whitespace().collect::<String>();
    assert_eq!(
        words(&html::clean(&clean)),
        words(&clean),
        "cleaned twice: {clean}"
    );
    html::plain(&given);
}

const TAGS: [&str; 17] = [
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "s",
    "span",
    "strong",
    "u",
    "ul",
];

/// What WebFinger answers leads to web addresses only, and a handle that is read is read again as the same.
pub fn webfinger(data: &[u8]) {
    if let Ok(value) = json::parse(data)
        && let Some(jrd) = Jrd::read(&value)
    {
        assert!(jrd.actor.as_ref().is_none_or(is_web_address));
        if let Some(template) = &jrd.subscribe {
            let filled = template.fill("https://here.example/@ana?a=b&c#d");
            assert!(filled.as_ref().is_some_and(is_web_address));
        }
    }
    let text = String::from_utf8_lossy(data);
    if let Some(handle) = Handle::parse(&text) {
        let again = Handle::parse(&handle.to_string()).expect("it was one");
        assert!(again.same_as(&handle), "{text}");
    }
    if let Some(template) = SubscribeTemplate::parse(&text) {
        assert!(template.fill(ANA).is_some(), "{text}");
    }
    if let Some(url) = parse_web_address(&text) {
        assert!(
            is_web_address(&url) && parse_web_address(url.as_str()).as_ref() == Some(&url),
            "{text}"
        );
    }
}

/// What a header says about followers is about the sender's own server, and says the same when it is written down again.
pub fn collection_header(data: &[u8]) {
    let mut headers = HeaderMap::new();
    let Ok(value) = HeaderValue::from_bytes(data) else {
        return;
    };
    headers.insert(HEADER, value);
    let Some(stated) = Stated::read(&headers, &ana()) else {
        return;
    };
    assert!(same_origin(&stated.collection, &ana()) && same_origin(&stated.url, &ana()));
    let written = HeaderValue::from_str(&stated.to_header()).expect("a header");
    headers.insert(HEADER, written);
    assert_eq!(Stated::read(&headers, &ana()), Some(stated));
}
