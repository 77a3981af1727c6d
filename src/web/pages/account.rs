//! Where a person lands after signing in, and where they sign out. Changes nothing without a form's token.

use askama::Template;

use super::{Frame, Href};

/// Drawn for `frame.viewer`; without one it only links to the sign-in page.
#[derive(Template, Clone, Debug)]
#[template(path = "account.html")]
pub struct MyAccount<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
    /// Where apps that work with this server are listed.
    pub apps: Option<Href>,
}

#[derive(Template, Clone, Debug)]
#[template(path = "sign_out.html")]
pub struct SignOut<'a> {
    pub frame: Frame<'a>,
    pub csrf: String,
}
