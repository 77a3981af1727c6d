//! Header values as signatures need them. Never picks one of several: what must be single is single or refused.

use http::HeaderMap;

use super::SignatureError;

/// The only value of a header, trimmed; an error when it is repeated or not text.
pub(super) fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, SignatureError> {
    let mut values = headers.get_all(name).iter();
    let Some(first) = values.next() else {
        return Ok(None);
    };
    if values.next().is_some() {
        return Err(SignatureError::Malformed("a header is given twice"));
    }
    text(first.as_bytes()).map(Some)
}

/// All values of a header, joined as both schemes say; `None` when there is none.
pub(super) fn joined(headers: &HeaderMap, name: &str) -> Result<Option<String>, SignatureError> {
    let mut joined: Option<String> = None;
    for value in headers.get_all(name) {
        let value = text(value.as_bytes())?;
        joined = Some(match joined {
            Some(before) => format!("{before}, {value}"),
            None => value.to_owned(),
        });
    }
    Ok(joined)
}

fn text(bytes: &[u8]) -> Result<&str, SignatureError> {
    std::str::from_utf8(bytes)
        .map(|text| text.trim_matches([' ', '\t']))
        .map_err(|_| SignatureError::Malformed("a header is not text"))
}
