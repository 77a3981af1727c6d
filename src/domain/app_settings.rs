//! What Pixelfed's app keeps for somebody: how it shows things there. Changes nothing here.

use serde::{Deserialize, Serialize};

/// As stored, and as the app reads and writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppSettings {
    pub timelines: Timelines,
    pub media: Media,
    pub appearance: Appearance,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Timelines {
    pub show_public: bool,
    pub show_network: bool,
    pub hide_likes_shares: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Media {
    pub hide_public_behind_cw: bool,
    pub always_show_cw: bool,
    pub show_alt_text: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    pub links_use_in_app_browser: bool,
    pub theme: Theme,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    #[default]
    System,
    Light,
    Dark,
}

impl Theme {
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "system" => Some(Self::System),
            "light" => Some(Self::Light),
            "dark" => Some(Self::Dark),
            _ => None,
        }
    }
}

/// What the app begins with.
impl Default for Media {
    fn default() -> Self {
        Self {
            hide_public_behind_cw: true,
            always_show_cw: false,
            show_alt_text: false,
        }
    }
}

impl Default for Appearance {
    fn default() -> Self {
        Self {
            links_use_in_app_browser: true,
            theme: Theme::default(),
        }
    }
}
