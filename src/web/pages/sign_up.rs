//! The form to join. Never gives a password back to the page.

use askama::Template;

use super::{Frame, Href, Registration};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignUpField {
    Username,
    Email,
    Password,
    Reason,
    InviteCode,
    Agreement,
    /// Of the form as a whole.
    Form,
}

#[derive(Clone, Debug)]
pub struct SignUpProblem {
    pub field: SignUpField,
    pub sentence: String,
}

/// What was typed before.
#[derive(Clone, Debug, Default)]
pub struct SignUpValues {
    pub username: String,
    pub email: String,
    pub reason: String,
    pub invite_code: String,
}

/// `frame.site.registration` decides which fields there are.
#[derive(Template, Clone, Debug)]
#[template(path = "sign_up.html")]
pub struct SignUp<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub values: SignUpValues,
    pub problems: Vec<SignUpProblem>,
    /// Characters.
    pub shortest_password: u32,
    pub longest_username: u32,
    pub return_to: Option<String>,
}

impl SignUpField {
    /// The id of the field, and of its message with `_problem`.
    pub fn id(self) -> &'static str {
        match self {
            Self::Username => "user_username",
            Self::Email => "user_email",
            Self::Password => "user_password",
            Self::Reason => "user_reason",
            Self::InviteCode => "user_invite_code",
            Self::Agreement => "user_agreement",
            Self::Form => "sign_up",
        }
    }
}

impl SignUp<'_> {
    /// Where people are picked, an invitation is asked for. Where everybody may come, it is carried along only.
    fn asks_for_invitation(&self) -> bool {
        match self.frame.site.registration {
            Registration::Invite | Registration::Approval => true,
            Registration::Open | Registration::Closed => !self.values.invite_code.is_empty(),
        }
    }

    fn needs_invitation(&self) -> bool {
        self.frame.site.registration == Registration::Invite
    }

    /// The sign-in form, which leads on to the same place.
    fn sign_in(&self) -> Href {
        Href::carrying("/auth/sign_in", self.return_to.as_deref())
    }

    /// The message for the field with this id; empty when there is none.
    fn problem(&self, id: &str) -> &str {
        let found = self.problems.iter().find(|problem| problem.field.id() == id);
        found.map_or("", |problem| &problem.sentence)
    }
}
