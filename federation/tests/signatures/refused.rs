//! draft-cavage requests that must be refused. Never one that fails for two reasons.

use crate::request::*;
use chrono::TimeDelta;
use http::HeaderValue;
use tintype_federation::signature::*;

#[test]
fn an_unsigned_request_is_refused() {
    let mut headers = plain();
    headers.remove("signature");
    assert_eq!(check(&headers), Err(SignatureError::Missing));
}

#[test]
fn a_flipped_byte_of_the_signature_is_refused() {
    let headers = plain();
    let text = headers["signature"].to_str().unwrap().to_owned();
    let at = text.len() - 20;
    let other = if text.as_bytes()[at] == b'A' { "B" } else { "A" };
    let flipped = format!("{}{other}{}", &text[..at], &text[at + 1..]);
    assert_eq!(
        check(&with(headers, "signature", &flipped)),
        Err(SignatureError::BadSignature)
    );
}

#[test]
fn a_changed_body_with_the_old_digest_is_refused() {
    for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
        let claim = claim("POST", "/inbox?to=all", &post(scheme, now())).unwrap();
        assert_eq!(claim.check_body(b"{}"), Err(SignatureError::BadDigest));
    }
}

#[test]
fn a_changed_body_with_a_changed_digest_breaks_the_signature() {
    let body = b"{}";
    let digest = format!("SHA-256={}", BodyDigest::of(body).as_base64());
    let claim = claim("POST", "/inbox?to=all", &with(plain(), "digest", &digest)).unwrap();
    claim.check_body(body).unwrap();
    assert_eq!(claim.verify(&public()), Err(SignatureError::BadSignature));
}

#[test]
fn everything_that_matters_must_be_signed() {
    for (list, missing) in [
        ("(request-target) host date", "digest"),
        ("(request-target) host digest", "date"),
        ("(request-target) date digest", "host"),
        ("host date digest", "(request-target)"),
        ("date", "(request-target)"),
        ("digest", "(request-target)"),
    ] {
        assert_eq!(
            check(&cavage(list, "", plain())),
            Err(SignatureError::NotCovered(missing)),
            "{list}"
        );
    }
}

#[test]
fn a_digest_that_is_absent_or_of_another_kind_is_refused() {
    let mut headers = plain();
    headers.remove("digest");
    assert!(check(&headers).is_err());
    let right = BodyDigest::of(BODY).as_base64().to_owned();
    let wrong = BodyDigest::of(b"x").as_base64().to_owned();
    for digest in [
        "md5=AAAA",
        "sha-512=AAAA",
        "SHA-256=AAAA",
        &format!("SHA-256={wrong},SHA-256={right}"),
    ] {
        let headers = cavage(
            "(request-target) host date digest",
            "",
            with(plain(), "digest", digest),
        );
        assert!(
            matches!(check(&headers), Err(SignatureError::Malformed(_))),
            "{digest}"
        );
    }
}

#[test]
fn a_letter_to_one_inbox_cannot_be_replayed_to_another() {
    let claim = claim("POST", "/users/ben/inbox", &plain()).unwrap();
    assert_eq!(claim.verify(&public()), Err(SignatureError::BadSignature));
}

#[test]
fn a_letter_to_another_server_is_refused_here() {
    for host in [
        "elsewhere.example",
        "here.example",
        "here.example:3001",
        "here.example:3000.evil.example",
    ] {
        let headers = cavage(
            "(request-target) host date digest",
            "",
            with(plain(), "host", host),
        );
        assert_eq!(check(&headers), Err(SignatureError::WrongHost), "{host}");
    }
    let mut twice = plain();
    twice.append("host", HeaderValue::from_static("elsewhere.example"));
    assert!(check(&twice).is_err());
}

#[test]
fn old_and_future_letters_are_refused() {
    for days in [-3, 3] {
        let time = now() + TimeDelta::days(days);
        for scheme in [Scheme::Cavage, Scheme::Rfc9421] {
            assert_eq!(
                check(&post(scheme, time)),
                Err(SignatureError::OutsideClock),
                "{days} {scheme:?}"
            );
        }
    }
    for minutes in [-59, 59] {
        check(&post(Scheme::Cavage, now() + TimeDelta::minutes(minutes))).unwrap();
    }
}

#[test]
fn a_missing_or_unreadable_date_is_refused() {
    for date in [
        "yesterday",
        "",
        "2020-05-17T12:00:00Z",
        "Sun, 99 May 2020 12:00:00 GMT",
    ] {
        let headers = cavage(
            "(request-target) host date digest",
            "",
            with(plain(), "date", date),
        );
        assert!(
            matches!(check(&headers), Err(SignatureError::Malformed(_))),
            "{date}"
        );
    }
    let mut headers = plain();
    headers.remove("date");
    assert!(matches!(check(&headers), Err(SignatureError::Malformed(_))));
}

#[test]
fn hostile_times_in_parameters_are_refused_without_a_panic() {
    let list = "(request-target) (created) host digest";
    let created = now().timestamp();
    check(&cavage(
        list,
        &format!("algorithm=\"hs2019\",created={created},"),
        plain(),
    ))
    .unwrap();
    for time in [
        "18446744073709551615",
        "9223372036854775806",
        "-1",
        "NaN",
        "",
        "1e9",
        "0",
        "999999999999",
    ] {
        assert!(
            check(&cavage(list, &format!("created={time},"), plain())).is_err(),
            "{time}"
        );
    }
    for expires in ["18446744073709551615", "NaN", "-5", &(created - 1).to_string()] {
        let parameters = format!("created={created},expires={expires},");
        assert!(check(&cavage(list, &parameters, plain())).is_err(), "{expires}");
    }
    // The year 9999 is not an error, but it does not lengthen the life of an old letter.
    let far = "expires=253402300799,";
    check(&cavage(list, &format!("created={created},{far}"), plain())).unwrap();
    let old = created - 7200;
    assert_eq!(
        check(&cavage(list, &format!("created={old},{far}"), plain())),
        Err(SignatureError::OutsideClock)
    );
}

#[test]
fn repeated_parameters_and_foreign_algorithms_are_refused() {
    let list = "(request-target) host date digest";
    assert_eq!(
        check(&cavage(list, "algorithm=\"hmac-sha256\",", plain())),
        Err(SignatureError::Algorithm)
    );
    assert!(check(&cavage(list, "keyId=\"https://evil.example/\",", plain())).is_err());
    assert!(check(&cavage("(request-target) host date digest digest", "", plain())).is_err());
}

#[test]
fn a_key_id_must_be_a_web_address() {
    for id in [
        "data:text/plain,x",
        "file:///etc/passwd",
        "gopher://h/",
        "ana",
        "https://a@b.example/",
    ] {
        let text = plain()["signature"]
            .to_str()
            .unwrap()
            .replace(key_id().as_str(), id);
        assert!(
            matches!(
                check(&with(plain(), "signature", &text)),
                Err(SignatureError::Malformed(_))
            ),
            "{id}"
        );
    }
}
