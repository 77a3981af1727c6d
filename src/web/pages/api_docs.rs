//! What programs may ask of this server, for their authors to read. Knows no operation itself.

use askama::Template;

use super::Frame;

#[derive(Template, Clone, Debug)]
#[template(path = "api_docs.html")]
pub struct ApiDocs<'a> {
    pub frame: Frame<'a>,
    pub subjects: Vec<ApiSubject>,
}

/// Operations that belong together.
#[derive(Clone, Debug)]
pub struct ApiSubject {
    pub name: &'static str,
    pub operations: Vec<ApiOperation>,
}

#[derive(Clone, Debug)]
pub struct ApiOperation {
    /// In capitals.
    pub method: String,
    pub path: &'static str,
    pub summary: &'static str,
    /// Who may ask, in a sentence.
    pub access: String,
    /// Names of parameters, those that may be left out in brackets.
    pub takes: Vec<String>,
}
