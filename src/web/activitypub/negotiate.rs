//! Whether a client wants the document or the page. Never guesses from who it is.

use axum::http::{HeaderMap, HeaderValue, header};

/// Longest `Accept` that is read.
const LONGEST: usize = 2_000;

/// Whether a content type is one of ActivityPub's. Parameters are not minded: some peers forget the profile.
pub fn is_activity(value: Option<&HeaderValue>) -> bool {
    value.and_then(|value| value.to_str().ok()).is_some_and(|text| {
        let essence = text.split(';').next().unwrap_or_default().trim();
        ["application/activity+json", "application/ld+json"]
            .iter()
            .any(|name| essence.eq_ignore_ascii_case(name))
    })
}

/// Whether the document is wanted at least as much as the page. Who takes anything is shown the page.
pub fn wants_document(headers: &HeaderMap) -> bool {
    let (document, page) = wishes(headers);
    document > 0 && document >= page
}

/// Whether a page is asked for by name, as browsers do; who takes anything is most likely a program.
pub fn wants_page(headers: &HeaderMap) -> bool {
    let (document, page) = wishes(headers);
    page > 0 && page > document
}

/// How much documents and pages are wanted, in thousandths.
fn wishes(headers: &HeaderMap) -> (u32, u32) {
    let (mut document, mut page) = (0, 0);
    for value in headers.get_all(header::ACCEPT) {
        let Some(text) = value.to_str().ok().filter(|text| text.len() <= LONGEST) else {
            continue;
        };
        for range in text.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let name = parts.next().unwrap_or_default().to_ascii_lowercase();
            let quality = parts
                .find_map(|part| part.strip_prefix("q="))
                .map_or(1000, thousandths);
            match name.as_str() {
                "application/activity+json" | "application/ld+json" | "application/json" => {
                    document = document.max(quality);
                }
                "text/html" | "application/xhtml+xml" | "text/*" => page = page.max(quality),
                _ => {}
            }
        }
    }
    (document, page)
}

fn thousandths(quality: &str) -> u32 {
    let quality: f32 = quality.trim().parse().unwrap_or(0.0);
    (quality.clamp(0.0, 1.0) * 1000.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(accept: &'static str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
        wants_document(&headers)
    }

    #[test]
    fn servers_get_documents_and_browsers_pages() {
        for document in [
            "application/activity+json",
            "application/ld+json; profile=\"https://www.w3.org/ns/activitystreams\"",
            "application/activity+json, application/ld+json; q=0.9, text/html;q=0.1",
            "Application/Activity+JSON",
            "application/json",
        ] {
            assert!(wants(document), "{document}");
        }
        for page in [
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "*/*",
            "",
            "text/html, application/activity+json;q=0.5",
            "application/activity+json;q=0",
        ] {
            assert!(!wants(page), "{page}");
        }
        assert!(!wants_document(&HeaderMap::new()));
    }

    #[test]
    fn only_who_names_html_is_a_browser() {
        let is = |accept| {
            let mut headers = HeaderMap::new();
            headers.insert(header::ACCEPT, HeaderValue::from_static(accept));
            wants_page(&headers)
        };
        assert!(is(
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        ));
        assert!(!is("*/*") && !is("") && !is("application/json, text/html;q=0.5") && !is("text/html;q=0"));
    }

    #[test]
    fn letters_come_in_two_types() {
        let is = |text| is_activity(Some(&HeaderValue::from_static(text)));
        assert!(is("application/activity+json; charset=utf-8") && is("application/ld+json"));
        assert!(!is("application/json") && !is("text/html") && !is_activity(None));
    }
}
