//! What is fetched: objects, other JSON, files. Never takes a document for another than the one of its address.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::Value;
use url::Url;

use super::client::{Fetched, Get};
use super::{FetchError, FetchedMedia, FetchedObject, GuardedClient, Signer};
use crate::json;
use crate::origin::{parse_web_address, same_origin};
use crate::signature::Scheme;

const LARGEST_JSON: usize = 1024 * 1024;
const JSON_DEADLINE: Duration = Duration::from_secs(10);
/// Files are larger; a caller that cannot wait wraps the call in a shorter time-out.
const MEDIA_DEADLINE: Duration = Duration::from_secs(60);

const ACCEPT_OBJECT: &str =
    "application/activity+json, application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"";
const ACCEPT_JSON: &str = "application/jrd+json, application/json";
const ACCEPT_MEDIA: &str = "image/*, video/*, audio/*";

impl GuardedClient {
    /// Fetches an ActivityStreams object. The content type must be one of ActivityPub's two, so that a file that
    /// somebody uploaded to a trusted host is not taken for that host's word; and `id` must be the final address.
    /// A document that names another address of the same origin is fetched once more from there.
    pub async fn get_object(
        &self,
        url: &Url,
        signer: Option<&Signer>,
        now: DateTime<Utc>,
    ) -> Result<FetchedObject, FetchError> {
        let both = async {
            let (found, named) = self.get_document(url, signer, now).await?;
            if found.url == named {
                return Ok(found);
            }
            if !same_origin(&found.url, &named) {
                return Err(FetchError::WrongIdentity);
            }
            let (found, again) = self.get_document(&named, signer, now).await?;
            if found.url == again && again == named {
                Ok(found)
            } else {
                Err(FetchError::WrongIdentity)
            }
        };
        tokio::time::timeout(JSON_DEADLINE, both)
            .await
            .unwrap_or(Err(FetchError::TimedOut))
    }

    /// Fetches JSON of one of the given types (lower case, without parameters): WebFinger, NodeInfo.
    pub async fn get_json(&self, url: &Url, types: &[&str], now: DateTime<Utc>) -> Result<Value, FetchError> {
        let get = Get {
            url: url.clone(),
            accept: ACCEPT_JSON,
            most_bytes: LARGEST_JSON,
            signer: None,
            scheme: Scheme::Cavage,
            now,
        };
        let fetched = self.get(get, JSON_DEADLINE).await?;
        if !types.contains(&essence(&fetched.content_type).as_str()) {
            return Err(FetchError::WrongType);
        }
        json::parse(&fetched.body).map_err(|_| FetchError::NotJson)
    }

    /// Fetches a file of at most `most_bytes`. Its content type is only what the server says.
    pub async fn get_media(
        &self,
        url: &Url,
        most_bytes: usize,
        signer: Option<&Signer>,
        now: DateTime<Utc>,
    ) -> Result<FetchedMedia, FetchError> {
        let get = Get {
            url: url.clone(),
            accept: ACCEPT_MEDIA,
            most_bytes,
            signer,
            scheme: scheme(signer),
            now,
        };
        let fetched = self.get(get, MEDIA_DEADLINE).await?;
        Ok(FetchedMedia {
            bytes: fetched.body,
            content_type: essence(&fetched.content_type),
        })
    }

    /// A document, and the address that it says is its own.
    async fn get_document(
        &self,
        url: &Url,
        signer: Option<&Signer>,
        now: DateTime<Utc>,
    ) -> Result<(FetchedObject, Url), FetchError> {
        let get = Get {
            url: url.clone(),
            accept: ACCEPT_OBJECT,
            most_bytes: LARGEST_JSON,
            signer,
            scheme: scheme(signer),
            now,
        };
        let Fetched {
            url,
            scheme,
            content_type,
            body,
        } = self.get(get, JSON_DEADLINE).await?;
        if !is_activity_type(&content_type) {
            return Err(FetchError::WrongType);
        }
        let json = json::parse(&body).map_err(|_| FetchError::NotJson)?;
        let id = json.get("id").and_then(Value::as_str).and_then(parse_web_address);
        let id = id.ok_or(FetchError::WrongIdentity)?;
        Ok((FetchedObject { url, json, scheme }, id))
    }
}

fn scheme(signer: Option<&Signer>) -> Scheme {
    signer.map_or(Scheme::Cavage, |signer| signer.scheme)
}

/// Whether a content type is one of the two that mean ActivityPub.
pub(crate) fn is_activity_type(content_type: &str) -> bool {
    match essence(content_type).as_str() {
        "application/activity+json" => true,
        "application/ld+json" => content_type.split(';').skip(1).any(|parameter| {
            let Some((name, value)) = parameter.split_once('=') else {
                return false;
            };
            let profiles = value.trim().trim_matches('"');
            name.trim().eq_ignore_ascii_case("profile")
                && profiles
                    .split(' ')
                    .any(|profile| profile == "https://www.w3.org/ns/activitystreams")
        }),
        _ => false,
    }
}

/// A content type without its parameters, in lower case.
pub fn essence(content_type: &str) -> String {
    content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_types_of_activitypub_count() {
        for good in [
            "application/activity+json",
            "application/activity+json; charset=utf-8",
            "Application/LD+JSON;profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/ld+json; charset=utf-8; profile=\"https://www.w3.org/ns/activitystreams\"",
        ] {
            assert!(is_activity_type(good), "{good}");
        }
        for bad in [
            "",
            "text/plain",
            "application/json",
            "application/octet-stream",
            "application/ld+json",
            "text/html",
            "application/ld+json; profile=\"https://example.com/x\"",
        ] {
            assert!(!is_activity_type(bad), "{bad}");
        }
    }
}
