//! How often a program, a person or an address may ask the client API, as Mastodon counts it: all requests, and some dear
//! ones by themselves. Says so in every answer, and guards no secret: tries of passwords are `actions::throttle`'s.

use std::cmp::Reverse;
use std::net::IpAddr;

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, SecondsFormat};

use super::cookies::{self, Name};
use super::error::ApiError;
use super::viewer;
use crate::app::App;
use crate::caches::Asker;
use crate::domain::ids::AccountId;
use crate::domain::network::neighbourhood;
use crate::domain::random;

/// Requests that are counted together.
#[derive(Debug, PartialEq, Eq)]
struct Class {
    name: &'static str,
    /// Within one stretch.
    most: u32,
    /// Length of a stretch, in seconds. `caches` remembers counts for longer than any.
    stretch: i64,
}

const fn class(name: &'static str, most: u32, minutes: i64) -> Class {
    Class {
        name,
        most,
        stretch: minutes * 60,
    }
}

/// Everything, of one token or session.
static TOKEN: Class = class("token", 300, 5);
/// Everything of one person, by whichever programs.
static PERSON: Class = class("person", 1_500, 5);
/// Everything from an address without a token that is known.
static ADDRESS: Class = class("address", 300, 5);
/// Everything from an address with a token or session that was not seen yet: whoever has one is not kept out by neighbours
/// who have none.
static UNPROVEN: Class = class("unproven", 300, 5);
static MEDIA: Class = class("media", 30, 30);
/// Each reads a whole file from the bucket; a few for whatever was announced, which counts as media.
static CONFIRMATIONS: Class = class("confirmations", 90, 30);
/// Pictures of a profile: a request with one looks like any other change of it, until it is read.
static PROFILE_PICTURES: Class = class("profile-pictures", 30, 30);
/// Each is told to other servers.
static DELETIONS: Class = class("deletions", 30, 30);
/// People read each of them.
static REPORTS: Class = class("reports", 30, 30);
static SIGN_UP: Class = class("sign-up", 5, 30);
static APPS: Class = class("apps", 5, 10);
/// Programs may give themselves tokens without anybody's consent. Many people may sign in from one address.
static GRANTS: Class = class("grants", 60, 10);

/// Whom a dear request counts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Who asks, else the address.
    Person,
    Address,
}

/// Counts a request; where it stands then, if it is one that is counted.
pub fn count(app: &App, request: &Request, address: IpAddr) -> Option<Standing> {
    if !app.config.rate_limits || !is_counted(request.uri().path()) {
        return None;
    }
    let now = app.clock.now().timestamp();
    let standings = count_each(app, request, neighbourhood(address), now);
    let nearest = standings
        .into_iter()
        .min_by_key(|standing| (standing.left(), Reverse(standing.end)));
    Some(nearest.expect("every request counts for somebody"))
}

/// Counts a picture that came with a change of somebody's profile, before anything is done with it.
pub fn profile_picture(app: &App, person: AccountId) -> Result<(), ApiError> {
    count_one(app, &PROFILE_PICTURES, Asker::Person(person))
}

/// Counts a sign-up by our own page, with those by programs.
pub fn sign_up(app: &App, from: IpAddr) -> Result<(), ApiError> {
    count_one(app, &SIGN_UP, Asker::Address(neighbourhood(from)))
}

fn count_one(app: &App, class: &'static Class, asker: Asker) -> Result<(), ApiError> {
    if !app.config.rate_limits {
        return Ok(());
    }
    let now = app.clock.now().timestamp();
    match stand(app, class, asker, now).too_many(now) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What a server says of itself is for everybody, always: apps ask for it before anything else.
fn is_counted(path: &str) -> bool {
    let is_api = path.starts_with("/api/") && !matches!(path, "/api/v1/instance" | "/api/v2/instance");
    is_api || path == "/oauth/token"
}

/// Requests that are dear by themselves.
fn dear(method: &str, path: &str) -> Option<(&'static Class, By)> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    Some(match (method, parts.as_slice()) {
        ("POST", ["api", "v1" | "v2", "media"] | ["api", "tintype", "v1", "uploads" | "direct_uploads"]) => {
            (&MEDIA, By::Person)
        }
        ("POST", ["api", "tintype", "v1", "direct_uploads", _, "confirm"]) => (&CONFIRMATIONS, By::Person),
        ("DELETE", ["api", "v1", "statuses", _]) => (&DELETIONS, By::Person),
        ("POST", ["api", "v1", "statuses", _, "unreblog"]) => (&DELETIONS, By::Person),
        ("POST", ["api", "v1", "reports"] | ["api", "v1.1", "report"]) => (&REPORTS, By::Person),
        ("POST", ["api", "v1", "accounts"]) => (&SIGN_UP, By::Address),
        ("POST", ["api", "v1", "apps"]) => (&APPS, By::Address),
        ("POST", ["oauth", "token"]) => (&GRANTS, By::Address),
        _ => return None,
    })
}

/// Where a request stands in one class.
pub struct Standing {
    class: &'static Class,
    count: u32,
    end: i64,
}

