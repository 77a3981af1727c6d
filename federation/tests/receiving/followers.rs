//! What letters say beside themselves about followers. Never about another server's.

use http::{HeaderMap, HeaderValue};
use tintype_federation::synchronization::{FollowersDigest, HEADER, Stated};
use url::Url;

const ZED: &str = "https://there.example/users/zed";
const YAN: &str = "https://there.example/users/yan";

fn sender() -> Url {
    Url::parse("https://here.example/users/ana").unwrap()
}

fn read(text: &str) -> Option<Stated> {
    let mut headers = HeaderMap::new();
    headers.insert(HEADER, HeaderValue::from_str(text).unwrap());
    Stated::read(&headers, &sender())
}

#[test]
fn a_digest_is_that_of_the_set_whatever_its_order() {
    let nobody = FollowersDigest::of([]);
    assert_eq!(nobody.to_hex(), "0".repeat(64));
    assert_eq!(
        FollowersDigest::of([ZED]).to_hex(),
        "1cb227994ba0e4fa25568dad46569ca172bf47fd6ff57f4341d6be5d013aabc8"
    );
    let both = "24818b61997dbe6db48a25db5b1eea4dc69dcf1e4da5026ff6924469c3d74f72";
    assert_eq!(FollowersDigest::of([ZED, YAN]).to_hex(), both);
    assert_eq!(FollowersDigest::of([YAN, ZED]).to_hex(), both);
}

#[test]
fn what_we_say_is_read_as_we_meant_it() {
    let stated = Stated {
        collection: Url::parse("https://here.example/users/ana/followers").unwrap(),
        url: Url::parse("https://here.example/users/ana/followers_synchronization").unwrap(),
        digest: FollowersDigest::of([ZED, YAN]),
    };
    assert_eq!(
        stated.to_header(),
        "collectionId=\"https://here.example/users/ana/followers\", \
         url=\"https://here.example/users/ana/followers_synchronization\", \
         digest=\"24818b61997dbe6db48a25db5b1eea4dc69dcf1e4da5026ff6924469c3d74f72\""
    );
    assert_eq!(read(&stated.to_header()), Some(stated.clone()));
    // Mastodon's and Fedify's spelling, without spaces, in another order, with more in it.
    let digest = stated.digest.to_hex().to_uppercase();
    let other = format!(
        "url=\"{}\",digest=\"{digest}\",collectionId=\"{}\",more=\"1\"",
        stated.url, stated.collection
    );
    assert_eq!(read(&other), Some(stated));
}

#[test]
fn nothing_is_believed_that_is_incomplete_or_about_another_server() {
    let (ours, theirs) = ("https://here.example/f", "https://evil.example/f");
    let digest = "0".repeat(64);
    let good = |collection: &str, url: &str, digest: &str| {
        format!("collectionId=\"{collection}\", url=\"{url}\", digest=\"{digest}\"")
    };
    assert!(read(&good(ours, ours, &digest)).is_some());
    for bad in [
        String::new(),
        "nonsense".to_owned(),
        format!("collectionId=\"{ours}\", url=\"{ours}\""),
        format!("url=\"{ours}\", digest=\"{digest}\""),
        good(theirs, ours, &digest),
        good(ours, theirs, &digest),
        good(ours, "https://here.example:8443/f", &digest),
        good(ours, "file:///etc/passwd", &digest),
        good(ours, ours, &digest[1..]),
        good(ours, ours, &format!("{}é", "0".repeat(62))),
        good(ours, ours, &"g".repeat(64)),
        format!("{}, url=\"{ours}\"", good(ours, ours, &digest)),
        good(&format!("{ours}{}", "x".repeat(5_000)), ours, &digest),
    ] {
        assert_eq!(read(&bad), None, "{bad:.200}");
    }
    let mut twice = HeaderMap::new();
    for _ in 0..2 {
        let value = HeaderValue::from_str(&good(ours, ours, &digest)).unwrap();
        twice.append(HEADER, value);
    }
    assert_eq!(Stated::read(&twice, &sender()), None);
}
