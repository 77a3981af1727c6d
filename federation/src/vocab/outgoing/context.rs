//! `@context`: the words that a document uses beyond ActivityStreams. Never names a context that would have to be fetched:
//! the two that are named are built into every JSON-LD library of the network, the rest is defined in place.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

const ACTIVITY_STREAMS: &str = "https://www.w3.org/ns/activitystreams";
const SECURITY: &str = "https://w3id.org/security/v1";

/// A group of words that a document may use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Term {
    Security,
    Profile,
    Fields,
    Moved,
    Webfinger,
    Sensitive,
    Hashtag,
    Emoji,
    Blurhash,
    FocalPoint,
    Exif,
    Comments,
    Poll,
    Place,
    InteractionPolicy,
    QuotePolicy,
    Quote,
    QuoteRequest,
    QuoteStamp,
}

pub(super) fn of(terms: &BTreeSet<Term>) -> Value {
    let mut contexts = vec![json!(ACTIVITY_STREAMS)];
    if terms.contains(&Term::Security) {
        contexts.push(json!(SECURITY));
    }
    let mut inline = Map::new();
    for term in terms {
        if let Value::Object(words) = definitions(*term) {
            inline.extend(words);
        }
    }
    if !inline.is_empty() {
        contexts.push(Value::Object(inline));
    }
    match contexts.len() {
        1 => json!(ACTIVITY_STREAMS),
        _ => Value::Array(contexts),
    }
}

fn definitions(term: Term) -> Value {
    match term {
        Term::Security => Value::Null,
        Term::Profile => json!({
            "toot": "http://joinmastodon.org/ns#",
            "manuallyApprovesFollowers": "as:manuallyApprovesFollowers",
            "discoverable": "toot:discoverable",
            "indexable": "toot:indexable",
            "featured": { "@id": "toot:featured", "@type": "@id" },
            "suspended": "toot:suspended",
        }),
        Term::Fields => json!({
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
        }),
        Term::Moved => json!({
            "alsoKnownAs": { "@id": "as:alsoKnownAs", "@type": "@id" },
            "movedTo": { "@id": "as:movedTo", "@type": "@id" },
        }),
        Term::Webfinger => json!({ "webfinger": "https://purl.archive.org/socialweb/webfinger#webfinger" }),
        Term::Sensitive => json!({ "sensitive": "as:sensitive" }),
        Term::Hashtag => json!({ "Hashtag": "as:Hashtag" }),
        Term::Emoji => json!({ "toot": "http://joinmastodon.org/ns#", "Emoji": "toot:Emoji" }),
        Term::Blurhash => json!({ "toot": "http://joinmastodon.org/ns#", "blurhash": "toot:blurhash" }),
        Term::FocalPoint => json!({
            "toot": "http://joinmastodon.org/ns#",
            "focalPoint": { "@container": "@list", "@id": "toot:focalPoint" },
        }),
        Term::Exif => json!({
            "schema": "http://schema.org#",
            "PropertyValue": "schema:PropertyValue",
            "value": "schema:value",
            "exifData": "schema:exifData",
        }),
        Term::Comments => json!({
            "pixelfed": "http://pixelfed.org/ns#",
            "commentsEnabled": "pixelfed:commentsEnabled",
        }),
        Term::Poll => json!({ "toot": "http://joinmastodon.org/ns#", "votersCount": "toot:votersCount" }),
        Term::Place => json!({ "schema": "http://schema.org#", "country": "schema:addressCountry" }),
        Term::InteractionPolicy => json!({
            "gts": "https://gotosocial.org/ns#",
            "interactionPolicy": { "@id": "gts:interactionPolicy", "@type": "@id" },
            "canReply": { "@id": "gts:canReply", "@type": "@id" },
            "automaticApproval": { "@id": "gts:automaticApproval", "@type": "@id" },
        }),
        Term::QuotePolicy => json!({
            "gts": "https://gotosocial.org/ns#",
            "interactionPolicy": { "@id": "gts:interactionPolicy", "@type": "@id" },
            "canQuote": { "@id": "gts:canQuote", "@type": "@id" },
            "automaticApproval": { "@id": "gts:automaticApproval", "@type": "@id" },
        }),
        Term::Quote => json!({
            "quote": { "@id": "https://w3id.org/fep/044f#quote", "@type": "@id" },
            "quoteAuthorization": { "@id": "https://w3id.org/fep/044f#quoteAuthorization", "@type": "@id" },
            "quoteUri": "http://fedibird.com/ns#quoteUri",
            "quoteUrl": "as:quoteUrl",
            "_misskey_quote": "https://misskey-hub.net/ns/#_misskey_quote",
        }),
        Term::QuoteRequest => json!({ "QuoteRequest": "https://w3id.org/fep/044f#QuoteRequest" }),
        Term::QuoteStamp => json!({
            "QuoteAuthorization": "https://w3id.org/fep/044f#QuoteAuthorization",
            "gts": "https://gotosocial.org/ns#",
            "interactingObject": { "@id": "gts:interactingObject", "@type": "@id" },
            "interactionTarget": { "@id": "gts:interactionTarget", "@type": "@id" },
        }),
    }
}
