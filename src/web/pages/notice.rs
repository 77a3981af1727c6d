//! One thing to tell, and one way onwards. Asks for nothing.

use askama::Template;

use super::{Frame, Href};

#[derive(Clone, Debug)]
pub enum Notice {
    /// Signed up where people are approved.
    WaitingForApproval,
    /// A mail with a link is on its way to this address.
    CheckMail {
        email: String,
    },
    /// The mail's link was opened; `waiting` where approval is still to come.
    Confirmed {
        waiting: bool,
    },
    /// Somebody asked for a mail with a link; the same for every address.
    MailWanted,
    /// A link of a mail that cannot be used.
    NoLink,
    /// The address of the link belongs to another account by now.
    AddressTaken,
    /// A new password was set by a link.
    PasswordSet,
    /// A link is wanted from a server that sends no mail.
    NoMail,
    /// An account was deleted by whose it was.
    Deleted,
    SignedOut,
    /// An app's request that cannot be sent back to the app.
    BadRequest {
        sentence: String,
    },
}

#[derive(Template, Clone, Debug)]
#[template(path = "notice.html")]
pub struct NoticePage<'a> {
    pub frame: Frame<'a>,
    pub notice: Notice,
    pub onwards: Option<(Href, String)>,
}

impl NoticePage<'_> {
    fn heading(&self) -> &'static str {
        match &self.notice {
            Notice::WaitingForApproval => "Your request is with the moderators",
            Notice::CheckMail { .. } => "Check your mail",
            Notice::Confirmed { .. } => "Your e-mail address is confirmed",
            Notice::MailWanted => "Look at your mail",
            Notice::NoLink => "This link cannot be used",
            Notice::AddressTaken => "This address is taken",
            Notice::PasswordSet => "Your new password is set",
            Notice::NoMail => "This server sends no mail",
            Notice::Deleted => "Your account is deleted",
            Notice::SignedOut => "You are signed out",
            Notice::BadRequest { .. } => "The app's request cannot be used",
        }
    }
}
