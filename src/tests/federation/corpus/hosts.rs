//! Gives a document to servers on this machine: every name of a server in it becomes one of a loopback peer. Leaves alone
//! what names a vocabulary and no server.

use serde_json::Value;

/// All are on loopback; what comes from one server stays apart from what comes from another.
const NAMES: [&str; 4] = ["peer.test", "four.test", "three.test", "two.test"];
const VOCABULARIES: [&str; 2] = ["www.w3.org", "w3id.org"];
/// What stands for an address that its collector took out, as it differed each time.
const TAKEN_OUT: &str = "SCRUBBED_ID";

/// The servers of one document, in the order in which they were met.
pub struct Hosts {
    port: u16,
    met: Vec<String>,
    /// How many addresses were made up.
    made: usize,
}

impl Hosts {
    pub fn new(port: u16) -> Self {
        Self {
            port,
            met: Vec::new(),
            made: 0,
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
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(values) => values.iter().map(|value| self.document(value)).collect(),
            Value::Object(map) => map
                .iter()
                .map(|(key, value)| (key.clone(), self.document(value)))
                .collect(),
            other => other.clone(),
        }
    }

    pub fn text(&mut self, text: &str) -> String {
        if text.contains(TAKEN_OUT) {
            self.made += 1;
            let address = format!("http://{}:{}/made/{}", NAMES[0], self.port, self.made);
            return text.replace(TAKEN_OUT, &address);
        }
        let (mut done, mut rest) = (String::new(), text);
        while let Some((before, scheme, authority, after)) = next_address(rest) {
            done.push_str(before);
            if VOCABULARIES.contains(&authority) {
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
fn names_of_servers_are_replaced_and_those_of_vocabularies_are_not() {
    let mut hosts = Hosts::new(7);
    assert_eq!(
        hosts.text("see https://a.example/x?y=http://b.example:8/z, https://www.w3.org/ns#Public"),
        "see http://peer.test:7/x?y=http://four.test:7/z, https://www.w3.org/ns#Public"
    );
    assert_eq!(hosts.text("http://b.example:8"), "http://four.test:7");
    assert_eq!(hosts.text("SCRUBBED_ID#x"), "http://peer.test:7/made/1#x");
}
