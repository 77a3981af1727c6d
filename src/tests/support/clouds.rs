//! Buckets of other services than S3, on loopback, each with a test's own key: Azure's own emulator; and for Google's, of which
//! no emulator speaks the protocol that is used here (its XML API), the server of S3's protocol behind the few words in which
//! the two differ. That one checks the signature of each token. Never shared by two tests.

use std::path::PathBuf;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use futures::TryStreamExt as _;
use hyper::body::Incoming;
use hyper::header::{AUTHORIZATION, IF_NONE_MATCH};
use hyper::{HeaderMap, Request, StatusCode};
use object_store::azure::{MicrosoftAzure, MicrosoftAzureBuilder};
use object_store::{ObjectStore as _, ObjectStoreExt as _};
use serde_json::{Value, json};
use tintype_federation::key::{PublicKey, SigningKey};
use tokio::process::Child;

use super::folder::Folder;
use super::s3::{self, Bucket};
use super::{keys, program};

const ACCOUNT: &str = "ana";
const SECRET: &str = "a secret of this test, as long as such keys are: sixty-four bytes";

pub enum Cloud {
    Azure(Azurite),
    Google(Google),
}

pub struct Azurite {
    address: String,
    engine: MicrosoftAzure,
    /// It runs as long as this is held.
    _process: Child,
}

pub struct Google {
    bucket: Bucket,
    folder: Folder,
}

impl Cloud {
    pub async fn azure() -> Self {
        let (key, name) = (STANDARD.encode(SECRET), s3::NAME);
        let (said, process) = program::start("azurite", &["run.js", ACCOUNT, &key, name]).await;
        let address = said["address"].as_str().expect("it says where it is").to_owned();
        let engine = MicrosoftAzureBuilder::new()
            .with_allow_http(true)
            .with_endpoint(address.clone())
            .with_account(ACCOUNT)
            .with_access_key(key)
            .with_container_name(name)
            .build();
        Self::Azure(Azurite {
            address,
            engine: engine.expect("nothing is sent yet"),
            _process: process,
        })
    }

    pub async fn google() -> Self {
        let key = keys::shared().next().expect("there are keys");
        let public = key.public_pem().expect("it can be written");
        let public = PublicKey::from_pem(&public).expect("it is one");
        let bucket = Bucket::behind(Arc::new(move |request| translate(request, &public))).await;
        let folder = Folder::new("google");
        let google = Google { bucket, folder };
        std::fs::write(google.key_file(), service_account(&key)).expect("it can be written to");
        Self::Google(google)
    }

    pub fn secret(&self) -> String {
        match self {
            Self::Azure(_) => STANDARD.encode(SECRET),
            Self::Google(google) => {
                let text = std::fs::read_to_string(google.key_file()).expect("it is there");
                let key: Value = serde_json::from_str(&text).expect("JSON");
                let pem = key["private_key"].as_str().expect("a key").lines().nth(1);
                pem.expect("it has lines").to_owned()
            }
        }
    }

    /// As the environment says it.
    pub fn settings(&self, prefix: &str) -> Vec<(String, String)> {
        self.named("TINTYPE_", prefix)
    }

    /// The same for copies of other servers' pictures alone.
    pub fn settings_of_copies(&self, prefix: &str) -> Vec<(String, String)> {
        self.named("TINTYPE_REMOTE_", prefix)
    }

    fn named(&self, begin: &str, prefix: &str) -> Vec<(String, String)> {
        let words = match self {
            Self::Azure(azurite) => vec![
                ("AZURE_ENDPOINT", azurite.address.clone()),
                ("AZURE_ACCOUNT", ACCOUNT.to_owned()),
                ("AZURE_KEY", self.secret()),
                ("AZURE_CONTAINER", s3::NAME.to_owned()),
                ("AZURE_PREFIX", prefix.to_owned()),
            ],
            Self::Google(google) => vec![
                ("GCS_ENDPOINT", google.bucket.endpoint.clone()),
                ("GCS_BUCKET", s3::NAME.to_owned()),
                ("GCS_KEY_FILE", google.key_file().display().to_string()),
                ("GCS_PREFIX", prefix.to_owned()),
            ],
        };
        let named = words
            .into_iter()
            .map(|(name, value)| (format!("{begin}{name}"), value));
        named.collect()
    }

