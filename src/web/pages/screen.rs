//! A place that only the web app has, as a browser without scripts sees it. Shows nothing of what is there.

use askama::Template;

use super::Frame;

#[derive(Template, Clone, Debug)]
#[template(path = "screen.html")]
pub struct Screen<'a> {
    pub frame: Frame<'a>,
}
