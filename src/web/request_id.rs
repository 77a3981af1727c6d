//! The id of a request: in its log lines, in its answer, and on the page that says that something broke.

use axum::http::{HeaderMap, HeaderName, HeaderValue};

use crate::domain::random;

pub static NAME: HeaderName = HeaderName::from_static("x-request-id");
/// Longest one that is taken from outside; a proxy's has 32 or 36.
const LONGEST: usize = 64;

/// The request's own: a proxy in front may have given it one. It goes into the log and into pages, so that what is none is
/// exchanged for ours.
pub fn of(asked: &mut HeaderMap) -> HeaderValue {
    if asked.get_all(&NAME).iter().all(is_id)
        && let Some(id) = asked.get(&NAME)
    {
        return id.clone();
    }
    let id = u128::from_le_bytes(random::bytes());
    let id = HeaderValue::from_str(&format!("{id:032x}")).expect("digits");
    asked.insert(NAME.clone(), id.clone());
    id
}

fn is_id(id: &HeaderValue) -> bool {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    (1..=LONGEST).contains(&id.len()) && id.as_bytes().iter().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(ids: &[&str]) -> (HeaderMap, HeaderValue) {
        let mut asked = HeaderMap::new();
        for id in ids {
            asked.append(&NAME, HeaderValue::from_str(id).expect("a value"));
        }
        let id = of(&mut asked);
        (asked, id)
    }

    #[test]
    fn a_proxys_id_is_kept_and_what_is_none_is_exchanged() {
        let (asked, id) = given(&["b4-1_C"]);
        assert_eq!((id.as_bytes(), asked.len()), (&b"b4-1_C"[..], 1));
        for strange in [
            &[][..],
            &[""],
            &["a b"],
            &["<b>"],
            &["fine", "a/b"],
            &["a".repeat(65).as_str()],
        ] {
            let (asked, id) = given(strange);
            assert_eq!(id.len(), 32, "{strange:?}");
            assert_eq!(
                asked.get_all(&NAME).iter().collect::<Vec<_>>(),
                [&id],
                "{strange:?}"
            );
        }
    }
}
