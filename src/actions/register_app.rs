//! A client program registers itself. Its secret is told once and stored as a hash.

use url::Url;

use crate::app::App;
use crate::db;
use crate::db::apps::ClientApp;
use crate::domain::ids::AppId;
use crate::domain::scopes::Scopes;
use crate::domain::{random, redirect, text};

const LONGEST_NAME: usize = 60;
const LONGEST_WEBSITE: usize = 2_000;
const MOST_ADDRESSES: usize = 30;

#[derive(Debug)]
pub struct NewApp {
    pub name: String,
    pub website: Option<String>,
    /// Each may hold several, one a line.
    pub redirect_uris: Vec<String>,
    pub scopes: String,
}

#[derive(Debug, thiserror::Error)]
pub enum RegisterAppError {
    #[error("{0}")]
    Fault(&'static str),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

#[derive(Debug)]
pub struct RegisteredApp {
    pub app: ClientApp,
    pub secret: String,
}

pub async fn local(app: &App, new: NewApp) -> Result<RegisteredApp, RegisterAppError> {
    let secret = random::token();
    let client = ClientApp {
        id: AppId(app.ids.next()),
        client_id: random::token(),
        secret_hash: random::hash(&secret),
        name: name(&new.name)?,
        website: website(new.website)?,
        redirect_uris: addresses(&new.redirect_uris)?,
        scopes: Scopes::parse(&new.scopes)
            .ok_or(RegisterAppError::Fault(
                "Scopes doesn't match configured on the server.",
            ))?
            .to_string(),
    };
    let mut db = app.db.acquire().await?;
    db::apps::insert(&mut db, &client, app.clock.now()).await?;
    Ok(RegisteredApp { app: client, secret })
}

fn name(text: &str) -> Result<String, RegisterAppError> {
    let name: String = text.chars().filter(|c| !text::turns(*c)).collect();
    let name = name.trim();
    if name.is_empty() {
        return Err(RegisterAppError::Fault("Name can't be blank"));
    }
    // It is shown to people who are asked to trust it: no line ends, no zero bytes.
    if name.chars().any(char::is_control) {
        return Err(RegisterAppError::Fault("Name is invalid"));
    }
    if name.chars().count() > LONGEST_NAME {
        return Err(RegisterAppError::Fault(
            "Name is too long (maximum is 60 characters)",
        ));
    }
    Ok(name.to_owned())
}

fn website(text: Option<String>) -> Result<Option<String>, RegisterAppError> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else {
        return Ok(None);
    };
    let text = text.trim();
    let is_web = Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
    if !is_web || text.len() > LONGEST_WEBSITE || text.chars().any(char::is_control) {
        return Err(RegisterAppError::Fault("Website must be a valid URL"));
    }
    Ok(Some(text.to_owned()))
}

fn addresses(texts: &[String]) -> Result<Vec<String>, RegisterAppError> {
    let lines = texts.iter().flat_map(|text| text.split_whitespace());
    let mut addresses: Vec<String> = Vec::new();
    for line in lines {
        if !redirect::may_be_registered(line) {
            return Err(RegisterAppError::Fault("Redirect URI must be an absolute URI."));
        }
        if !addresses.iter().any(|known| known == line) {
            addresses.push(line.to_owned());
        }
    }
    match addresses.len() {
        0 => Err(RegisterAppError::Fault("Redirect URI can't be blank")),
        count if count > MOST_ADDRESSES => Err(RegisterAppError::Fault("Redirect URI is too long")),
        _ => Ok(addresses),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_come_as_lines_or_as_a_list() {
        let read = |texts: &[&str]| addresses(&texts.iter().map(|&text| text.to_owned()).collect::<Vec<_>>());
        let wanted = ["https://a.example/".to_owned(), redirect::OUT_OF_BAND.to_owned()];
        assert_eq!(
            read(&["https://a.example/\r\nurn:ietf:wg:oauth:2.0:oob"]).unwrap(),
            wanted
        );
        assert_eq!(
            read(&["https://a.example/", "urn:ietf:wg:oauth:2.0:oob"]).unwrap(),
            wanted
        );
        assert!(read(&["https://a.example/", "javascript:alert(1)"]).is_err());
        assert!(read(&[]).is_err());
    }
}
