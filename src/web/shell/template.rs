//! What the built app's `index.html` says: what belongs into a head, what into a body, and which of its scripts may run.
//! Fills in nothing.

use aws_lc_rs::digest;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The head of the app begins after this; what is before it, every page has anyway.
const BEGIN: &str = "<!--app-->";
/// Between what the body begins with, before the answers come, and the app itself.
const ANSWERS: &str = "<!--answers-->";

#[derive(Debug)]
pub struct Shell {
    /// Links to styles and modules.
    pub head: String,
    /// The opening tag of the body, with its attributes.
    pub body_tag: String,
    /// The script that shows the first look.
    pub early: String,
    /// Where the app is put, and the script that puts it there.
    pub body: String,
    /// Sources for `script-src`, one for each script that stands in the page.
    pub hashes: Vec<String>,
}

impl Shell {
    /// None when the text is not what the build writes.
    pub fn parse(index: &str) -> Option<Self> {
        let (_, rest) = index.split_once(BEGIN)?;
        let (head, rest) = rest.split_once("</head>")?;
        let (_, rest) = rest.split_once("<body")?;
        let (attributes, rest) = rest.split_once('>')?;
        let (body, _) = rest.rsplit_once("</body>")?;
        let (early, body) = body.split_once(ANSWERS)?;
        Some(Self {
            hashes: inline_scripts(head)
                .chain(inline_scripts(early))
                .chain(inline_scripts(body))
                .map(hash)
                .collect(),
            head: head.trim().to_owned(),
            body_tag: format!("<body{attributes}>"),
            early: early.trim().to_owned(),
            body: body.trim().to_owned(),
        })
    }
}

/// The texts of scripts without attributes: one with `src` has no text of its own.
fn inline_scripts(html: &str) -> impl Iterator<Item = &str> {
    html.split("<script>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</script>"))
        .map(|(text, _)| text)
}

fn hash(text: &str) -> String {
    let hash = digest::digest(&digest::SHA256, text.as_bytes());
    format!("'sha256-{}'", STANDARD.encode(hash))
}

#[cfg(test)]
mod tests {
    use super::*;

    const INDEX: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><!--app-->\n<script>a()</script><link>\n</head>\n\
        <body data-x=\"y\">\n<script>c()</script>\n<!--answers--><div id=\"app\"><script>b(\"c\")</script></div>\n</body></html>";

    #[test]
    fn a_built_index_is_taken_apart() {
        let shell = Shell::parse(INDEX).unwrap();
        assert_eq!(shell.head, "<script>a()</script><link>");
        assert_eq!(shell.body_tag, "<body data-x=\"y\">");
        assert_eq!(shell.body, "<div id=\"app\"><script>b(\"c\")</script></div>");
        assert_eq!(shell.early, "<script>c()</script>");
        assert_eq!(shell.hashes.len(), 3);
        assert!(shell.hashes[0] != shell.hashes[1]);
    }

    #[test]
    fn a_script_is_known_by_its_exact_text() {
        // `printf 'a()' | openssl dgst -sha256 -binary | base64`
        let known = "'sha256-qVpDBgj7bpq5hMAcGp3AOc79J3Y1Z4HvySTwKrWDoy4='";
        let shell = Shell::parse(INDEX).unwrap();
        assert_eq!(shell.hashes[0], known);
    }

    #[test]
    fn another_text_is_no_shell() {
        for text in ["", "<html><head></head><body></body></html>", "<!--app--><body>"] {
            assert!(Shell::parse(text).is_none(), "{text}");
        }
    }
}
