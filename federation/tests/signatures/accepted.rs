//! What must be accepted. Never a request that lacks something.

use crate::request::*;
use tintype_federation::signature::*;
use url::Url;

#[test]
fn what_we_sign_we_accept_in_both_schemes() {
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let headers = post(scheme, now());
        check(&headers).unwrap();
        let claim = claim("POST", "/inbox?to=all", &headers).unwrap();
        assert_eq!((claim.key_id, claim.scheme), (key_id(), scheme));
    }
    let url = Url::parse("http://here.example:3000/users/ben?page=2").unwrap();
    let headers = sign_get(&key_id(), &KEY, "GET", &url, now()).unwrap();
    assert_eq!(headers["host"], "here.example:3000");
    let claim = claim("GET", "/users/ben?page=2", &headers).unwrap();
    claim.check_body(b"").unwrap();
    claim.verify(&public()).unwrap();
}

#[test]
fn our_posts_are_signed_in_the_order_that_peers_expect() {
    let signature = plain()["signature"].to_str().unwrap().to_owned();
    assert!(signature.starts_with(
        "keyId=\"https://there.example/users/ana#main-key\",algorithm=\"rsa-sha256\",\
         headers=\"(request-target) host date digest content-type\",signature=\""
    ));
}

#[test]
fn spaces_and_unquoted_values_in_the_header_are_tolerated() {
    let text = plain()["signature"]
        .to_str()
        .unwrap()
        .replace("\",", "\" , ")
        .replace("\"rsa-sha256\"", "rsa-sha256");
    check(&with(plain(), "signature", &text)).unwrap();
}

#[test]
fn a_request_target_signed_without_its_query_is_accepted() {
    let date = plain()["date"].to_str().unwrap().to_owned();
    let text = format!("(request-target): get /users/ben\nhost: here.example:3000\ndate: {date}");
    let signature = KEY.sign(text.as_bytes()).unwrap();
    let value = format!(
        "keyId=\"{}\",headers=\"(request-target) host date\",signature=\"{signature}\"",
        key_id()
    );
    let claim = claim("GET", "/users/ben?page=2", &with(plain(), "signature", &value)).unwrap();
    claim.verify(&public()).unwrap();
}
