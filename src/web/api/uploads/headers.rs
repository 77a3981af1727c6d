//! What tus says in headers, read and written. Decides nothing by it.

use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use tintype_federation::fetch::essence;

use super::refusal::{Answer, Refusal};
use crate::actions::resumable::Upload;
use crate::media::Checksum;
use crate::web::error::ApiError;

pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
pub const CHECKSUM: HeaderName = HeaderName::from_static("upload-checksum");
/// Our own: the picture that an upload became.
pub const MEDIA: HeaderName = HeaderName::from_static("tintype-media-id");
/// The one version that is spoken.
pub const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const PIECE: &str = "application/offset+octet-stream";

/// Refuses what speaks another version.
pub fn spoken(headers: &HeaderMap) -> Answer<()> {
    match headers.get(&RESUMABLE) {
        Some(version) if *version == VERSION => Ok(()),
        _ => Err(Refusal::Version),
    }
}

/// A number of bytes that must be there.
pub fn number(headers: &HeaderMap, name: &HeaderName) -> Answer<u64> {
    let number = text(headers, name)?;
    // A sign is none of a length.
    let number = number.filter(|text| text.bytes().all(|letter| letter.is_ascii_digit()));
    let number = number.and_then(|text| text.parse().ok());
    number.ok_or_else(|| bad(format!("{name} is no number of bytes")))
}

/// `None` where it is not there.
pub fn text<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Answer<Option<&'a str>> {
    match headers.get(name) {
        None => Ok(None),
        Some(value) => match value.to_str() {
            Ok(text) => Ok(Some(text.trim())),
            Err(_) => Err(bad(format!("{name} cannot be read"))),
        },
    }
}

/// Whether the body is a piece of an upload.
pub fn is_piece(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok());
    kind.is_some_and(|kind| essence(kind) == PIECE)
}

/// `sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=`
pub fn checksum(headers: &HeaderMap) -> Answer<Option<Checksum>> {
    let Some(text) = text(headers, &CHECKSUM)? else {
        return Ok(None);
    };
    let checksum = text.split_once(' ').and_then(|(algorithm, sum)| {
        let sum = STANDARD.decode(sum.trim()).ok()?;
        Checksum::new(algorithm, sum)
    });
    let checksum = checksum
        .ok_or_else(|| bad("Upload-Checksum is no sum of an algorithm that is known here".to_owned()))?;
    Ok(Some(checksum))
}

fn bad(sentence: String) -> Refusal {
    ApiError::BadRequest(sentence).into()
}

/// How far an upload is, and what it became.
pub fn progress(upload: &Upload) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(OFFSET, upload.received.into());
    let expires = upload.expires_at.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    headers.extend(HeaderValue::from_str(&expires).ok().map(|at| (EXPIRES, at)));
    if let Some(media) = upload.media_id {
        headers.insert(MEDIA, media.0.into());
    }
    headers
}

/// The same with what was announced.
pub fn all(upload: &Upload) -> HeaderMap {
    let mut headers = progress(upload);
    headers.insert(LENGTH, upload.length.into());
    let metadata = HeaderValue::from_str(&upload.metadata).ok();
    let metadata = metadata.filter(|text| !text.is_empty());
    headers.extend(metadata.map(|text| (METADATA, text)));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers
}
