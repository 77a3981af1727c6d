//! WebFinger (RFC 7033) for people here and for the instance itself. Never answers for another host's people.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::response::Response;
use bytes::Bytes;
use tintype_federation::webfinger::{Handle, Profile, jrd};
use url::{Url, form_urlencoded};

use super::answer;
use super::refusal::Refusal;
use crate::app::App;
use crate::caches::Paper;
use crate::db;
use crate::domain::account::Account;
use crate::domain::urls::{Local, Urls};
use crate::translate;
use crate::web::api::entities::account::avatar;

const LONGEST_RESOURCE: usize = 2_048;

pub async fn show(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Refusal> {
    let query = query.unwrap_or_default();
    let resource = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "resource");
    let resource = resource
        .map(|(_, value)| value.into_owned())
        .filter(|text| text.len() <= LONGEST_RESOURCE);
    let subject = Subject::read(&app.urls, resource.as_deref().unwrap_or_default())?;
    let account = subject.find(&app).await?.ok_or(Refusal::NotFound)?;
    if account.deleted {
        return Err(Refusal::Gone);
    }
    if account.suspended || account.waiting {
        return Err(Refusal::NotFound);
    }
    let write = || document(&app, &account).map(Bytes::from).ok_or(Refusal::Internal);
    let body = app.caches.papers.of(&account, Paper::Profile, write)?;
    Ok(answer::open("application/jrd+json; charset=utf-8", body))
}

/// Whom a question is about.
#[derive(Debug, PartialEq, Eq)]
enum Subject {
    Person(String),
    Instance,
}

impl Subject {
    fn read(urls: &Urls, resource: &str) -> Result<Self, Refusal> {
        if resource.starts_with("https://") || resource.starts_with("http://") {
            let url = Url::parse(resource).map_err(|_| Refusal::Malformed("resource is not an address"))?;
            if url.as_str() == urls.instance_actor() || url.as_str().trim_end_matches('/') == urls.base() {
                return Ok(Self::Instance);
            }
            return match urls.parse_local(url.as_str()) {
                Some(Local::Account { username }) => Ok(Self::Person(username)),
                _ => Err(Refusal::NotFound),
            };
        }
        let handle = Handle::parse(resource).ok_or(Refusal::Malformed("resource is not a name"))?;
        if handle.authority() != urls.authority() {
            return Err(Refusal::NotFound);
        }
        if handle.user().eq_ignore_ascii_case(urls.authority()) {
            return Ok(Self::Instance);
        }
        Ok(Self::Person(handle.user().to_owned()))
    }

    async fn find(self, app: &App) -> Result<Option<Arc<Account>>, Refusal> {
        let uri = match self {
            Self::Person(name) => return Ok(app.person_named(&name).await?),
            Self::Instance => app.urls.instance_actor(),
        };
        let id = db::accounts::id_by_uri(&mut *app.db.acquire().await?, &uri).await?;
        match id {
            Some(id) => Ok(app.person(id).await?),
            None => Ok(None),
        }
    }
}

fn document(app: &App, account: &Account) -> Option<String> {
    let handle = Handle::new(&account.username, app.urls.authority())?;
    let picture = account
        .avatar_key
        .as_ref()
        .map(|_| translate::address(&avatar(&app.urls, account)));
    let profile = Profile {
        handle: &handle,
        actor: &translate::address(&account.uri),
        page: &translate::address(&account.url),
        avatar: picture.as_ref().map(|url| (url, "image/jpeg")),
        subscribe_template: &app.urls.at("/authorize_interaction?uri={uri}"),
    };
    Some(jrd(&profile).to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_understood_in_its_usual_spellings() {
        let urls = Urls::new(&Url::parse("http://here.example:3000").unwrap(), None);
        let read = |resource| Subject::read(&urls, resource);
        let ana = || Ok(Subject::Person("Ana".into()));
        for resource in [
            "acct:Ana@here.example:3000",
            "Ana@HERE.example:3000",
            "@Ana@here.example:3000",
            "http://here.example:3000/@Ana",
            "http://here.example:3000/users/Ana",
        ] {
            assert_eq!(read(resource), ana(), "{resource}");
        }
        for resource in [
            "acct:here.example:3000@here.example:3000",
            "http://here.example:3000/actor",
            "http://here.example:3000/",
        ] {
            assert_eq!(read(resource), Ok(Subject::Instance), "{resource}");
        }
        for resource in [
            "acct:ana@elsewhere.example",
            "acct:ana@here.example",
            "https://here.example/@ana",
            "http://here.example:3000/x/y/z",
        ] {
            assert_eq!(read(resource), Err(Refusal::NotFound), "{resource}");
        }
        for resource in ["", "ana", "acct:", "acct:ana@", "http://"] {
            assert!(matches!(read(resource), Err(Refusal::Malformed(_))), "{resource}");
        }
    }
}
