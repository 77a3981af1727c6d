//! Arbitrary bytes in headers. Never expects more than a refusal.

use crate::request::*;
use http::HeaderName;
use http::HeaderValue;
use proptest::prelude::*;

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
        prop_assert_eq!(check(&headers).is_ok(), headers == plain());
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