    /// As a settings file says it.
    pub fn table(&self, prefix: &str) -> String {
        let lines = self.settings(prefix).into_iter().map(|(name, value)| {
            let name = name.trim_start_matches("TINTYPE_").to_lowercase();
            format!("{name} = \"{value}\"\n")
        });
        lines.collect()
    }

    /// What is in it, by name.
    pub async fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = match self {
            Self::Azure(azurite) => {
                let listed = azurite.engine.list(None);
                listed
                    .map_ok(|object| object.location.to_string())
                    .try_collect()
                    .await
                    .expect("it can be listed")
            }
            Self::Google(google) => google.bucket.names(),
        };
        names.sort();
        names
    }

    /// Behind the back of whoever uses it.
    pub async fn remove(&self, name: &str) {
        match self {
            Self::Azure(azurite) => azurite.engine.delete(&name.into()).await.expect("it was there"),
            Self::Google(google) => google.bucket.remove(name),
        }
    }

    /// Somebody else's key of the same shape, as the environment says it.
    pub fn wrong_key(&self) -> (&'static str, String) {
        match self {
            Self::Azure(_) => ("AZURE_KEY", STANDARD.encode("no such secret")),
            Self::Google(google) => {
                let other = SigningKey::generate().expect("a key can be made");
                let path = google.folder.path().join("other.json");
                std::fs::write(&path, service_account(&other)).expect("it can be written to");
                ("GCS_KEY_FILE", path.display().to_string())
            }
        }
    }
}

/// As tests hand settings to a server.
pub fn lent(settings: &[(String, String)]) -> Vec<(&str, &str)> {
    let lent = settings
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()));
    lent.collect()
}

impl Google {
    fn key_file(&self) -> PathBuf {
        self.folder.path().join("key.json")
    }
}

/// What Google gives out.
fn service_account(key: &SigningKey) -> String {
    let body = STANDARD.encode(key.to_pkcs8().expect("it can be written"));
    let key = json!({
        "type": "service_account",
        "client_email": "ana@photos.iam.gserviceaccount.com",
        "private_key_id": "1",
        "private_key": format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"),
    });
    key.to_string()
}

/// <https://docs.cloud.google.com/storage/docs/interoperability>: all but who comes and three headers is as in S3.
fn translate(request: &mut Request<Incoming>, public: &PublicKey) -> Result<(), StatusCode> {
    let headers = request.headers_mut();
    if !is_signed(headers, public) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    headers.remove(AUTHORIZATION);
    match headers.remove("x-goog-if-generation-match") {
        Some(none) if none == "0" => drop(headers.insert(IF_NONE_MATCH, "*".parse().expect("a word"))),
        Some(_) => return Err(StatusCode::NOT_IMPLEMENTED),
        None => {}
    }
    if let Some(source) = headers.remove("x-goog-copy-source") {
        headers.insert("x-amz-copy-source", source);
    }
    Ok(())
}

/// Whether the token is one of the service account, for as long as such ones are good.
fn is_signed(headers: &HeaderMap, public: &PublicKey) -> bool {
    let token = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = token.and_then(|value| value.strip_prefix("Bearer "));
    let Some((text, signature)) = token.and_then(|token| token.rsplit_once('.')) else {
        return false;
    };
    let signature = URL_SAFE_NO_PAD.decode(signature).unwrap_or_default();
    let claims = text
        .split('.')
        .nth(1)
        .and_then(|claims| URL_SAFE_NO_PAD.decode(claims).ok());
    let claims: Value = serde_json::from_slice(&claims.unwrap_or_default()).unwrap_or_default();
    let hour = claims["iat"].as_u64().map(|begin| begin + 3_600);
    public.verifies(text.as_bytes(), &signature) && hour.is_some() && claims["exp"].as_u64() == hour
}
