//! Pages of lists: what a client asks for and the `Link` header it goes on by. Queries nothing.

use axum::Json;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use url::form_urlencoded;

use super::params::Params;
use crate::domain::urls::Urls;

/// Which part of a list is wanted: ids between two bounds, both excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// Below this one (`max_id`).
    pub below: i64,
    /// Above this one (`since_id` or `min_id`).
    pub above: i64,
    /// From the old end (`min_id`), then given newest first all the same.
    pub from_old_end: bool,
    /// How many at the most.
    pub limit: i64,
}

impl Range {
    /// What the parameters ask for; bounds that are no ids are ignored.
    pub fn read(params: &Params, usual: i64, most: i64) -> Self {
        let id = |name| params.number(name).filter(|id| *id >= 0);
        let min_id = id("min_id");
        Self {
            below: id("max_id").unwrap_or(i64::MAX),
            above: min_id.or(id("since_id")).unwrap_or(0),
            from_old_end: min_id.is_some(),
            limit: params.number("limit").unwrap_or(usual).clamp(1, most),
        }
    }

    pub fn newest(limit: i64) -> Self {
        Self {
            below: i64::MAX,
            above: 0,
            from_old_end: false,
            limit,
        }
    }
}

/// Where a list's pages live: for writing `Link` with all other parameters kept.
#[derive(Debug)]
pub struct Pager<'a> {
    pub urls: &'a Urls,
    pub path: &'a str,
    pub query: Option<&'a str>,
}

impl Pager<'_> {
    /// `newest` and `oldest` are the page's own bounds; `more`: whether an older page may exist.
    pub fn link(&self, newest: i64, oldest: i64, more: bool) -> String {
        let previous = format!(r#"<{}>; rel="prev""#, self.address("min_id", newest));
        if more {
            format!(r#"<{}>; rel="next", {previous}"#, self.address("max_id", oldest))
        } else {
            previous
        }
    }

    fn address(&self, bound: &str, id: i64) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        for (name, value) in form_urlencoded::parse(self.query.unwrap_or_default().as_bytes()) {
            if !matches!(&*name, "max_id" | "since_id" | "min_id" | "access_token") {
                query.append_pair(&name, &value);
            }
        }
        query.append_pair(bound, &id.to_string());
        format!("{}?{}", self.urls.at(self.path), query.finish())
    }

    /// The answer for a page of entities with the ids by which they are paged, newest first.
    pub fn respond<T: Serialize>(&self, items: &[T], ids: &[i64], range: &Range) -> Response {
        self.with_link(Json(items).into_response(), ids, range)
    }

    /// The same for a body that is written already.
    pub fn with_link(&self, response: Response, ids: &[i64], range: &Range) -> Response {
        // A short page read from the new end is the last one; from the old end there is always something older.
        let more = range.from_old_end || ids.len() as i64 >= range.limit;
        self.bounded(response, ids, more)
    }

    /// The same where it is known whether there is something older.
    pub fn bounded(&self, mut response: Response, ids: &[i64], more: bool) -> Response {
        let (Some(newest), Some(oldest)) = (ids.iter().max(), ids.iter().min()) else {
            return response;
        };
        if let Ok(link) = HeaderValue::from_str(&self.link(*newest, *oldest, more)) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_keep_all_other_parameters() {
        let urls = Urls::new(&url::Url::parse("https://h.example").unwrap(), None);
        let query = Some("local=true&max_id=9&types[]=a&types[]=b&limit=2&access_token=secret");
        let pager = Pager {
            urls: &urls,
            path: "/api/v1/x",
            query,
        };
        assert_eq!(
            pager.link(8, 7, true),
            "<https://h.example/api/v1/x?local=true&types%5B%5D=a&types%5B%5D=b&limit=2&max_id=7>; rel=\"next\", \
             <https://h.example/api/v1/x?local=true&types%5B%5D=a&types%5B%5D=b&limit=2&min_id=8>; rel=\"prev\""
        );
    }

    #[test]
    fn a_range_is_clamped() {
        let read = |query| Range::read(&Params::from_query(Some(query)).unwrap(), 20, 40);
        assert_eq!(read("limit=1000&max_id=5").limit, 40);
        assert_eq!(read("limit=0").limit, 1);
        assert_eq!(read("limit=x&max_id=junk"), Range::newest(20));
        assert!(read("min_id=3").from_old_end && !read("since_id=3").from_old_end);
    }
}
