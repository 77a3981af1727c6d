//! Gives a document to servers on this machine: every name of a server in it becomes one of a loopback peer. Leaves alone
//! what names a vocabulary and no server, and the server that it is sent to.

use serde_json::Value;

use super::documents::rewritten;

/// All are on loopback; what comes from one server stays apart from what comes from another.
const NAMES: [&str; 4] = ["peer.test", "four.test", "three.test", "two.test"];
const VOCABULARIES: [&str; 2] = ["www.w3.org", "w3id.org"];

/// The servers of one document, in the order in which they were met.
pub struct Hosts {
    port: u16,
    /// To which it is sent.
    ours: String,
    met: Vec<String>,
}

impl Hosts {
    pub fn new(port: u16, ours: &str) -> Self {
        Self {
            port,
            ours: ours.to_owned(),
            met: Vec::new(),
        }
    }

    /// What a server is called here. Of many, the last share a name.
    fn here(&mut self, authority: &str) -> String {
        let known = self.met.iter().position(|met| met == authority);
        let number = known.unwrap_or_else(|| {
            self.met.push(authority.to_owned());
            self.met.len() - 1
        });
        format!("{}:{}", NAMES[number.min(NAMES.len() - 1)], self.port)
    }

    pub fn document(&mut self, value: &Value) -> Value {
        rewritten(value, &mut |text| self.text(text))
    }

    pub fn text(&mut self, text: &str) -> String {
        let (mut done, mut rest) = (String::new(), text);
        while let Some((before, scheme, authority, after)) = next_address(rest) {
            done.push_str(before);
            // Mastodon hides the scheme of a link in a span of its own.
            if authority.is_empty() || VOCABULARIES.contains(&authority) || authority == self.ours {
                done.push_str(scheme);
                done.push_str(authority);
            } else {
                done.push_str("http://");
                done.push_str(&self.here(authority));
            }
            rest = after;
        }
        done + rest
    }
}

/// What is before the next web address, its scheme, its server, and what follows.
fn next_address(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (start, scheme) = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| text.find(scheme).map(|start| (start, *scheme)))
        .min()?;
    let host = start + scheme.len();
    let ends = |letter: char| !letter.is_ascii_alphanumeric() && !".-:_".contains(letter);
    let end = text[host..].find(ends).map_or(text.len(), |length| host + length);
    Some((&text[..start], scheme, &text[host..end], &text[end..]))
}

#[test]
fn names_of_servers_are_replaced_and_those_of_vocabularies_and_ours_are_not() {
    let mut hosts = Hosts::new(7, "one.test:3");
    assert_eq!(
        hosts.text("see https://a.example/x?y=http://b.example:8/z, https://www.w3.org/ns#Public"),
        "see http://peer.test:7/x?y=http://four.test:7/z, https://www.w3.org/ns#Public"
    );
    assert_eq!(hosts.text("http://b.example:8"), "http://four.test:7");
    assert_eq!(
        hosts.text("http://one.test:3/users/ana"),
        "http://one.test:3/users/ana"
    );
}
