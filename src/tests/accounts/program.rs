//! An app that people use: registers itself, sends them to be asked, changes codes into tokens. Keeps to the protocol
//! unless a test makes it stray.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use reqwest::Method;
use serde_json::json;
use tintype::domain::random;
use url::{Url, form_urlencoded};

use crate::support::Browser;
use crate::support::browser::leads_to;
use crate::support::http::{Answer, Client};

pub const BACK: &str = "https://app.example/back?from=tintype";
pub const VERIFIER: &str = "a-verifier-of-more-than-forty-three-characters~.";

pub struct Program {
    pub id: String,
    pub secret: String,
    pub back: String,
    pub client: Client,
}

impl Program {
    pub async fn of(client: &Client) -> Self {
        Self::with(client, BACK, "read write follow push").await
    }

    pub async fn with(client: &Client, back: &str, scopes: &str) -> Self {
        let new = json!({ "client_name": "Pocket Darkroom", "redirect_uris": back, "scopes": scopes });
        let made = client.json(Method::POST, "/api/v1/apps", &new).await.ok();
        Self {
            id: made["client_id"].as_str().expect("an id").to_owned(),
            secret: made["client_secret"].as_str().expect("a secret").to_owned(),
            back: back.to_owned(),
            client: client.clone(),
        }
    }

    /// Where it sends people, with `more` over what it usually asks.
    pub fn asks(&self, more: &[(&str, &str)]) -> String {
        let challenge = challenge(VERIFIER);
        let mut asked = vec![
            ("response_type", "code"),
            ("client_id", &self.id),
            ("redirect_uri", &self.back),
            ("scope", "read write"),
            ("state", "a&b=c"),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ];
        for (name, value) in more {
            asked.retain(|(known, _)| known != name);
            asked.push((name, value));
        }
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(asked.iter().filter(|(_, value)| !value.is_empty()));
        format!("/oauth/authorize?{}", query.finish())
    }

    /// The page that asks, in the browser of somebody signed in.
    pub async fn shown(&self, browser: &Browser, more: &[(&str, &str)]) -> Answer {
        let page = browser.get(&self.asks(more)).await;
        assert_eq!(page.status, 200, "{} {:?}", page.text(), page.headers);
        page
    }

    /// The code that it is given when the person says yes.
    pub async fn is_allowed(&self, browser: &Browser, more: &[(&str, &str)]) -> String {
        let page = self.shown(browser, more).await;
        let answer = browser
            .submits(&page, "/oauth/authorize", &[("decision", "allow")])
            .await;
        parameter(&leads_to(&answer), "code").expect("a code")
    }

    /// Brings a code to be changed into a token, with `more` over what it usually brings.
    pub async fn brings(&self, code: &str, more: &[(&str, &str)]) -> Answer {
        let mut brought = vec![
            ("grant_type", "authorization_code"),
            ("client_id", &self.id),
            ("client_secret", &self.secret),
            ("redirect_uri", &self.back),
            ("code", code),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in more {
            brought.retain(|(known, _)| known != name);
            brought.push((name, value));
        }
        brought.retain(|(_, value)| !value.is_empty());
        self.client.post_form("/oauth/token", &brought).await
    }

    /// A token for the person in this browser, by the whole way.
    pub async fn is_let_in(&self, browser: &Browser, more: &[(&str, &str)]) -> String {
        let code = self.is_allowed(browser, more).await;
        token(&self.brings(&code, &[]).await)
    }

    /// The token with which it speaks for itself.
    pub async fn as_itself(&self, scope: &str) -> Answer {
        let asked = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.id),
            ("client_secret", &self.secret),
            ("scope", scope),
        ];
        self.client.post_form("/oauth/token", &asked).await
    }
}

/// RFC 7636, S256.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(random::hash(verifier))
}

#[track_caller]
pub fn token(answer: &Answer) -> String {
    let issued = answer.ok();
    issued["access_token"].as_str().expect("a token").to_owned()
}

/// A parameter of an address; the path alone will do.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let base = Url::parse("https://base.example").expect("an address");
    let url = base.join(address).expect("an address");
    let found = url.query_pairs().find(|(known, _)| known == name);
    found.map(|(_, value)| value.into_owned())
}

/// The code of RFC 6749 in an answer for programs, which has its shape.
#[track_caller]
pub fn fault(answer: &Answer, status: u16) -> String {
    assert_eq!(answer.status, status, "{}", answer.text());
    let body = answer.value();
    assert!(body["error_description"].is_string(), "{body}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    body["error"].as_str().expect("an error").to_owned()
}
