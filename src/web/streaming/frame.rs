//! An event as it goes over the wire, for either kind of connection. Written once for all who get the same.

use std::collections::HashMap;

use bytes::Bytes;
use serde::Serialize;

use crate::domain::ids::NotificationId;
use crate::streams::{Frame, Topic, Wire};

/// What is said between events to an event stream.
pub const THUMP: &str = ":thump\n\n";

#[derive(Serialize)]
struct Said<'a> {
    stream: &'a [String],
    event: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<&'a str>,
}

/// One event on one stream.
pub struct Writer {
    label: Vec<String>,
    event: &'static str,
    pub notification: Option<NotificationId>,
    /// By where the payload is in memory: those who get the same share it.
    written: HashMap<(usize, Wire), Bytes>,
}

impl Writer {
    pub fn new(topic: &Topic, event: &'static str) -> Self {
        Self {
            label: topic.label(),
            event,
            notification: None,
            written: HashMap::new(),
        }
    }

    /// `payload`: JSON, or an id; kept by whoever calls for as long as this writer is used.
    pub fn write(&mut self, wire: Wire, payload: Option<&str>) -> Frame {
        let key = (payload.map_or(0, |payload| payload.as_ptr() as usize), wire);
        let bytes = match self.written.get(&key) {
            Some(bytes) => bytes.clone(),
            None => {
                let bytes = self.bytes(wire, payload);
                self.written.insert(key, bytes.clone());
                bytes
            }
        };
        Frame {
            bytes,
            notification: self.notification,
        }
    }

    fn bytes(&self, wire: Wire, payload: Option<&str>) -> Bytes {
        match wire {
            Wire::Socket => {
                let said = Said {
                    stream: &self.label,
                    event: self.event,
                    payload,
                };
                serde_json::to_vec(&said).expect("these are texts").into()
            }
            Wire::EventSource => {
                let id = self
                    .notification
                    .map_or(String::new(), |id| format!("id: {id}\n"));
                // An event without data would not be one; this is what Mastodon says.
                let data = payload.unwrap_or("undefined");
                format!("event: {}\n{id}data: {data}\n\n", self.event).into()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::AccountId;

    #[test]
    fn a_payload_is_a_string_in_a_frame_and_plain_in_an_event_stream() {
        let mut writer = Writer::new(&Topic::User(AccountId(1)), "update");
        let json = r#"{"id":"7"}"#;
        let frame = writer.write(Wire::Socket, Some(json)).bytes;
        assert_eq!(
            frame,
            r#"{"stream":["user"],"event":"update","payload":"{\"id\":\"7\"}"}"#
        );
        let frame = writer.write(Wire::EventSource, Some(json)).bytes;
        assert_eq!(frame, "event: update\ndata: {\"id\":\"7\"}\n\n");
        writer.notification = Some(NotificationId(9));
        let mut writer = Writer::new(&Topic::User(AccountId(1)), "filters_changed");
        let frame = writer.write(Wire::Socket, None).bytes;
        assert_eq!(frame, r#"{"stream":["user"],"event":"filters_changed"}"#);
    }
}
