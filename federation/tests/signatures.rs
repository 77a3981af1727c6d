//! Signed requests as friends and foes send them. Never touches a network.

use std::sync::LazyLock;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use http::{HeaderMap, HeaderName, HeaderValue};
use proptest::prelude::*;
use tintype_federation::key::{PublicKey, SigningKey};
use tintype_federation::signature::{
    BodyDigest, Claim, RequestView, Scheme, SignatureError, read, sign_get, sign_post,
};
use url::Url;

const BODY: &[u8] = br#"{"type":"Follow"}"#;
const OURS: &[&str] = &["here.example:3000"];

static KEY: LazyLock<SigningKey> = LazyLock::new(|| SigningKey::generate().unwrap());

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2020, 5, 17, 12, 0, 0).unwrap()
}

fn inbox() -> Url {
    Url::parse("http://here.example:3000/inbox?to=all").unwrap()
}

fn key_id() -> Url {
    Url::parse("https://there.example/users/ana#main-key").unwrap()
}

fn public() -> PublicKey {
    PublicKey::from_pem(&KEY.public_pem().unwrap()).unwrap()
}

fn post(scheme: Scheme, time: DateTime<Utc>) -> HeaderMap {
    sign_post(&key_id(), &KEY, &inbox(), &BodyDigest::of(BODY), time, scheme).unwrap()
}

fn claim(method: &str, path: &str, headers: &HeaderMap) -> Result<Claim, SignatureError> {
    read(
        &RequestView {
            method,
            path_and_query: path,
            headers,
            our_authorities: OURS,
        },
        now(),
    )
}

fn check(headers: &HeaderMap) -> Result<(), SignatureError> {
    let claim = claim("POST", "/inbox?to=all", headers)?;
    claim.check_body(BODY)?;
    claim.verify(&public())
}

fn with(mut headers: HeaderMap, name: &'static str, value: &str) -> HeaderMap {
    headers.insert(
        HeaderName::from_static(name),
        HeaderValue::from_str(value).unwrap(),
    );
    headers
}

/// Signs as a peer would that chooses its own list, parameters and values.
fn cavage(list: &str, parameters: &str, headers: HeaderMap) -> HeaderMap {
    let line = |name: &str| match name {
        "(request-target)" => String::from("(request-target): post /inbox?to=all"),
        "(created)" | "(expires)" => {
            let field = name.trim_matches(['(', ')']);
            let value = parameters
                .split(',')
                .find_map(|entry| entry.strip_prefix(field)?.strip_prefix('='));
            format!("{name}: {}", value.unwrap_or_default())
        }
        _ => format!("{name}: {}", headers[name].to_str().unwrap()),
    };
    let text = list.split(' ').map(line).collect::<Vec<_>>().join("\n");
    let signature = KEY.sign(text.as_bytes()).unwrap();
    let value = format!(
        "keyId=\"{}\",{parameters}headers=\"{list}\",signature=\"{signature}\"",
        key_id()
    );
    with(headers, "signature", &value)
}

fn plain() -> HeaderMap {
    post(Scheme::Cavage, now())
}

/// An RFC 9421 request over components and parameters of a peer's choice.
fn message_signature(components: &[&str], parameters: &str, headers: HeaderMap) -> HeaderMap {
    let list = components
        .iter()
        .map(|name| format!("\"{name}\""))
        .collect::<Vec<_>>()
        .join(" ");
    let input = format!("({list}){parameters}");
    let mut base = String::new();
    for name in components {
        let value = match *name {
            "@method" => "POST",
            "@target-uri" => "http://here.example:3000/inbox?to=all",
            "@authority" => "here.example:3000",
            "@path" => "/inbox",
            "@query" => "?to=all",
            header => headers.get(header).map_or("", |value| value.to_str().unwrap()),
        };
        base.push_str(&format!("\"{name}\": {value}\n"));
    }
    base.push_str(&format!("\"@signature-params\": {input}"));
    let signature = KEY.sign(base.as_bytes()).unwrap();
    let headers = with(headers, "signature-input", &format!("sig1={input}"));
    with(headers, "signature", &format!("sig1=:{signature}:"))
}

fn fresh() -> String {
    format!(";created={};keyid=\"{}\"", now().timestamp(), key_id())
}

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
fn spaces_and_unquoted_values_in_the_header_are_tolerated() {
    let text = plain()["signature"]
        .to_str()
        .unwrap()
        .replace("\",", "\" , ")
        .replace("\"rsa-sha256\"", "rsa-sha256");
    check(&with(plain(), "signature", &text)).unwrap();
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

proptest! {
    #[test]
    fn no_header_bytes_cause_a_panic(
        signature in prop::collection::vec(any::<u8>(), 0..300),
        input in prop::option::of(prop::collection::vec(any::<u8>(), 0..300)),
        date in prop::collection::vec(any::<u8>(), 0..60),
    ) {
        let mut headers = plain();
        for (name, bytes) in [("signature", Some(signature)), ("signature-input", input), ("date", Some(date))] {
            if let Some(value) = bytes.and_then(|bytes| HeaderValue::from_bytes(&bytes).ok()) {
                headers.insert(HeaderName::from_static(name), value);
            }
        }
        prop_assert!(check(&headers).is_err());
    }

    #[test]
    fn no_parameters_of_the_right_shape_cause_a_panic(
        names in prop::collection::vec("[(]?[a-z-]{1,12}[)]?", 0..40),
        created in "[0-9]{0,30}|-[0-9]{1,20}|[ -~]{0,12}",
        value in "[ -~é]{0,40}",
    ) {
        let list = names.join(" ");
        for text in [
            format!("keyId=\"{}\",created={created},headers=\"(request-target) host date digest {list}\",signature=\"AAAA\"", key_id()),
            format!("keyId=\"{value}\",headers=\"(created) {list}\",created=\"{created}\",signature={value}"),
        ] {
            let mut headers = plain();
            if let Ok(value) = HeaderValue::from_bytes(text.as_bytes()) {
                headers.insert("signature", value);
                prop_assert!(check(&headers).is_err());
            }
        }
        let input = format!("sig1=({}){value};created={created}", names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" "));
        if let Ok(value) = HeaderValue::from_bytes(input.as_bytes()) {
            let mut headers = plain();
            headers.insert("signature-input", value);
            prop_assert!(check(&headers).is_err());
        }
    }
}
