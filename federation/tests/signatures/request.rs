//! Requests, signed as a peer chooses. Never signs with a key that the verifier does not know.

use std::sync::LazyLock;

use chrono::{DateTime, TimeZone, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use tintype_federation::key::{PublicKey, SigningKey};
use tintype_federation::signature::{
    BodyDigest, Claim, RequestView, Scheme, SignatureError, read, sign_post,
};
use url::Url;

pub const BODY: &[u8] = br#"{"type":"Follow"}"#;
const OURS: &[&str] = &["here.example:3000"];

pub static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());

pub fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 5, 17, 12, 0, 0).unwrap()
}

pub fn inbox() -> Url {
    Url::parse("http://here.example:3000/inbox?to=all").unwrap()
}

pub fn key_id() -> Url {
    Url::parse("https://there.example/users/ana#main-key").unwrap()
}

pub fn public() -> PublicKey {
    PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap()
}

pub fn post(scheme: Scheme, time: DateTime<Utc>) -> HeaderMap {
    sign_post(&key_id(), &KEY, &inbox(), &BodyDigest::of(BODY), time, scheme).unwrap()
}

pub fn claim(method: &str, path: &str, headers: &HeaderMap) -> Result<Claim, SignatureError> {
    read(
        &RequestView {
            method,
            path_and_query: path,
            headers,
            our_authorities: OURS,
        },
        now(),
    )
}

pub fn check(headers: &HeaderMap) -> Result<(), SignatureError> {
    let claim = claim("POST", "/inbox?to=all", headers)?;
    claim.check_body(BODY)?;
    claim.verify(&public())
}

pub fn with(mut headers: HeaderMap, name: &'static str, value: &str) -> HeaderMap {
    headers.insert(
        HeaderName::from_static(name),
        HeaderValue::from_str(value).unwrap(),
    );
    headers
}

/// Signs as a peer would that chooses its own list, parameters and values.
pub fn cavage(list: &str, parameters: &str, headers: HeaderMap) -> HeaderMap {
    let line = |name: &str| match name {
        "(request-target)" => String::from("(request-target): post /inbox?to=all"),
        "(created)" | "(expires)" => {
            let field = name.trim_matches(['(', ')']);
            let value = parameters
                .split(',')
                .find_map(|entry| entry.strip_prefix(field)?.strip_prefix('='));
            format!("{name}: {}", value.unwrap_or_default())
        }
        _ => format!("{name}: {}", headers[name].to_str().unwrap()),
    };
    let text = list.split(' ').map(line).collect::<Vec<_>>().join("\n");
    let signature = KEY.sign(text.as_bytes()).unwrap();
    let value = format!(
        "keyId=\"{}\",{parameters}headers=\"{list}\",signature=\"{signature}\"",
        key_id()
    );
    with(headers, "signature", &value)
}

pub fn plain() -> HeaderMap {
    post(Scheme::Cavage, now())
}

/// An RFC 9421 request over components and parameters of a peer's choice.
pub fn message_signature(components: &[&str], parameters: &str, headers: HeaderMap) -> HeaderMap {
    let list = components
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(" ");
    let input = format!("({list}){parameters}");
    let mut base = String::new();
    for name in components {
        let value = match *name {
            "@method" => "POST",
            "@target-uri" => "http://here.example:3000/inbox?to=all",
            "@authority" => "here.example:3000",
            "@path" => "/inbox",
            "@query" => "?to=all",
            header => headers.get(header).map_or("", |value| value.to_str().unwrap()),
        };
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {input}"));
    let signature = KEY.sign(base.as_bytes()).unwrap();
    let headers = with(headers, "signature-input", &format!("sig1={input}"));
    with(headers, "signature", &format!("sig1=:{signature}:"))
}

pub fn fresh() -> String {
    format!(";created={};keyid=\"{}\"", now().timestamp(), key_id())
}
