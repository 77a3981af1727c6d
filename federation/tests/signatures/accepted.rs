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
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let headers = sign_get(&key_id(), &KEY, &url, now(), scheme).unwrap();
        assert_eq!(headers["host"], "here.example:3000");
        let signed = claim("GET", "/users/ben?page=2", &headers).unwrap();
        assert_eq!((&signed.key_id, signed.scheme), (&key_id(), scheme));
        signed.check_body(b"").unwrap();
        signed.verify(&public()).unwrap();
        let elsewhere = claim("GET", "/users/ana?page=2", &headers).unwrap();
        assert_eq!(elsewhere.verify(&public()), Err(SignatureError::BadSignature));
    }
}

#[test]
fn a_message_signature_of_ours_covers_what_peers_demand_and_says_since_when() {
    let created = now().timestamp();
    let url = Url::parse("http://here.example:3000/users/ben?page=2").unwrap();
    let get = sign_get(&key_id(), &KEY, &url, now(), Scheme::Rfc9421).unwrap();
    let expected = |names: &str| format!("sig1=({names});created={created};keyid=\"{}\"", key_id());
    assert_eq!(get["signature-input"], expected("\"@method\" \"@target-uri\""));
    assert!(!get.contains_key("content-digest"));
    let post = post(Scheme::Rfc9421, now());
    assert_eq!(
        post["signature-input"],
        expected("\"@method\" \"@target-uri\" \"content-digest\"")
    );
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
