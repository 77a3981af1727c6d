//! An app asks to act for a person. Grants nothing by being looked at.

use askama::Template;

use super::permission::{Group, Kind};
use super::{Frame, Href};

#[derive(Template, Clone, Debug)]
#[template(path = "consent.html")]
pub struct Consent<'a> {
    /// `viewer` is who will be asked.
    pub frame: Frame<'a>,
    pub csrf: String,
    pub app_name: String,
    pub app_website: Option<Href>,
    /// Host or scheme that the person is sent back to, for them to check; `None` for out-of-band codes.
    pub returns_to: Option<String>,
    pub permissions: Vec<Group>,
    /// The request's parameters, carried through the form.
    pub parameters: Vec<(String, String)>,
    /// Signs in as somebody else, then comes back here.
    pub switch_account: Href,
}

/// The code of an app that has no address to be sent to.
#[derive(Template, Clone, Debug)]
#[template(path = "code.html")]
pub struct Code<'a> {
    pub frame: Frame<'a>,
    pub code: String,
    pub app_name: Option<String>,
}

impl Consent<'_> {
    fn asks_to_administer(&self) -> bool {
        self.permissions
            .iter()
            .any(|group| group.kind == Kind::Administer)
    }
}
