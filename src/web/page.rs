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

    /// The same with one more, which tells whether there is anything behind the page; [`Range::cut`] takes it off.
    pub fn and_one_more(self) -> Self {
        Self {
            limit: self.limit + 1,
            ..self
        }
    }

    /// The page out of what was found for [`Range::and_one_more`], newest first.
    pub fn cut<T>(&self, mut found: Vec<T>) -> Cut<T> {
        let most = usize::try_from(self.limit).unwrap_or_default();
        let one_more = found.len() > most;
        if one_more && self.from_old_end {
            drop(found.drain(..found.len() - most));
        }
        found.truncate(most);
        Cut {
            found,
            // What bounds a page from the old end is itself older than the page.
            older: if self.from_old_end {
                self.above > 0
            } else {
                one_more
            },
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

/// A page of what was found.
#[derive(Debug)]
pub struct Cut<T> {
    pub found: Vec<T>,
    /// Whether there is an older page, that has something on it.
    pub older: bool,
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

    /// The answer for a page of entities with the ids by which they are paged; `older`: whether there is an older page.
    pub fn respond<T: Serialize>(&self, items: &[T], ids: &[i64], older: bool) -> Response {
        self.bounded(Json(items).into_response(), ids, older)
    }

    /// The same for a body that is written already.
    pub fn bounded(&self, mut response: Response, ids: &[i64], more: bool) -> Response {
        let (Some(newest), Some(oldest)) = (ids.iter().max(), ids.iter().min()) else {
            return response;
        };
        if let Ok(link) = HeaderValue::from_str(&self.link(*newest, *oldest, more)) {
            response.headers_mut().insert(header::LINK, link);
        }
        response
    }

    /// The answer for a page of a list that is in no order of ids.
    pub fn by_offset(&self, mut response: Response, offset: i64, limit: i64, more: bool) -> Response {
        let at = |offset: i64, relation: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            for (name, value) in form_urlencoded::parse(self.query.unwrap_or_default().as_bytes()) {
                if !matches!(&*name, "offset" | "access_token") {
                    query.append_pair(&name, &value);
                }
            }
            query.append_pair("offset", &offset.to_string());
            format!(
                r#"<{}?{}>; rel="{relation}""#,
                self.urls.at(self.path),
                query.finish()
            )
        };
        let next = more.then(|| at(offset + limit, "next"));
        let previous = (offset > 0).then(|| at((offset - limit).max(0), "prev"));
        let links: Vec<String> = next.into_iter().chain(previous).collect();
        if !links.is_empty()
            && let Ok(link) = HeaderValue::from_str(&links.join(", "))
        {
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
    fn one_more_tells_of_an_older_page_and_is_not_on_this_one() {
        let range = Range::newest(2);
        assert_eq!(range.and_one_more().limit, 3);
        let cut = range.cut(vec![9, 8, 7]);
        assert_eq!((cut.found, cut.older), (vec![9, 8], true));
        let cut = range.cut(vec![9, 8]);
        assert_eq!((cut.found, cut.older), (vec![9, 8], false));
        let upwards = Range {
            above: 5,
            from_old_end: true,
            ..range
        };
        let cut = upwards.cut(vec![9, 8, 7]);
        assert_eq!((cut.found, cut.older), (vec![8, 7], true));
        let cut = Range { above: 0, ..upwards }.cut(vec![9]);
        assert_eq!((cut.found, cut.older), (vec![9], false));
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
