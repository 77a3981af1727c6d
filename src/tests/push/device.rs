//! A device with a push service: makes keys, takes messages, opens them by the standard's own steps.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::{hmac, signature};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use crate::support::Person;
use crate::support::http::Answer;
use crate::support::peer::{Asked, Peer, Says};

pub struct Device {
    pub service: Peer,
    /// Where its messages go.
    pub path: String,
    key: PrivateKey,
    auth: [u8; 16],
}

impl Device {
    pub async fn new() -> Self {
        Self::at(Peer::start("peer.test").await, "/push/a-secret-of-this-device")
    }

    /// One more at the same service.
    pub fn at(service: Peer, path: &str) -> Self {
        service.says(path, Says::Status(201));
        Self {
            service,
            path: path.to_owned(),
            key: PrivateKey::generate(&ECDH_P256).expect("a key"),
            auth: tintype::domain::random::bytes(),
        }
    }

    pub fn public_key(&self) -> Vec<u8> {
        let public = self.key.compute_public_key().expect("it has a public half");
        public.as_ref().to_vec()
    }

    /// What its app sends, with these alerts.
    pub fn subscription(&self, alerts: &[&str]) -> Value {
        let alerts: serde_json::Map<String, Value> = alerts
            .iter()
            .map(|alert| ((*alert).to_owned(), json!(true)))
            .collect();
        json!({
            "subscription": {
                "endpoint": self.service.url(&self.path),
                "keys": {
                    "p256dh": URL_SAFE_NO_PAD.encode(self.public_key()),
                    "auth": URL_SAFE_NO_PAD.encode(self.auth),
                },
                "standard": true,
            },
            "data": { "alerts": alerts },
        })
    }

    pub async fn subscribes(&self, person: &Person, body: &Value) -> Answer {
        person
            .json(reqwest::Method::POST, "/api/v1/push/subscription", body)
            .await
    }

    /// The messages that came, in order.
    pub fn got(&self) -> Vec<Asked> {
        let asked = self.service.asked().into_iter();
        asked.filter(|asked| asked.path == self.path).collect()
    }

    /// What a message says.
    pub fn opens(&self, message: &Asked) -> Value {
        let text = match header(message, "content-encoding") {
            "aes128gcm" => self.opens_standard(&message.body),
            "aesgcm" => self.opens_draft(message),
            other => panic!("an unknown encoding {other}"),
        };
        serde_json::from_slice(&text).expect("a message is JSON")
    }

    fn shared(&self, theirs: &[u8]) -> Vec<u8> {
        let theirs = UnparsedPublicKey::new(&ECDH_P256, theirs);
        agree(&self.key, theirs, (), |secret| Ok(secret.to_vec())).expect("a point of the curve")
    }

    /// RFC 8188, section 2.1, and RFC 8291, section 3.4.
    fn opens_standard(&self, body: &[u8]) -> Vec<u8> {
        let (salt, rest) = body.split_at(16);
        let (size, rest) = rest.split_at(4);
        assert_eq!(size, 4096u32.to_be_bytes());
        let (theirs, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let info = [b"WebPush: info\0".as_slice(), &self.public_key(), theirs].concat();
        let input = derive(&self.auth, &self.shared(theirs), &info);
        let key = derive(salt, &input, b"Content-Encoding: aes128gcm\0");
        let nonce = derive(salt, &input, b"Content-Encoding: nonce\0");
        let mut text = open(&key, &nonce, sealed);
        assert_eq!(text.pop(), Some(2), "the last record is marked");
        text
    }

    /// The drafts: salt and key are in headers, and the padding comes first.
    fn opens_draft(&self, message: &Asked) -> Vec<u8> {
        let salt = field(header(message, "encryption"), "salt");
        let theirs = field(header(message, "crypto-key"), "dh");
        let input = derive(&self.auth, &self.shared(&theirs), b"Content-Encoding: auth\0");
        let context = [
            b"P-256\0".as_slice(),
            &[0, 65],
            &self.public_key(),
            &[0, 65],
            &theirs,
        ]
        .concat();
        let info = |name: &[u8]| [name, &context].concat();
        let key = derive(&salt, &input, &info(b"Content-Encoding: aesgcm\0"));
        let nonce = derive(&salt, &input, &info(b"Content-Encoding: nonce\0"));
        let text = open(&key, &nonce, &message.body);
        assert_eq!(text[..2], [0, 0], "no padding");
        text[2..].to_vec()
    }
}

pub fn header<'a>(message: &'a Asked, name: &str) -> &'a str {
    let value = message.headers.get(name);
    value
        .unwrap_or_else(|| panic!("a message has {name}"))
        .to_str()
        .expect("a header is text")
}

/// `name=value` in a list with semicolons.
fn field(list: &str, name: &str) -> Vec<u8> {
    let mut parts = list.split(';').filter_map(|part| part.trim().split_once('='));
    let (_, value) = parts.find(|(key, _)| *key == name).expect("the field is there");
    URL_SAFE_NO_PAD.decode(value).expect("base64")
}

fn derive(salt: &[u8], input: &[u8], info: &[u8]) -> Vec<u8> {
    let random = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, salt), input);
    let random = hmac::Key::new(hmac::HMAC_SHA256, random.as_ref());
    hmac::sign(&random, &[info, &[1u8][..]].concat())
        .as_ref()
        .to_vec()
}

fn open(key: &[u8], nonce: &[u8], sealed: &[u8]) -> Vec<u8> {
    let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key[..16]).expect("a key"));
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).expect("a nonce");
    let mut text = sealed.to_vec();
    let length = key
        .open_in_place(nonce, Aad::empty(), &mut text)
        .expect("it opens")
        .len();
    text.truncate(length);
    text
}

/// The claims of the sender's word, verified with the key that the server shows.
pub fn claims(message: &Asked, server_key: &Value) -> Value {
    let given = header(message, "authorization");
    let (word, key) = match given.strip_prefix("vapid t=") {
        Some(rest) => {
            let (word, key) = rest.split_once(",k=").expect("a word and its key");
            (word.to_owned(), URL_SAFE_NO_PAD.decode(key).expect("base64"))
        }
        None => (
            given.strip_prefix("WebPush ").expect("a word").to_owned(),
            field(header(message, "crypto-key"), "p256ecdsa"),
        ),
    };
    let shown = server_key.as_str().expect("a key").trim_end_matches('=');
    assert_eq!(URL_SAFE_NO_PAD.decode(shown).expect("base64"), key);
    let (signed, signed_by) = word.rsplit_once('.').expect("a signature");
    let signed_by = URL_SAFE_NO_PAD.decode(signed_by).expect("base64");
    signature::UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_FIXED, key)
        .verify(signed.as_bytes(), &signed_by)
        .expect("the signature is good");
    let (head, claims) = signed.split_once('.').expect("two parts");
    let read = |part: &str| -> Value {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64")).expect("JSON")
    };
    assert_eq!(read(head), json!({ "typ": "JWT", "alg": "ES256" }));
    read(claims)
}
