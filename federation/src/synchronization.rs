//! Whether two servers believe in the same follows, told by a digest (FEP-8fcf). Never names a follower: whoever finds a
//! difference asks for the list.

use aws_lc_rs::digest::{SHA256, digest};
use http::HeaderMap;
use url::Url;

use crate::origin::{parse_web_address, same_origin};
use crate::signature::parameters;

/// The header of a letter that says it.
pub const HEADER: &str = "collection-synchronization";
const LONGEST_HEADER: usize = 4 * 1024;

/// What is the same for the same followers, in whichever order: their ids' SHA-256, each with each by exclusive or.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FollowersDigest([u8; 32]);

impl FollowersDigest {
    /// Of these followers, by id; each is named once.
    pub fn of<'a>(ids: impl IntoIterator<Item = &'a str>) -> Self {
        let mut all = [0; 32];
        for id in ids {
            for (sum, byte) in all.iter_mut().zip(digest(&SHA256, id.as_bytes()).as_ref()) {
                *sum ^= byte;
            }
        }
        Self(all)
    }

    /// One that was made elsewhere, or kept.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// For keeping.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// As it is written: 64 digits.
    pub fn to_hex(self) -> String {
        self.0.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn from_hex(text: &str) -> Option<Self> {
        if text.len() != 64 || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 32];
        for (byte, at) in bytes.iter_mut().zip((0..64).step_by(2)) {
            *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
        }
        Some(Self(bytes))
    }
}

/// What a letter says about who of the receiver's people follow its sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The collection of all followers.
    pub collection: Url,
    /// Where those on the receiver's server are listed, for that server alone.
    pub url: Url,
    /// Their digest.
    pub digest: FollowersDigest,
}

impl Stated {
    /// The header's value.
    pub fn to_header(&self) -> String {
        let (collection, url, digest) = (&self.collection, &self.url, self.digest.to_hex());
        format!("collectionId=\"{collection}\", url=\"{url}\", digest=\"{digest}\"")
    }

    /// Reads the header of a letter whose signature has been checked. None where there is none, or none that can be used:
    /// nobody says anything about another server's lists.
    pub fn read(headers: &HeaderMap, sender: &Url) -> Option<Self> {
        let mut all = headers.get_all(HEADER).iter();
        let text = all.next()?.to_str().ok()?;
        if all.next().is_some() || text.len() > LONGEST_HEADER {
            return None;
        }
        let fields = parameters(text).ok()?;
        let address = |name: &str| {
            let address = parse_web_address(fields.get(name)?)?;
            same_origin(&address, sender).then_some(address)
        };
        Some(Self {
            collection: address("collectionId")?,
            url: address("url")?,
            digest: FollowersDigest::from_hex(fields.get("digest")?)?,
        })
    }
}
