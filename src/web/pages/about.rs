//! What this server is, who answers for it and where its source is. Shows nobody's posts.

use askama::Template;

use super::{Frame, Href};

#[derive(Template, Clone, Debug)]
#[template(path = "about.html")]
pub struct About<'a> {
    pub frame: Frame<'a>,
    /// Where the running program's source can be had; `None` where that must be asked.
    pub source: Option<Href>,
}

impl About<'_> {
    fn version(&self) -> &str {
        &self.frame.site.version
    }
}
