//! The documents of WebFinger and host-meta. Never serves a person: what to say is given.

use serde_json::{Value, json};
use url::Url;

use super::Handle;
use crate::fetch::is_activity_type;
use crate::origin::parse_web_address;

/// Links beyond this are not read.
const MOST_LINKS: usize = 64;

/// Whom our own answer is about.
#[derive(Debug, Clone)]
pub struct Profile<'a> {
    /// The canonical name.
    pub handle: &'a Handle,
    /// The actor's id.
    pub actor: &'a Url,
    /// The profile page for people.
    pub page: &'a Url,
    /// The picture and its type.
    pub avatar: Option<(&'a Url, &'a str)>,
    /// Where a visitor from elsewhere continues, with `{uri}` in place of what they want to follow.
    pub subscribe_template: &'a str,
}

/// The answer to a question about somebody here (`application/jrd+json`).
pub fn jrd(profile: &Profile<'_>) -> Value {
    let mut links = vec![
        json!({ "rel": "http://webfinger.net/rel/profile-page", "type": "text/html", "href": profile.page }),
        json!({ "rel": "self", "type": crate::CONTENT_TYPE, "href": profile.actor }),
        json!({ "rel": "http://ostatus.org/schema/1.0/subscribe", "template": profile.subscribe_template }),
    ];
    if let Some((url, kind)) = profile.avatar {
        links.push(json!({ "rel": "http://webfinger.net/rel/avatar", "type": kind, "href": url }));
    }
    json!({
        "subject": format!("acct:{}", profile.handle),
        "aliases": [profile.page, profile.actor],
        "links": links,
    })
}

/// The host-meta document (XRD) that points old software to WebFinger.
pub fn host_meta(base: &Url) -> String {
    let base = base.as_str().trim_end_matches('/');
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <XRD xmlns=\"http://docs.oasis-open.org/ns/xri/xrd-1.0\">\n  \
         <Link rel=\"lrdd\" template=\"{base}/.well-known/webfinger?resource={{uri}}\"/>\n</XRD>\n"
    )
}

/// What we read of another server's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Jrd {
    /// Whom the answer is about, when it is a name.
    pub subject: Option<Handle>,
    /// The actor: the first `self` link with a type of ActivityPub.
    pub actor: Option<Url>,
}

impl Jrd {
    /// Reads an answer; `None` when it is not one.
    pub fn read(value: &Value) -> Option<Self> {
        let subject = value
            .as_object()?
            .get("subject")
            .and_then(Value::as_str)
            .and_then(Handle::parse);
        let links = value
            .get("links")
            .and_then(Value::as_array)
            .map_or(&[][..], Vec::as_slice);
        let actor = links.iter().take(MOST_LINKS).find_map(actor_link);
        Some(Self { subject, actor })
    }
}

fn actor_link(link: &Value) -> Option<Url> {
    let text = |key: &str| link.get(key).and_then(Value::as_str);
    (text("rel") == Some("self") && is_activity_type(text("type")?))
        .then(|| parse_web_address(text("href")?))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_we_serve_we_can_read() {
        let handle = Handle::parse("ana@here.example:3000").unwrap();
        let actor = Url::parse("http://here.example:3000/users/ana").unwrap();
        let page = Url::parse("http://here.example:3000/@ana").unwrap();
        let document = jrd(&Profile {
            handle: &handle,
            actor: &actor,
            page: &page,
            avatar: None,
            subscribe_template: "http://here.example:3000/authorize_interaction?uri={uri}",
        });
        assert_eq!(document["subject"], "acct:ana@here.example:3000");
        assert_eq!(
            Jrd::read(&document),
            Some(Jrd {
                subject: Some(handle),
                actor: Some(actor)
            })
        );
    }

    #[test]
    fn links_of_other_kinds_are_not_the_actor() {
        let document = json!({ "subject": "https://there.example/ana", "links": [
            null,
            { "rel": "self", "type": "text/html", "href": "https://there.example/1" },
            { "rel": "self", "type": "application/activity+json", "href": "javascript:alert(1)" },
            { "rel": "self", "type": "application/activity+json", "href": "https://there.example/2" },
        ] });
        let read = Jrd::read(&document).unwrap();
        assert_eq!(read.subject, None);
        assert_eq!(read.actor.unwrap().as_str(), "https://there.example/2");
        assert_eq!(Jrd::read(&json!([])), None);
    }
}
