//! What went wrong, in plain words. Never shows an internal message: a request id leads to the log.

use askama::Template;

use super::Frame;

#[derive(Template, Clone, Debug)]
#[template(path = "error.html")]
pub struct ErrorPage<'a> {
    pub frame: Frame<'a>,
    /// HTTP status.
    pub status: u16,
    pub request_id: String,
    /// A sentence that is better than the usual one for this status.
    pub detail: Option<String>,
}

impl ErrorPage<'_> {
    fn heading(&self) -> &'static str {
        match self.status {
            400 | 422 => "That did not work",
            401 => "Please sign in",
            403 => "Not allowed",
            404 => "Nothing here",
            410 => "Gone",
            413 => "Too large",
            429 => "Too many requests",
            503 => "Busy at the moment",
            _ => "Something broke here",
        }
    }

    fn sentence(&self) -> &str {
        self.detail.as_deref().unwrap_or(match self.status {
            400 | 422 => "Something in the form was missing or wrong, or the page was open for too long. Go back and try again.",
            401 => "This page is for people who are signed in.",
            403 => "This page is not for everyone, or your sign-in no longer allows it.",
            404 => "There is no such page, or it is not public.",
            410 => "This was here once and has been deleted.",
            413 => "What you sent is larger than this server takes.",
            429 => "Please wait a minute, then try again.",
            503 => "The server has more to do than it can. Please try again in a minute.",
            _ => "The fault is ours, not yours. It has been written down; please try again later.",
        })
    }
}
