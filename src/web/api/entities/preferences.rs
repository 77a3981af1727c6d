//! The Preferences entity: flat keys. What cannot be set here has Mastodon's own default.

use serde_json::{Value, json};

use crate::db::preferences::Preferences;

pub fn entity(preferences: &Preferences) -> Value {
    json!({
        "posting:default:visibility": preferences.audience.as_str(),
        "posting:default:sensitive": preferences.sensitive,
        "posting:default:language": preferences.language,
        "posting:default:quote_policy": preferences.quote_policy.as_str(),
        "reading:expand:media": "default",
        "reading:expand:spoilers": false,
        "reading:autoplay:gifs": false,
    })
}
