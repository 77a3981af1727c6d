//! `/authorize_interaction`: somebody who lives here comes back from another server to follow a person, or to open a
//! post. Follows nobody without a form of ours.

use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use tokio::time::timeout;
use url::form_urlencoded;

use super::shown;
use crate::actions::know_account::{self, Behalf, KnowError};
use crate::actions::{follow, know_post};
use crate::app::App;
use crate::db;
use crate::db::follows::Wishes;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::names::Handle;
use crate::domain::urls::Local;
use crate::web::auth::reply::{self, PageResult};
use crate::web::auth::site;
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{FollowFromHere, Frame};
use crate::web::params::Params;

/// How long a person waits for another server.
const PATIENCE: Duration = Duration::from_secs(8);
const LONGEST_ADDRESS: usize = 2_000;

/// What an address or a name leads to.
enum Target {
    Person(Box<Account>),
    Post(PostId),
}

pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let uri = wanted(&Params::from_query(query.as_deref())?)?;
    match visitor.account() {
        None => reply::redirect(&app, &visitor, &sign_in_first(&visitor, &uri)),
        Some(me) => go_on(&app, &visitor, me, &uri, StatusCode::OK).await,
    }
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    let uri = wanted(&params)?;
    let Some(me) = visitor.account() else {
        return reply::redirect(&app, &visitor, &sign_in_first(&visitor, &uri));
    };
    if !visitor.sent(&app, &headers, &params) {
        return go_on(&app, &visitor, me, &uri, StatusCode::FORBIDDEN).await;
    }
    let Target::Person(person) = find(&app, me, &uri).await? else {
        return go_on(&app, &visitor, me, &uri, StatusCode::OK).await;
    };
    follow::local(&app, me, person.id, &Wishes::default()).await?;
    reply::redirect(&app, &visitor, &page_of(&app, &person))
}

fn wanted(params: &Params) -> ApiResult<String> {
    let uri = params.text("uri").or_else(|| params.text("acct"));
    let uri = uri.map(|uri| uri.trim().to_owned()).unwrap_or_default();
    if uri.is_empty() || uri.len() > LONGEST_ADDRESS {
        return Err(ApiError::BadRequest("There is no address to go on with.".into()));
    }
    Ok(uri)
}

/// The sign-in page, which leads back here.
fn sign_in_first(visitor: &Visitor, uri: &str) -> String {
    let encode = |text: &str| -> String { form_urlencoded::byte_serialize(text.as_bytes()).collect() };
    let here = format!("/authorize_interaction?uri={}", encode(uri));
    format!("/auth/sign_in?return_to={}", encode(&visitor.sign_path(&here)))
}

/// Our page of a person; of somebody elsewhere it leads on to their own.
fn page_of(app: &App, person: &Account) -> String {
    app.urls.at(&format!("/@{}", person.acct()))
}

async fn go_on(app: &App, visitor: &Visitor, me: AccountId, uri: &str, status: StatusCode) -> PageResult {
    let person = match find(app, me, uri).await? {
        Target::Person(person) if person.id != me => person,
        Target::Person(person) => return reply::redirect(app, visitor, &page_of(app, &person)),
        Target::Post(id) => {
            let page = page_of_post(app, me, id).await?;
            return reply::redirect(app, visitor, &page);
        }
    };
    let site = site::site(app);
    let viewer = site::viewer(app, Some(me)).await?;
    let page = FollowFromHere {
        frame: Frame {
            site: &site,
            viewer: viewer.as_ref(),
        },
        csrf: visitor.csrf(),
        person: shown::person(&app.urls, &person),
        uri: person.uri.clone(),
        asks_first: person.locked,
    };
    reply::page(app, visitor, status, &page)
}

async fn page_of_post(app: &App, me: AccountId, id: PostId) -> ApiResult<String> {
    let mut db = app.db.acquire().await?;
    let seen = db::posts::seen(&mut db, me, id).await?;
    let seen = seen.ok_or(ApiError::NotFound)?;
    let author = db::accounts::by_id(&mut db, seen.author_id).await?;
    let author = author.ok_or(ApiError::NotFound)?;
    Ok(app.urls.at(&format!("/@{}/{}", author.acct(), seen.id)))
}

async fn find(app: &App, me: AccountId, uri: &str) -> ApiResult<Target> {
    let found = timeout(PATIENCE, look(app, me, uri)).await;
    match found.unwrap_or(Err(KnowError::Unreachable)) {
        Ok(Target::Person(person)) if !person.is_active() => Err(ApiError::NotFound),
        Ok(target) => Ok(target),
        Err(KnowError::Unreachable | KnowError::Busy) => {
            Err(ApiError::Unavailable("The other server does not answer."))
        }
        Err(KnowError::Internal) => Err(ApiError::Internal(anyhow::anyhow!(
            "somebody elsewhere could not be looked up"
        ))),
        Err(_) => Err(ApiError::NotFound),
    }
}

async fn look(app: &App, me: AccountId, uri: &str) -> Result<Target, KnowError> {
    if !uri.starts_with("https://") && !uri.starts_with("http://") {
        let handle = Handle::parse(uri).ok_or(KnowError::Unknown)?;
        return person(
            app,
            know_account::by_handle(app, Behalf::Here(me), &handle).await?,
        )
        .await;
    }
    match app.urls.parse_local(uri) {
        Some(Local::Post { id, .. }) => return Ok(Target::Post(id)),
        Some(Local::Account { username }) => {
            let handle = Handle::parse(&username).ok_or(KnowError::Unknown)?;
            return person(
                app,
                know_account::by_handle(app, Behalf::Here(me), &handle).await?,
            )
            .await;
        }
        None => {}
    }
    match know_account::by_uri(app, Behalf::Here(me), uri).await {
        // It is there, but no person: a post, most likely.
        Err(KnowError::Unacceptable | KnowError::Unknown) => {
            Ok(Target::Post(know_post::by_uri(app, Behalf::Here(me), uri).await?))
        }
        known => person(app, known?).await,
    }
}

async fn person(app: &App, id: AccountId) -> Result<Target, KnowError> {
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    account
        .map(|account| Target::Person(Box::new(account)))
        .ok_or(KnowError::Unknown)
}
