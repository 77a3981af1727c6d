//! Which part of a file a request wants, by RFC 9110, sections 13 and 14. Knows no file.

use axum::http::{HeaderMap, header};

use crate::media::store::ByteRange;

/// The one range that is asked for. Several, or one that cannot be read, count as none: the whole file is right then.
pub fn wanted(headers: &HeaderMap, etag: &str) -> Option<ByteRange> {
    let condition = headers.get(header::IF_RANGE);
    // A date is no strong validator of ours, so it never matches.
    if condition.is_some_and(|it| it.as_bytes() != etag.as_bytes()) {
        return None;
    }
    let text = headers.get(header::RANGE)?.to_str().ok()?;
    let (unit, range) = text.split_once('=')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") || range.contains(',') {
        return None;
    }
    let (first, last) = range.trim().split_once('-')?;
    match (first.trim(), last.trim()) {
        ("", count) => Some(ByteRange::Last {
            count: number(count)?,
        }),
        (first, "") => Some(ByteRange::From {
            first: number(first)?,
        }),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            (first <= last).then_some(ByteRange::Between { first, last })
        }
    }
}

/// Digits alone: no sign.
fn number(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Whether the client has the file already.
pub fn has_it(headers: &HeaderMap, etag: &str) -> bool {
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|known| known.trim().trim_start_matches("W/") == etag)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::{HeaderName, HeaderValue};

    const ETAG: &str = "\"key-1080.jpg\"";

    fn with(fields: &[(HeaderName, &'static str)]) -> HeaderMap {
        fields
            .iter()
            .map(|(name, value)| (name.clone(), HeaderValue::from_static(value)))
            .collect()
    }

    #[test]
    fn a_range_is_read_as_written_or_not_at_all() {
        let between = |first, last| Some(ByteRange::Between { first, last });
        let cases = [
            ("bytes=0-0", between(0, 0)),
            ("bytes=5-99", between(5, 99)),
            ("Bytes = 5 - 99", between(5, 99)),
            ("bytes=7-", Some(ByteRange::From { first: 7 })),
            ("bytes=-7", Some(ByteRange::Last { count: 7 })),
            ("bytes=-", None),
            ("bytes=9-5", None),
            ("bytes=+1-5", None),
            ("bytes=0-1,3-4", None),
            ("bytes=0-99999999999999999999999", None),
            ("lines=0-1", None),
            ("bytes", None),
        ];
        for (text, expected) in cases {
            assert_eq!(wanted(&with(&[(header::RANGE, text)]), ETAG), expected, "{text}");
        }
        assert_eq!(wanted(&HeaderMap::new(), ETAG), None);
    }

    #[test]
    fn a_range_of_another_version_is_the_whole() {
        let range = (header::RANGE, "bytes=0-0");
        let same = with(&[range.clone(), (header::IF_RANGE, ETAG)]);
        assert!(wanted(&same, ETAG).is_some());
        for other in ["\"other\"", "W/\"key-1080.jpg\"", "Sat, 01 Jan 2028 00:00:00 GMT"] {
            assert_eq!(
                wanted(&with(&[range.clone(), (header::IF_RANGE, other)]), ETAG),
                None
            );
        }
    }

    #[test]
    fn a_known_tag_is_found_in_any_list() {
        for list in ["\"key-1080.jpg\"", "\"a\", W/\"key-1080.jpg\""] {
            assert!(has_it(&with(&[(header::IF_NONE_MATCH, list)]), ETAG), "{list}");
        }
        assert!(!has_it(&with(&[(header::IF_NONE_MATCH, "\"key\"")]), ETAG));
        assert!(!has_it(&HeaderMap::new(), ETAG));
    }
}
