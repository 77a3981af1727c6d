//! Which app speaks, by its id and secret: in the body, or as HTTP Basic. Takes no app's word without its secret.

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use url::form_urlencoded;

use super::error::{OAuthError, OAuthResult};
use crate::actions::token;
use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::web::params::Params;

/// The app that a request authenticates as.
pub async fn authenticate(app: &App, headers: &HeaderMap, params: &Params) -> OAuthResult<ClientApp> {
    let in_body = || Some((params.text("client_id")?, params.text("client_secret")?));
    let (id, secret) = basic(headers).or_else(in_body).ok_or(OAuthError::InvalidClient)?;
    let known = known(app, &id).await?;
    known
        .filter(|client| token::knows_secret(client, &secret))
        .ok_or(OAuthError::InvalidClient)
}

/// The app of this id. Our ids are short and plain; nothing else is looked up.
pub async fn known(app: &App, client_id: &str) -> sqlx::Result<Option<ClientApp>> {
    if client_id.len() > 100 || !client_id.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Ok(None);
    }
    let mut db = app.db.acquire().await?;
    db::apps::by_client_id(&mut db, client_id).await
}

/// RFC 6749, section 2.3.1: both halves are form-encoded before they are joined.
fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((plain(id), plain(secret)))
}

fn plain(encoded: &str) -> String {
    let first = form_urlencoded::parse(encoded.as_bytes()).next();
    first.map(|(name, _)| name.into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basic_halves_are_decoded() {
        let mut headers = HeaderMap::new();
        let value = format!("basic {}", STANDARD.encode("a%2Db:c_d"));
        headers.insert(header::AUTHORIZATION, value.parse().unwrap());
        assert_eq!(basic(&headers), Some(("a-b".into(), "c_d".into())));
        for bad in ["Bearer abc", "Basic !!!", "Basic", "Basic YWJj"] {
            headers.insert(header::AUTHORIZATION, bad.parse().unwrap());
            assert_eq!(basic(&headers), None, "{bad}");
        }
    }
}
