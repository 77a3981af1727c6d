//! draft-cavage-http-signatures-12, checked. Never hands a peer's parameters to another parser:
//! the one of `http-signature-normalization` panics on some of them, so it gets names and values that we chose.

use std::collections::BTreeMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use http::HeaderName;

use super::{
    Claim, LONGEST_HEADER, MOST_COMPONENTS, RequestView, Scheme, SignatureError, check_clock, check_expiry,
    check_host, digest, from_unix, has_body, headers, http_date, key_id,
};

/// The crate has a clock of its own (the machine's). Ours has already judged the times; its is made idle.
const NO_EXPIRY: Duration = Duration::from_secs(100 * 365 * 24 * 3600);

pub(super) fn read(request: &RequestView<'_>, now: DateTime<Utc>) -> Result<Claim, SignatureError> {
    let header = headers::single(request.headers, "signature")?.ok_or(SignatureError::Missing)?;
    let parameters = Parameters::parse(header)?;
    check_covered(&parameters.covered, request.method)?;
    check_times(&parameters, request, now)?;
    check_host(request)?;
    let digest = match headers::joined(request.headers, "digest")? {
        Some(value) if has_body(request.method) => Some(digest::Claimed::from_digest(&value)?),
        _ => None,
    };
    Ok(Claim {
        key_id: parameters.key_id.clone(),
        scheme: Scheme::Cavage,
        signature: parameters.signature.clone(),
        candidates: candidates(&parameters, request)?,
        digest,
    })
}

/// The parameters of the `Signature` header, bounded and each given at most once.
struct Parameters {
    key_id: url::Url,
    signature: Vec<u8>,
    covered: Vec<String>,
    created: Option<i64>,
    expires: Option<i64>,
}

impl Parameters {
    fn parse(header: &str) -> Result<Self, SignatureError> {
        if header.len() > LONGEST_HEADER {
            return Err(SignatureError::Malformed("signature header too long"));
        }
        let fields = split(header)?;
        let field = |name: &str| fields.get(name).copied();
        if !matches!(
            field("algorithm"),
            None | Some("rsa-sha256" | "hs2019" | "rsa-v1_5-sha256")
        ) {
            return Err(SignatureError::Algorithm);
        }
        let signature = field("signature").ok_or(SignatureError::Malformed("no signature"))?;
        Ok(Self {
            key_id: key_id(field("keyId").ok_or(SignatureError::Malformed("no keyId"))?)?,
            signature: STANDARD
                .decode(signature)
                .map_err(|_| SignatureError::Malformed("signature is not base64"))?,
            covered: covered(field("headers").ok_or(SignatureError::NotCovered("(request-target)"))?)?,
            created: field("created").map(seconds).transpose()?,
            expires: field("expires").map(seconds).transpose()?,
        })
    }
}

/// `name="value"` or `name=value`, separated by commas with or without spaces: peers do all of these.
pub(crate) fn split(header: &str) -> Result<BTreeMap<&str, &str>, SignatureError> {
    let broken = SignatureError::Malformed("signature parameters");
    let mut fields = BTreeMap::new();
    let mut rest = header.trim();
    while !rest.is_empty() {
        let (name, after) = rest.split_once('=').ok_or(broken)?;
        let after = after.trim_start();
        let (value, after) = match after.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(broken)?,
            None => after.find(',').map_or((after.trim_end(), ""), |at| {
                (after[..at].trim_end(), &after[at..])
            }),
        };
        if fields.insert(name.trim(), value).is_some() {
            return Err(SignatureError::Malformed("a signature parameter is given twice"));
        }
        rest = after.trim_start();
        if let Some(next) = rest.strip_prefix(',') {
            rest = next.trim_start();
        } else if !rest.is_empty() {
            return Err(broken);
        }
    }
    Ok(fields)
}

