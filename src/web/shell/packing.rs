//! The app's pages on their way out: most of them is what the API answered, a tenth as long when it is packed. Packs no page
//! that holds the token of a form, since how long such a page becomes says something of what is in it.

use std::io::{self, Write as _};

use axum::http::{HeaderMap, header};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Above this a page gets hardly shorter, and costs more than it saves on its way.
const LEVEL: Compression = Compression::new(5);

/// How a page is sent. No brotli: what makes that shorter than gzip is too slow for a page that is made for one reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    Plain,
    Gzip,
}

impl Packing {
    /// What this browser takes.
    pub fn of(asked: &HeaderMap) -> Self {
        match takes(asked, "gzip") {
            true => Self::Gzip,
            false => Self::Plain,
        }
    }

    /// The name of the coding, and the page in it.
    pub fn pack(self, page: String) -> (Option<&'static str>, Vec<u8>) {
        let packed = match self {
            Self::Plain => None,
            Self::Gzip => gzip(page.as_bytes()).ok(),
        };
        match packed {
            Some(packed) => (Some("gzip"), packed),
            None => (None, page.into_bytes()),
        }
    }
}

fn gzip(page: &[u8]) -> io::Result<Vec<u8>> {
    let mut packer = GzEncoder::new(Vec::with_capacity(page.len() / 4), LEVEL);
    packer.write_all(page)?;
    packer.finish()
}

/// Whether the browser takes answers in this coding.
pub fn takes(asked: &HeaderMap, name: &str) -> bool {
    let accepted = asked.get(header::ACCEPT_ENCODING);
    let accepted = accepted.and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|one| {
        let (coding, weight) = one.split_once(';').unwrap_or((one, ""));
        coding.trim().eq_ignore_ascii_case(name) && !matches!(weight.trim(), "q=0" | "q=0.0")
    })
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::http::HeaderValue;
    use flate2::read::GzDecoder;

    use super::*;

    fn packing(accept: &'static str) -> Packing {
        let mut asked = HeaderMap::new();
        asked.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Packing::of(&asked)
    }

    #[test]
    fn a_page_is_packed_for_whoever_takes_that_and_says_the_same() {
        let page = "<p>again</p>".repeat(500);
        let (coding, packed) = packing("gzip, deflate, br").pack(page.clone());
        assert_eq!(coding, Some("gzip"));
        assert!(packed.len() < page.len() / 10);
        let mut read = String::new();
        GzDecoder::new(&packed[..]).read_to_string(&mut read).unwrap();
        assert_eq!(read, page);
    }

    #[test]
    fn nobody_gets_what_they_do_not_take() {
        for accept in ["", "br", "gzip;q=0", "identity"] {
            assert_eq!(
                packing(accept).pack("page".into()),
                (None, b"page".to_vec()),
                "{accept}"
            );
        }
        assert_eq!(Packing::of(&HeaderMap::new()), Packing::Plain);
    }
}
