//! Following across servers: a visitor from elsewhere, and a person here who comes from elsewhere. Follows nobody by itself.

use askama::Template;

use super::{Frame, Person};

/// A visitor names their own server, and is sent there to follow or answer.
#[derive(Template, Clone, Debug)]
#[template(path = "remote_follow.html")]
pub struct RemoteFollow<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub person: Person,
    /// Where the form goes.
    pub action: super::Href,
    /// Where people of this server go on.
    pub here: super::Href,
    /// The post to answer or like; without it the person is to be followed.
    pub post: Option<String>,
    /// What was typed before.
    pub handle: String,
    pub problem: Option<String>,
}

/// `/authorize_interaction`: a person who is signed in here confirms.
#[derive(Template, Clone, Debug)]
#[template(path = "follow_from_here.html")]
pub struct FollowFromHere<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub person: Person,
    /// The actor's id, sent with the form.
    pub uri: String,
    /// They approve each follower.
    pub asks_first: bool,
}