impl Standing {
    /// The answer to a request that is one too many.
    pub fn refusal(&self, app: &App) -> Option<Response> {
        let error = self.too_many(app.clock.now().timestamp());
        error.map(IntoResponse::into_response)
    }

    fn too_many(&self, now: i64) -> Option<ApiError> {
        let retry_after = u64::try_from(self.end - now).unwrap_or_default();
        (self.left() < 0).then_some(ApiError::TooManyRequests { retry_after })
    }

    /// Says so in an answer.
    pub fn tell(&self, response: &mut Response) {
        let end = DateTime::from_timestamp(self.end, 0).unwrap_or_default();
        let end = end.to_rfc3339_opts(SecondsFormat::Micros, true);
        let remaining = u32::try_from(self.left()).unwrap_or_default();
        let headers = response.headers_mut();
        headers.insert(
            HeaderName::from_static("x-ratelimit-limit"),
            self.class.most.into(),
        );
        headers.insert(HeaderName::from_static("x-ratelimit-remaining"), remaining.into());
        if let Ok(end) = HeaderValue::from_str(&end) {
            headers.insert(HeaderName::from_static("x-ratelimit-reset"), end);
        }
    }

    /// Below zero, it is one too many.
    fn left(&self) -> i64 {
        i64::from(self.class.most) - i64::from(self.count)
    }
}

/// Counts a request in each of its classes, up to the one in which it is too many: a program that asks without end takes
/// nothing from the others of the same person.
fn count_each(app: &App, request: &Request, address: IpAddr, now: i64) -> Vec<Standing> {
    let address = Asker::Address(address);
    let secret = secret(app, request);
    let (token, person) = secret.and_then(|hash| known(app, hash)).unzip();
    let mut classes: Vec<(&'static Class, Asker)> = Vec::with_capacity(3);
    if let Some((class, by)) = dear(request.method().as_str(), request.uri().path()) {
        let asker = match by {
            By::Person => person.unwrap_or(address),
            By::Address => address,
        };
        classes.push((class, asker));
    }
    match token.zip(person) {
        Some((token, person)) => classes.extend([(&TOKEN, token), (&PERSON, person)]),
        None if secret.is_some() => classes.push((&UNPROVEN, address)),
        None => classes.push((&ADDRESS, address)),
    }
    let mut standings = Vec::with_capacity(classes.len());
    for (class, asker) in classes {
        let standing = stand(app, class, asker, now);
        let is_too_many = standing.left() < 0;
        standings.push(standing);
        if is_too_many {
            break;
        }
    }
    standings
}

/// Counts one more in a class.
fn stand(app: &App, class: &'static Class, asker: Asker, now: i64) -> Standing {
    let stretch = now.div_euclid(class.stretch);
    Standing {
        class,
        count: app.caches.asked.count(class.name, asker, stretch),
        end: (stretch + 1) * class.stretch,
    }
}

/// The hash of the token or session that a request has, valid or not.
fn secret(app: &App, request: &Request) -> Option<[u8; 32]> {
    let headers = request.headers();
    let secret = viewer::bearer(headers, request.uri().query())
        .or_else(|| cookies::read(headers, &app.urls, Name::Session))?;
    random::hash(&secret).try_into().ok()
}

/// The token or session, and whose it is, once it was found valid.
fn known(app: &App, hash: [u8; 32]) -> Option<(Asker, Asker)> {
    let person = app.caches.asked.person(&hash)?;
    Some((Asker::Token(hash), Asker::Person(person)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::caches::ASKED_KEPT;

    #[test]
    fn counts_are_remembered_for_longer_than_any_stretch() {
        let kept = i64::try_from(ASKED_KEPT.as_secs()).unwrap();
        for class in [
            &TOKEN,
            &PERSON,
            &ADDRESS,
            &UNPROVEN,
            &MEDIA,
            &PROFILE_PICTURES,
            &DELETIONS,
            &REPORTS,
            &SIGN_UP,
            &APPS,
            &GRANTS,
            &CONFIRMATIONS,
        ] {
            assert!(class.stretch < kept, "{class:?}");
        }
    }

    #[test]
    fn only_what_is_dear_is_counted_by_itself() {
        assert_eq!(dear("POST", "/api/v2/media"), Some((&MEDIA, By::Person)));
        assert_eq!(
            dear("DELETE", "/api/v1/statuses/1"),
            Some((&DELETIONS, By::Person))
        );
        assert_eq!(
            dear("POST", "/api/tintype/v1/direct_uploads"),
            Some((&MEDIA, By::Person))
        );
        assert_eq!(
            dear("POST", "/api/tintype/v1/direct_uploads/1/confirm"),
            Some((&CONFIRMATIONS, By::Person))
        );
        for (method, path) in [
            ("GET", "/api/v1/media/1"),
            ("PUT", "/api/v1/media/1"),
            ("GET", "/api/v1/statuses/1"),
            ("POST", "/api/v1/statuses"),
            ("POST", "/api/v1/statuses/1/reblog"),
            ("POST", "/api/v1/accounts/1/follow"),
            ("GET", "/api/v1/apps/verify_credentials"),
        ] {
            assert_eq!(dear(method, path), None, "{method} {path}");
        }
    }
}
