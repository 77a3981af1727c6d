//! What is around every page: the server, and who looks. Holds no setting a visitor may not see.

use super::{Href, assets};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    Open,
    Approval,
    Invite,
    Closed,
}

#[derive(Clone, Debug)]
pub struct Rule {
    pub text: String,
    /// A longer explanation, or nothing.
    pub hint: String,
}

/// Who answers for the server.
#[derive(Clone, Debug)]
pub struct Contact {
    pub name: String,
    pub page: Option<Href>,
    pub email: Option<String>,
}

/// The server as its visitors know it; made once from the settings.
#[derive(Clone, Debug)]
pub struct Site {
    pub name: String,
    /// One or two sentences of plain text.
    pub description: String,
    /// Host with port, as in handles.
    pub host: String,
    /// Scheme, host and port, without a closing slash.
    pub base: Href,
    pub version: String,
    /// Where this program's source is, as its licence asks.
    pub source: Href,
    pub registration: Registration,
    /// Whether it sends mail: forgotten passwords can be set by a link.
    pub sends_mail: bool,
    pub contact: Option<Contact>,
    /// Only on pages that show them.
    pub rules: Vec<Rule>,
}

impl Site {
    pub fn can_join(&self) -> bool {
        self.registration != Registration::Closed
    }

    /// The word on the button that leads to the sign-up page.
    pub fn join_label(&self) -> &'static str {
        match self.registration {
            Registration::Approval => "Ask to join",
            Registration::Invite => "Join by invitation",
            Registration::Open | Registration::Closed => "Join",
        }
    }
}

/// The person signed in.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub name: String,
    /// With the host.
    pub handle: String,
    pub page: Href,
    pub avatar: Href,
}

/// Field `frame` of every page.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    pub site: &'a Site,
    pub viewer: Option<&'a Viewer>,
}

impl Frame<'_> {
    pub fn asset(&self, name: &str) -> &'static str {
        assets::path(name)
    }
}
