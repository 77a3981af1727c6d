//! The pages around links in mails: asking for one, and what is behind them. Never says whose address one was sent to.

use askama::Template;

use super::Frame;

/// Asks for a mail, by the address alone.
#[derive(Template, Clone, Debug)]
#[template(path = "want_mail.html")]
pub struct WantMail<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    /// Where the form leads.
    pub action: &'static str,
    pub heading: &'static str,
    pub explains: &'static str,
    /// What was typed before.
    pub email: String,
    pub problem: Option<&'static str>,
}

/// A button, since programs that look at mails open links as well.
#[derive(Template, Clone, Debug)]
#[template(path = "confirm_address.html")]
pub struct ConfirmAddress<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub token: String,
    pub expired: bool,
}

#[derive(Template, Clone, Debug)]
#[template(path = "new_password.html")]
pub struct NewPassword<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    pub token: String,
    /// Characters.
    pub shortest_password: usize,
    pub problem: Option<String>,
}

impl NewPassword<'_> {
    fn sentence(&self) -> &str {
        self.problem.as_deref().unwrap_or_default()
    }
}
