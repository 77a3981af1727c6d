//! HTML as text meets it: written, cleaned, and taken out again. Never lets through what acts.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Text for HTML content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\0' => {}
            other => escaped.push(other),
        }
    }
    escaped
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut cleaner = ammonia::Builder::new();
    cleaner
        .tags(HashSet::from([
            "a",
            "b",
            "blockquote",
            "br",
            "code",
            "del",
            "em",
            "i",
            "li",
            "ol",
            "p",
            "pre",
            "s",
            "span",
            "strong",
            "u",
            "ul",
        ]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "translate"])),
            ("span", HashSet::from(["translate"])),
        ]))
        .generic_attributes(HashSet::new())
        .allowed_classes(HashMap::from([
            ("a", HashSet::from(["mention", "hashtag", "u-url"])),
            ("p", HashSet::from(["quote-inline"])),
            (
                "span",
                HashSet::from(["h-card", "invisible", "ellipsis", "mention", "quote-inline"]),
            ),
        ]))
        .url_schemes(HashSet::from(["http", "https"]))
        .url_relative(ammonia::UrlRelative::Deny)
        .attribute_filter(|_, name, value| (name != "href" || names_its_host(value)).then_some(value.into()))
        .link_rel(Some("nofollow noopener noreferrer"))
        .set_tag_attribute_value("a", "target", "_blank");
    cleaner
});

/// A browser reads `https:x` on a page of that scheme as a path of the page's own server.
fn names_its_host(link: &str) -> bool {
    let starts = |with: &str| {
        link.get(..with.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(with))
    };
    starts("https://") || starts("http://")
}

/// HTML of another server, with only what we know left in it.
pub fn clean(html: &str) -> String {
    CLEANER.clean(html).to_string()
}

/// The text of HTML, for previews and titles: tags gone, breaks kept as new lines.
pub fn plain(html: &str) -> String {
    // Most is no HTML at all, and a parser is dear. What a parser would change even there is left to it.
    if !html.contains(['<', '&', '\0', '\r']) {
        return html.trim().to_owned();
    }
    let broken = html
        .replace("<br>", "\n")
        .replace("<br/>", "\n")
        .replace("<br />", "\n")
        .replace("</p><p>", "\n\n");
    let bare = ammonia::Builder::empty().clean(&broken).to_string();
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(bare, |text, (entity, character)| text.replace(entity, character))
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_without_a_host_is_no_link() {
        let html = clean(
            r#"<a href="https:x">a</a><a href="https:/settings">b</a><a href="HTTPS://c.example/">c</a>"#,
        );
        assert!(!html.contains("https:x") && !html.contains("settings"), "{html}");
        assert!(html.contains("HTTPS://c.example/"), "{html}");
    }

    #[test]
    fn remote_html_keeps_only_what_is_known() {
        let html = clean(
            r#"<p onclick="x" style="color:red">a<img src=x onerror=y><a href="javascript:x">b</a><a class="mention evil" href="https://c.example/">c</a><script>d</script></p>"#,
        );
        assert!(
            !html.contains("onclick")
                && !html.contains("img")
                && !html.contains("javascript")
                && !html.contains("evil")
        );
        assert!(html.contains(r#"class="mention""#) && html.contains("https://c.example/"));
        assert!(!html.contains("script"));
    }
}
