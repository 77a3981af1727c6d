//! The documents of WebFinger and host-meta. Never serves a person: what to say is given.

use serde_json::{Value, json};
use url::{Url, form_urlencoded};

use super::Handle;
use crate::fetch::is_activity_type;
use crate::origin::parse_web_address;

/// Links beyond this are not read.
const MOST_LINKS: usize = 64;
const LONGEST_TEMPLATE: usize = 2_000;
const SUBSCRIBE: &str = "http://ostatus.org/schema/1.0/subscribe";
const PLACE: &str = "{uri}";

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
        json!({ "rel": SUBSCRIBE, "template": profile.subscribe_template }),
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
    /// Where this person is sent who wants to follow or answer something of another server.
    pub subscribe: Option<SubscribeTemplate>,
}

/// An address with `{uri}` in place of what somebody wants to follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeTemplate(String);

impl SubscribeTemplate {
    /// `None` unless it has the place, and becomes a web address when that is filled.
    pub fn parse(text: &str) -> Option<Self> {
        let template = Self(text.to_owned());
        let usable = text.len() <= LONGEST_TEMPLATE && text.matches(PLACE).count() == 1;
        (usable && template.fill("x").is_some()).then_some(template)
    }

    /// The address for one post or person. None when the place is in the address's host.
    pub fn fill(&self, uri: &str) -> Option<Url> {
        let host_end = self.0.match_indices('/').nth(2)?.0;
        let escaped: String = form_urlencoded::byte_serialize(uri.as_bytes()).collect();
        (self.0.find(PLACE)? > host_end).then(|| parse_web_address(&self.0.replacen(PLACE, &escaped, 1)))?
    }
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
        let links = &links[..links.len().min(MOST_LINKS)];
        let actor = links.iter().find_map(actor_link);
        let subscribe = links.iter().find_map(subscribe_link);
        Some(Self {
            subject,
            actor,
            subscribe,
        })
    }
}

fn actor_link(link: &Value) -> Option<Url> {
    let text = |key: &str| link.get(key).and_then(Value::as_str);
    (text("rel") == Some("self") && is_activity_type(text("type")?))
        .then(|| parse_web_address(text("href")?))?
}

fn subscribe_link(link: &Value) -> Option<SubscribeTemplate> {
    let text = |key: &str| link.get(key).and_then(Value::as_str);
    (text("rel") == Some(SUBSCRIBE)).then(|| SubscribeTemplate::parse(text("template")?))?
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
                actor: Some(actor),
                subscribe: SubscribeTemplate::parse(
                    "http://here.example:3000/authorize_interaction?uri={uri}"
                ),
            })
        );
    }

    #[test]
    fn a_template_leads_to_its_own_host_whatever_is_filled_in() {
        let template = SubscribeTemplate::parse("https://there.example/follow?uri={uri}&x=1").unwrap();
        assert_eq!(
            template.fill("https://here.example/@ana?a=b&c").unwrap().as_str(),
            "https://there.example/follow?uri=https%3A%2F%2Fhere.example%2F%40ana%3Fa%3Db%26c&x=1"
        );
        for bad in [
            "https://there.example/follow",
            "https://{uri}/",
            "https://there.example{uri}/x",
            "javascript:alert(1)//x/{uri}",
            "https://there.example/{uri}/{uri}",
            "/follow?uri={uri}",
            "",
        ] {
            assert_eq!(SubscribeTemplate::parse(bad), None, "{bad}");
        }
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