fn covered(list: &str) -> Result<Vec<String>, SignatureError> {
    let mut names: Vec<String> = Vec::new();
    for name in list.split_ascii_whitespace() {
        let name = name.to_ascii_lowercase();
        let pseudo = matches!(name.as_str(), "(request-target)" | "(created)" | "(expires)");
        // `authorization` and `signature` cannot sign themselves, and the signing-string builder would take them away.
        let odd = matches!(name.as_str(), "authorization" | "signature");
        if odd || names.contains(&name) || names.len() >= MOST_COMPONENTS {
            return Err(SignatureError::Malformed("list of signed headers"));
        }
        if !pseudo && HeaderName::from_bytes(name.as_bytes()).is_err() {
            return Err(SignatureError::Malformed("list of signed headers"));
        }
        names.push(name);
    }
    Ok(names)
}

fn seconds(text: &str) -> Result<i64, SignatureError> {
    let digits_only = !text.is_empty() && text.len() <= 12 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits_only {
        return Err(SignatureError::Malformed("time is not in seconds"));
    }
    text.parse()
        .map_err(|_| SignatureError::Malformed("time is not in seconds"))
}

fn check_covered(covered: &[String], method: &str) -> Result<(), SignatureError> {
    let has = |name: &str| covered.iter().any(|entry| entry == name);
    if !has("(request-target)") {
        return Err(SignatureError::NotCovered("(request-target)"));
    }
    if !has("host") {
        return Err(SignatureError::NotCovered("host"));
    }
    if !has("date") && !has("(created)") {
        return Err(SignatureError::NotCovered("date"));
    }
    if has_body(method) && !has("digest") {
        return Err(SignatureError::NotCovered("digest"));
    }
    Ok(())
}

fn check_times(
    parameters: &Parameters,
    request: &RequestView<'_>,
    now: DateTime<Utc>,
) -> Result<(), SignatureError> {
    let has = |name: &str| parameters.covered.iter().any(|entry| entry == name);
    if has("date") {
        let date = headers::single(request.headers, "date")?.ok_or(SignatureError::Malformed("no date"))?;
        check_clock(
            http_date::parse(date).ok_or(SignatureError::Malformed("date"))?,
            now,
        )?;
    }
    if has("(created)") {
        check_clock(
            from_unix(
                parameters
                    .created
                    .ok_or(SignatureError::Malformed("no created"))?,
            )?,
            now,
        )?;
    }
    match parameters.expires {
        Some(expires) => check_expiry(expires, now),
        None if has("(expires)") => Err(SignatureError::Malformed("no expires")),
        None => Ok(()),
    }
}

/// What may have been signed: with the query, and (Pixelfed leaves it out) without it.
fn candidates(parameters: &Parameters, request: &RequestView<'_>) -> Result<Vec<String>, SignatureError> {
    let mut values = BTreeMap::new();
    for name in &parameters.covered {
        let value = match name.as_str() {
            "(request-target)" => continue,
            "(created)" => parameters.created.map(|time| time.to_string()),
            "(expires)" => parameters.expires.map(|time| time.to_string()),
            _ => headers::joined(request.headers, name)?,
        };
        values.insert(
            name.clone(),
            value.ok_or(SignatureError::Malformed("a signed header is absent"))?,
        );
    }
    // The builder takes its list from a header of this name; key and signature have been read above.
    let list = format!(
        "keyId=\"k\",headers=\"{}\",signature=\"s\"",
        parameters.covered.join(" ")
    );
    values.insert(String::from("signature"), list);
    let path = request.path_and_query.split_once('?').map(|(path, _)| path);
    let targets = std::iter::once(request.path_and_query).chain(path);
    targets
        .map(|target| signing_string(request.method, target, values.clone()))
        .collect()
}

fn signing_string(
    method: &str,
    target: &str,
    values: BTreeMap<String, String>,
) -> Result<String, SignatureError> {
    let config = http_signature_normalization::Config::new().set_expiration(NO_EXPIRY);
    let unverified = config
        .begin_verify(method, target, values)
        .map_err(|_| SignatureError::Malformed("signing string"))?;
    Ok(unverified.signing_string().to_owned())
}
