//! What holds on every page: no script, no inline style, one heading, landmarks, labels, ids once.

use std::collections::HashSet;

use super::states;
use crate::web::pages::assets;

/// The text of every tag that begins with `<name`, without the brackets.
fn tags<'a>(document: &'a str, name: &str) -> Vec<&'a str> {
    let begins = |tag: &&str| tag.split([' ', '\n', '/']).next() == Some(name);
    document
        .split('<')
        .skip(1)
        .filter_map(|rest| rest.split('>').next())
        .filter(begins)
        .collect()
}

fn values<'a>(document: &'a str, attribute: &str) -> Vec<&'a str> {
    let mark = format!(" {attribute}=\"");
    document
        .split(mark.as_str())
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

fn on_every_page(check: impl Fn(&str, &str)) {
    let pages = states::all();
    assert!(pages.len() > 50, "the list of states has been cut short");
    pages.iter().for_each(|(name, document)| check(name, document));
}

#[test]
fn no_page_has_a_script_or_an_inline_style() {
    on_every_page(|name, document| {
        for banned in [
            "<script",
            "<style",
            " style=",
            "javascript:",
            " onclick",
            " onload",
            " onerror",
        ] {
            assert!(!document.contains(banned), "{name} has {banned}");
        }
    });
}

#[test]
fn every_page_has_its_language_its_landmarks_and_a_way_past_the_bar() {
    on_every_page(|name, document| {
        for once in [
            "<html lang=\"en\">",
            "<main id=\"main\"",
            "<header class=\"bar\">",
            "<footer",
            "<title>",
            "href=\"#main\"",
        ] {
            assert_eq!(document.matches(once).count(), 1, "{name}: {once}");
        }
    });
}

#[test]
fn every_page_has_one_first_heading_and_skips_no_level() {
    on_every_page(|name, document| {
        let levels: Vec<usize> = (1..=6)
            .map(|level| tags(document, &format!("h{level}")).len())
            .collect();
        assert_eq!(levels[0], 1, "{name}: number of h1");
        assert!(
            levels[2..].iter().all(|count| *count == 0),
            "{name}: deeper than h2"
        );
        let first = document.find("<h1").expect("there is one");
        assert!(
            document.find("<h2").is_none_or(|second| second > first),
            "{name}: h2 before h1"
        );
    });
}

#[test]
fn every_id_is_there_once_and_every_reference_is_met() {
    on_every_page(|name, document| {
        let ids = values(document, "id");
        let once: HashSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), once.len(), "{name}: an id twice in {ids:?}");
        let fragments = values(document, "href")
            .into_iter()
            .filter_map(|href| href.strip_prefix('#'));
        let named = ["for", "aria-labelledby", "aria-describedby"]
            .map(|attribute| values(document, attribute))
            .concat();
        for reference in fragments.chain(named) {
            assert!(once.contains(reference), "{name}: nothing has the id {reference}");
        }
    });
}

#[test]
fn every_picture_has_alt_and_a_size_and_every_field_a_label() {
    on_every_page(|name, document| {
        for tag in tags(document, "img") {
            for needed in [" alt=\"", " width=\"", " height=\""] {
                assert!(tag.contains(needed), "{name}: {tag} lacks {needed}");
            }
        }
        for tag in [tags(document, "input"), tags(document, "textarea")].concat() {
            let labelled = values(tag, "id")
                .first()
                .is_some_and(|id| document.contains(&format!("<label for=\"{id}\"")));
            assert!(
                labelled || tag.contains("type=\"hidden\""),
                "{name}: {tag} has no label"
            );
        }
    });
}

#[test]
fn every_form_that_changes_something_carries_the_token() {
    on_every_page(|name, document| {
        for form in document.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap_or_default();
            assert!(
                form.contains("method=\"post\""),
                "{name}: a form that is not a post"
            );
            assert!(
                form.contains("<input type=\"hidden\" name=\"csrf\" value=\"token\">"),
                "{name}: no token"
            );
        }
    });
}

#[test]
fn every_tag_that_is_opened_is_closed() {
    let paired = [
        "a", "div", "p", "ul", "ol", "li", "dl", "section", "article", "details", "figure", "picture", "bdi",
        "span", "form", "nav", "svg",
    ];
    on_every_page(|name, document| {
        for tag in paired {
            let closed = document.matches(&format!("</{tag}>")).count();
            assert_eq!(tags(document, tag).len(), closed, "{name}: <{tag}>");
        }
    });
}

#[test]
fn every_file_a_page_names_has_an_address_with_its_hash() {
    on_every_page(|name, document| {
        assert!(
            !document.contains("/assets/missing"),
            "{name} names an unknown file"
        )
    });
    for path in assets::paths() {
        let file = assets::asset(path).expect("a listed address has a file");
        assert!(
            file.cache_control.contains("immutable") && !file.bytes.is_empty(),
            "{path}"
        );
    }
    assert_eq!(
        assets::asset("/favicon.ico").map(|file| file.content_type),
        Some("image/x-icon")
    );
    assert!(
        assets::asset("/assets/avatar.png").is_some_and(|file| !file.cache_control.contains("immutable"))
    );
    assert!(
        assets::asset("/assets/../Cargo.toml").is_none()
            && assets::asset("/assets/page-000000000000.css").is_none()
    );
}
