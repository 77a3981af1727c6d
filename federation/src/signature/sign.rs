//! Requests signed by us. Never keeps a signature for a second attempt: dates must be fresh.

use chrono::{DateTime, Utc};
use http::header::{CONTENT_TYPE, DATE, HOST};
use http::{HeaderMap, HeaderName, HeaderValue};
use url::Url;

use super::{BodyDigest, Scheme, SignatureError, http_date};
use crate::key::SigningKey;
use crate::synchronization;

/// The headers of a signed GET.
pub fn sign_get(
    key_id: &Url,
    key: &SigningKey,
    url: &Url,
    now: DateTime<Utc>,
    scheme: Scheme,
) -> Result<HeaderMap, SignatureError> {
    match scheme {
        Scheme::Cavage => get_with_target(key_id, key, &format!("get {}", target(url)), url, now),
        Scheme::Rfc9421 => {
            let mut headers = HeaderMap::new();
            set(&mut headers, HOST, &authority(url)?)?;
            set(&mut headers, DATE, &http_date::write(now))?;
            add_rfc9421(&mut headers, key_id, key, ("GET", url), now)?;
            Ok(headers)
        }
    }
}

/// The same in draft-cavage with a request target without its query: the second try that older GoToSocial and Mastodon need.
pub(crate) fn sign_get_without_query(
    key_id: &Url,
    key: &SigningKey,
    url: &Url,
    now: DateTime<Utc>,
) -> Result<HeaderMap, SignatureError> {
    get_with_target(key_id, key, &format!("get {}", url.path()), url, now)
}

/// The headers of a signed POST of an activity.
pub fn sign_post(
    key_id: &Url,
    key: &SigningKey,
    url: &Url,
    digest: &BodyDigest,
    now: DateTime<Utc>,
    scheme: Scheme,
) -> Result<HeaderMap, SignatureError> {
    sign_letter(key_id, key, (url, digest), None, now, scheme)
}

/// The same with what is said beside the activity about the sender's followers: signed too.
pub(crate) fn sign_letter(
    key_id: &Url,
    key: &SigningKey,
    (url, digest): (&Url, &BodyDigest),
    followers: Option<&str>,
    now: DateTime<Utc>,
    scheme: Scheme,
) -> Result<HeaderMap, SignatureError> {
    let mut headers = HeaderMap::new();
    set(&mut headers, HOST, &authority(url)?)?;
    set(&mut headers, DATE, &http_date::write(now))?;
    set(&mut headers, CONTENT_TYPE, crate::CONTENT_TYPE)?;
    if let Some(followers) = followers {
        set(
            &mut headers,
            HeaderName::from_static(synchronization::HEADER),
            followers,
        )?;
    }
    match scheme {
        Scheme::Cavage => {
            set(
                &mut headers,
                HeaderName::from_static("digest"),
                &digest.as_digest(),
            )?;
            let request = format!("post {}", target(url));
            let mut names = vec!["host", "date", "digest", "content-type"];
            names.extend(followers.map(|_| synchronization::HEADER));
            add_cavage(&mut headers, key_id, key, &request, &names)?;
        }
        Scheme::Rfc9421 => {
            set(
                &mut headers,
                HeaderName::from_static("content-digest"),
                &digest.as_content_digest(),
            )?;
            add_rfc9421(&mut headers, key_id, key, ("POST", url), now)?;
        }
    }
    Ok(headers)
}

fn get_with_target(
    key_id: &Url,
    key: &SigningKey,
    request: &str,
    url: &Url,
    now: DateTime<Utc>,
) -> Result<HeaderMap, SignatureError> {
    let mut headers = HeaderMap::new();
    set(&mut headers, HOST, &authority(url)?)?;
    set(&mut headers, DATE, &http_date::write(now))?;
    add_cavage(&mut headers, key_id, key, request, &["host", "date"])?;
    Ok(headers)
}

fn add_cavage(
    headers: &mut HeaderMap,
    key_id: &Url,
    key: &SigningKey,
    request: &str,
    names: &[&str],
) -> Result<(), SignatureError> {
    let mut text = format!("(request-target): {request}");
    for name in names {
        let value = headers
            .get(*name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default();
        text.push_str(&format!("\n{name}: {value}"));
    }
    let signature = key.sign(text.as_bytes())?;
    let list = names.join(" ");
    // No spaces after the commas: one of the field's parsers fails on them.
    let header = format!(
        "keyId=\"{key_id}\",algorithm=\"rsa-sha256\",headers=\"(request-target) {list}\",signature=\"{signature}\""
    );
    set(headers, HeaderName::from_static("signature"), &header)
}

/// Covers the method, the address and, of what there is, the body's digest and what is said of followers.
fn add_rfc9421(
    headers: &mut HeaderMap,
    key_id: &Url,
    key: &SigningKey,
    (method, url): (&str, &Url),
    now: DateTime<Utc>,
) -> Result<(), SignatureError> {
    let uri = format!("{}://{}{}", url.scheme(), authority(url)?, target(url));
    let mut components = vec![("@method", method.to_owned()), ("@target-uri", uri)];
    for name in ["content-digest", synchronization::HEADER] {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        components.extend(value.map(|value| (name, value.to_owned())));
    }
    let names: Vec<String> = components.iter().map(|(name, _)| format!("\"{name}\"")).collect();
    let parameters = format!(
        "({});created={};keyid=\"{key_id}\"",
        names.join(" "),
        now.timestamp()
    );
    let mut base = String::new();
    for (name, value) in &components {
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {parameters}"));
    let signature = key.sign(base.as_bytes())?;
    set(
        headers,
        HeaderName::from_static("signature-input"),
        &format!("sig1={parameters}"),
    )?;
    set(
        headers,
        HeaderName::from_static("signature"),
        &format!("sig1=:{signature}:"),
    )
}

fn authority(url: &Url) -> Result<String, SignatureError> {
    crate::origin::origin(url).ok_or(SignatureError::WrongHost)
}

fn target(url: &Url) -> String {
    match url.query() {
        Some(query) => format!("{}?{query}", url.path()),
        None => url.path().to_owned(),
    }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &str) -> Result<(), SignatureError> {
    let value = HeaderValue::from_str(value).map_err(|_| SignatureError::Malformed("header value"))?;
    headers.insert(name, value);
    Ok(())
}
