//! The sign-in form. Never says which of name and password was wrong.

use askama::Template;

use super::{Frame, Href};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInProblem {
    Wrong,
    /// The form's token was missing or too old.
    Expired,
    /// The session that the browser had is over.
    SignedOut,
    Throttled {
        seconds: u32,
    },
    WaitingForApproval,
    Unconfirmed,
    Disabled,
    Suspended,
}

#[derive(Template, Clone, Debug)]
#[template(path = "sign_in.html")]
pub struct SignIn<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    /// What was typed before, or empty.
    pub login: String,
    pub problem: Option<SignInProblem>,
    /// Where to go afterwards, carried as a hidden field; the receiver checks it again.
    pub return_to: Option<String>,
    /// The app that sent the person here.
    pub for_app: Option<String>,
}

impl SignIn<'_> {
    fn sentence(&self) -> String {
        match self.problem {
            None => String::new(),
            Some(SignInProblem::Wrong) => "Name or password is wrong.".to_owned(),
            Some(SignInProblem::Expired) => {
                "This page was open for too long. Please sign in again.".to_owned()
            }
            Some(SignInProblem::SignedOut) => "You are no longer signed in. Please sign in again.".to_owned(),
            Some(SignInProblem::Throttled { seconds }) => {
                format!("Too many tries. Please wait {} and try again.", wait(seconds))
            }
            Some(SignInProblem::WaitingForApproval) => {
                "Your request to join is still with the moderators.".to_owned()
            }
            Some(SignInProblem::Unconfirmed) => {
                "Please open the link in the mail we sent you first.".to_owned()
            }
            Some(SignInProblem::Disabled) => {
                "The moderators have closed this account to sign-ins. They wrote to you by mail.".to_owned()
            }
            Some(SignInProblem::Suspended) => "This account has been suspended.".to_owned(),
        }
    }

    /// The form to join, which leads on to the same place.
    fn join(&self) -> Href {
        Href::carrying("/auth/sign_up", self.return_to.as_deref())
    }

    fn unconfirmed(&self) -> bool {
        self.problem == Some(SignInProblem::Unconfirmed)
    }

    fn wrong(&self) -> bool {
        self.problem == Some(SignInProblem::Wrong)
    }
}

fn wait(seconds: u32) -> String {
    match seconds {
        0 | 1 => "a second".to_owned(),
        2..=90 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}
