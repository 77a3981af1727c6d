//! The pages on which people look after their account. Never shows a password or a token.

use askama::Template;

use super::{Frame, Href, Moment};

/// What a form led to, told on the page after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    Done(&'static str),
    Problem(String),
}

/// What is around each of them.
#[derive(Clone, Debug)]
pub struct Settings<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub said: Option<Said>,
    pub may_invite: bool,
}

#[derive(Template, Clone, Debug)]
#[template(path = "settings.html")]
pub struct AccountSettings<'a> {
    pub frame: Frame<'a>,
    pub settings: Settings<'a>,
    pub email: String,
    /// Another address that waits to be confirmed.
    pub waiting: Option<String>,
    /// Characters.
    pub shortest_password: usize,
}

/// Something that can be ended: a session or what an app may do.
#[derive(Clone, Debug)]
pub struct Open {
    pub id: String,
    pub name: String,
    pub website: Option<Href>,
    pub since: Moment,
    /// A day, as people write it.
    pub last_used: Option<String>,
    /// What it may do, in sentences.
    pub allows: Vec<String>,
    /// Whether it is the one that looks.
    pub current: bool,
}

#[derive(Template, Clone, Debug)]
#[template(path = "settings_sessions.html")]
pub struct SessionSettings<'a> {
    pub frame: Frame<'a>,
    pub settings: Settings<'a>,
    pub sessions: Vec<Open>,
}

#[derive(Template, Clone, Debug)]
#[template(path = "settings_apps.html")]
pub struct AppSettings<'a> {
    pub frame: Frame<'a>,
    pub settings: Settings<'a>,
    pub apps: Vec<Open>,
}

#[derive(Clone, Debug)]
pub struct OpenInvitation {
    pub code: String,
    pub address: String,
    pub uses_left: i32,
    pub until: Option<Moment>,
}

#[derive(Template, Clone, Debug)]
#[template(path = "settings_invitations.html")]
pub struct InvitationSettings<'a> {
    pub frame: Frame<'a>,
    pub settings: Settings<'a>,
    pub invitations: Vec<OpenInvitation>,
}

#[derive(Template, Clone, Debug)]
#[template(path = "settings_delete.html")]
pub struct DeleteSettings<'a> {
    pub frame: Frame<'a>,
    pub settings: Settings<'a>,
}
