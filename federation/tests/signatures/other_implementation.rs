//! Our signatures read, and theirs made, by another implementation of draft-cavage. Never our own code on both sides.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use http_signature_normalization::Config;
use tintype_federation::signature::Scheme;

use crate::request::{KEY, check, key_id, now, plain, post, public};

const LONG: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

fn map(headers: &HeaderMap) -> BTreeMap<String, String> {
    headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect()
}

#[test]
fn another_implementation_verifies_what_we_sign() {
    let config = Config::new()
        .mastodon_compat()
        .require_digest()
        .set_expiration(LONG);
    let unverified = config
        .begin_verify("POST", "/inbox?to=all", map(&post(Scheme::Cavage, now())))
        .unwrap();
    assert_eq!(unverified.key_id(), key_id().as_str());
    let signature = STANDARD.decode(unverified.signature()).unwrap();
    assert!(public().verifies(unverified.signing_string().as_bytes(), &signature));
}

#[test]
fn we_verify_what_another_implementation_signs() {
    let mut headers = plain();
    headers.remove("signature");
    let unsigned = Config::new()
        .mastodon_compat()
        .begin_sign("POST", "/inbox?to=all", map(&headers))
        .unwrap();
    let signed = unsigned
        .sign(key_id().to_string(), |text| KEY.sign(text.as_bytes()))
        .unwrap();
    let value = HeaderValue::from_str(&signed.signature_header()).unwrap();
    headers.insert(HeaderName::from_static("signature"), value);
    check(&headers).unwrap();
}
