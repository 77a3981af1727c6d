//! What peers write is shown, and never run.

use serde_json::json;

use super::scene::Scene;
use crate::support::http::id;

/// Ways to run a script in somebody's browser.
const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\" jAvAsCrIpT:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<p style=\"background:url(javascript:alert(1))\" onclick=\"alert(1)\">x</p>",
    "<iframe src=\"//evil.example\"></iframe>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "\"><script>alert(1)</script>",
    "</script><script>alert(1)</script>",
];

/// Elements with their attributes, as a browser finds them; what is escaped is no element.
fn elements(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let (mut found, mut rest) = (Vec::new(), html);
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if !rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest.find(|letter: char| letter.is_whitespace() || letter == '>' || letter == '/');
        let (name, mut inside) = rest.split_at(end.unwrap_or(rest.len()));
        let mut attributes = Vec::new();
        loop {
            inside = inside.trim_start_matches(|letter: char| letter.is_whitespace() || letter == '/');
            if inside.is_empty() || inside.starts_with('>') {
                break;
            }
            let end = inside.find(|letter: char| letter.is_whitespace() || "=>/".contains(letter));
            let (attribute, after) = inside.split_at(end.unwrap_or(inside.len()).max(1));
            let (value, after) = match after.strip_prefix('=') {
                Some(after) => value(after),
                None => ("", after),
            };
            attributes.push((attribute.to_lowercase(), value.trim().to_lowercase()));
            inside = after;
        }
        found.push((name.to_lowercase(), attributes));
        rest = inside;
    }
    found
}

/// An attribute's value, quoted or not, and what comes after it.
fn value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find([' ', '>', '\n']).unwrap_or(text.len())),
    }
}

/// Nothing in it can run what the peer wrote. A page's own scripts are files.
#[track_caller]
fn harmless(html: &str, of: &str) {
    for (name, attributes) in elements(html) {
        let attribute = |wanted: &str| attributes.iter().find(|(name, _)| name == wanted);
        assert!(
            !["iframe", "object", "embed", "math", "base"].contains(&name.as_str()),
            "{of}: {name}"
        );
        assert!(
            name != "script" || attribute("src").is_some(),
            "{of}: a script in the page"
        );
        for (name, value) in &attributes {
            assert!(
                !name.starts_with("on") && name != "srcdoc",
                "{of}: {name}={value}"
            );
            let colon = value.split(':').next().unwrap_or_default().trim();
            assert!(
                !["javascript", "vbscript"].contains(&colon),
                "{of}: {name}={value}"
            );
            assert!(name != "href" || colon != "data", "{of}: {name}={value}");
            assert!(
                name != "style" || !value.contains("alert"),
                "{of}: {name}={value}"
            );
        }
    }
}

#[test]
fn the_eye_for_scripts_sees_them() {
    for hostile in HOSTILE {
        assert!(
            std::panic::catch_unwind(|| harmless(hostile, "x")).is_err(),
            "{hostile}"
        );
    }
    harmless(
        "<p title=\"&lt;img onerror=alert(1)&gt;\">&lt;script&gt;</p><a href=\"https://x.example/\">x</a>",
        "x",
    );
}

#[tokio::test]
async fn scripts_in_what_peers_write_reach_neither_clients_nor_pages() {
    let scene = Scene::new().await;
    for hostile in HOSTILE {
        let mut note = scene.zed.note(&format!("<p>before</p>{hostile}<p>after</p>"));
        note["summary"] = json!(hostile);
        note["name"] = json!(hostile);
        note["attachment"] = json!([{ "type": "Document", "mediaType": "image/jpeg", "name": hostile,
                                      "url": scene.peer.url("/none.jpg") }]);
        note["tag"] =
            json!([{ "type": "Hashtag", "name": format!("#{hostile}"), "href": "javascript:alert(1)" }]);
        note["url"] = json!("javascript:alert(1)");
        let mut document = scene.zed.document();
        document["name"] = json!(hostile);
        document["summary"] = json!(hostile);
        document["url"] = json!("javascript:alert(1)");
        document["attachment"] = json!([{ "type": "PropertyValue", "name": hostile, "value": hostile }]);
        scene.zed_tells(&scene.zed.does("Update", document)).await;
        scene.zed_tells(&scene.zed.creates(&note)).await;
        scene.server.forget();
        let here = scene.of_note(&note).await.expect("it came in");
        for html in [
            &here["content"],
            &here["account"]["note"],
            &here["account"]["fields"][0]["value"],
        ] {
            harmless(html.as_str().unwrap_or_default(), hostile);
        }
        for url in [&here["url"], &here["account"]["url"], &here["tags"][0]["url"]] {
            assert!(
                url.as_str().is_none_or(|url| url.starts_with("http")),
                "{hostile}: {url}"
            );
        }
        // Plain text to a client; what pages make of it is seen on a page.
        let post = id(&here);
        for page in [
            format!("/{}/{post}", scene.zed.handle()),
            format!("/{}", scene.zed.handle()),
        ] {
            let answer = scene.server.client.get(&page).await;
            assert!(answer.status.as_u16() < 500, "{}", answer.asked);
            harmless(&answer.text(), hostile);
        }
    }
    scene.server.may_leave_work();
}
