//! Addresses at which others may do one thing for a while: Signature Version 4 in the query of an address. The crate signs such ones
//! as well, but never a length, and then whoever has one fills the bucket. Knows no bucket, and sends nothing.

use std::time::Duration;

use aws_lc_rs::{digest, hmac};
use chrono::{DateTime, Utc};
use url::{Position, Url};

use crate::domain::fingerprint::hexadecimal;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const SERVICE: &str = "s3";
const END: &str = "aws4_request";

/// Whose signature it is.
#[derive(Clone, Copy)]
pub(super) struct Signer<'a> {
    pub key_id: &'a str,
    pub secret: &'a str,
    pub region: &'a str,
}

/// What is allowed.
#[derive(Debug)]
pub(super) struct Allowed<'a> {
    pub method: &'a str,
    /// What has to be sent, letter by letter: names in small letters.
    pub headers: Vec<(&'a str, String)>,
    pub query: Vec<(&'a str, String)>,
    pub valid: Duration,
}

impl Signer<'_> {
    /// The address of an object with all that makes it one at which this may be done. A query that it has goes.
    pub fn sign(&self, mut url: Url, allowed: Allowed<'_>, now: DateTime<Utc>) -> Url {
        let Allowed {
            method,
            mut headers,
            mut query,
            valid,
        } = allowed;
        headers.push(("host", url[Position::BeforeHost..Position::AfterPort].to_owned()));
        headers.sort();
        let names: Vec<&str> = headers.iter().map(|(name, _)| *name).collect();
        let names = names.join(";");
        let (day, time) = (now.format("%Y%m%d"), now.format("%Y%m%dT%H%M%SZ"));
        let scope = format!("{day}/{}/{SERVICE}/{END}", self.region);
        query.extend([
            ("X-Amz-Algorithm", ALGORITHM.to_owned()),
            ("X-Amz-Credential", format!("{}/{scope}", self.key_id)),
            ("X-Amz-Date", time.to_string()),
            ("X-Amz-Expires", valid.as_secs().to_string()),
            ("X-Amz-SignedHeaders", names.clone()),
        ]);
        let mut pairs: Vec<String> = query
            .iter()
            .map(|(name, value)| format!("{}={}", encoded(name), encoded(value)))
            .collect();
        pairs.sort();
        let query = pairs.join("&");
        let headers: String = headers
            .iter()
            .map(|(name, value)| format!("{name}:{value}\n"))
            .collect();
        let request = format!(
            "{method}\n{}\n{query}\n{headers}\n{names}\nUNSIGNED-PAYLOAD",
            url.path()
        );
        let sum = digest::digest(&digest::SHA256, request.as_bytes());
        let words = format!("{ALGORITHM}\n{time}\n{scope}\n{}", hexadecimal(sum.as_ref()));
        let signature = self.signature(&day.to_string(), &words);
        url.set_query(Some(&format!("{query}&X-Amz-Signature={signature}")));
        url
    }

    fn signature(&self, day: &str, words: &str) -> String {
        let mut key = format!("AWS4{}", self.secret).into_bytes();
        for word in [day, self.region, SERVICE, END] {
            key = signed(&key, word);
        }
        hexadecimal(&signed(&key, words))
    }
}

fn signed(key: &[u8], words: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, words.as_bytes()).as_ref().to_vec()
}

/// All but what RFC 3986 leaves free, byte by byte.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(byte.into()),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use chrono::TimeZone;

    use super::*;

    /// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
    #[test]
    fn an_address_is_signed_as_in_amazons_example() {
        let signer = Signer {
            key_id: "AKIAIOSFODNN7EXAMPLE",
            secret: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            region: "us-east-1",
        };
        let allowed = Allowed {
            method: "GET",
            headers: Vec::new(),
            query: Vec::new(),
            valid: Duration::from_secs(86_400),
        };
        let url = Url::parse("https://examplebucket.s3.amazonaws.com/test.txt?a=b").unwrap();
        let now = Utc.with_ymd_and_hms(2013, 5, 24, 0, 0, 0).unwrap();
        assert_eq!(
            signer.sign(url, allowed, now).as_str(),
            "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=\
             AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&\
             X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }

    #[test]
    fn what_could_be_read_as_something_else_is_written_in_numbers() {
        assert_eq!(encoded("a/b+c d~é"), "a%2Fb%2Bc%20d~%C3%A9");
    }
}
