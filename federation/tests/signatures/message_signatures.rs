//! RFC 9421 requests, good and bad. Never two faults at once.

use crate::request::*;
use tintype_federation::signature::*;

#[test]
fn a_message_signature_over_parts_and_headers_is_accepted() {
    let headers = post(Scheme::Rfc9421, now());
    let all = [
        "@method",
        "@target-uri",
        "@authority",
        "host",
        "date",
        "content-digest",
    ];
    check(&message_signature(
        &all,
        &format!(";alg=\"rsa-v1_5-sha256\"{}", fresh()),
        headers.clone(),
    ))
    .unwrap();
    let parts = ["@method", "@authority", "@path", "@query", "content-digest"];
    check(&message_signature(&parts, &fresh(), headers)).unwrap();
}

#[test]
fn a_message_signature_that_leaves_something_out_is_refused() {
    let headers = post(Scheme::Rfc9421, now());
    for components in [
        &["@method", "@target-uri"][..],
        &["@method", "content-digest"],
        &["@target-uri", "content-digest"],
        &["@method", "@authority", "@path", "content-digest"],
        &["@method", "@target-uri", "content-digest", "x-absent"],
        &["@method", "@target-uri", "content-digest", "@status"],
    ] {
        assert!(
            check(&message_signature(components, &fresh(), headers.clone())).is_err(),
            "{components:?}"
        );
    }
    let needed = ["@method", "@target-uri", "content-digest"];
    for parameters in [
        format!(";keyid=\"{}\"", key_id()),
        format!(";created={}", now().timestamp()),
        format!("{};alg=\"rsa-pss-sha512\"", fresh()),
        format!("{};expires={}", fresh(), now().timestamp() - 1),
        format!(";created=999999999999999;keyid=\"{}\"", key_id()),
        format!(";created=-999999999999999;keyid=\"{}\"", key_id()),
    ] {
        assert!(
            check(&message_signature(&needed, &parameters, headers.clone())).is_err(),
            "{parameters}"
        );
    }
}

#[test]
fn two_message_signatures_are_refused_even_if_one_is_good() {
    let headers = post(Scheme::Rfc9421, now());
    let both = |name: &str| {
        format!(
            "{},bad={}",
            headers[name].to_str().unwrap(),
            &headers[name].to_str().unwrap()[5..]
        )
    };
    let (input, signature) = (both("signature-input"), both("signature"));
    let headers = with(
        with(headers.clone(), "signature-input", &input),
        "signature",
        &signature,
    );
    assert_eq!(
        check(&headers),
        Err(SignatureError::Malformed("more than one signature"))
    );
}

#[test]
fn a_message_signature_of_another_body_is_refused() {
    let digest = format!("sha-256=:{}:", BodyDigest::of(b"{}").as_base64());
    let claim = claim(
        "POST",
        "/inbox?to=all",
        &with(post(Scheme::Rfc9421, now()), "content-digest", &digest),
    )
    .unwrap();
    claim.check_body(b"{}").unwrap();
    assert_eq!(claim.verify(&public()), Err(SignatureError::BadSignature));
}
