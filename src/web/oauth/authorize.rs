//! `/oauth/authorize`: a person is asked whether an app may act for them, each time. Remembers no yes.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use url::form_urlencoded;

use super::asked::{self, Asked, Refused};
use crate::actions::authorize;
use crate::app::App;
use crate::domain::ids::AccountId;
use crate::domain::redirect;
use crate::web::auth::reply::{self, PageResult};
use crate::web::auth::site;
use crate::web::auth::visitor::Visitor;
use crate::web::pages::{Code, Consent, Frame, Href, Notice, NoticePage, csp, permission};
use crate::web::params::Params;

pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let params = Params::from_query(query.as_deref())?;
    let asked = match asked::read(&app, &params).await {
        Ok(asked) => asked,
        Err(refused) => return refuse(&app, &visitor, refused),
    };
    if visitor.session.is_none() || asked.force_login {
        return reply::redirect(&app, &visitor, &sign_in_path(&visitor, &asked));
    }
    ask(&app, &visitor, &asked, StatusCode::OK).await
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    let asked = match asked::read(&app, &params).await {
        Ok(asked) => asked,
        Err(refused) => return refuse(&app, &visitor, refused),
    };
    // The session ended while the page was open.
    let Some(account) = visitor.account() else {
        return reply::redirect(&app, &visitor, &sign_in_path(&visitor, &asked));
    };
    if !visitor.sent(&app, &headers, &params) {
        return ask(&app, &visitor, &asked, StatusCode::FORBIDDEN).await;
    }
    let to = match params.text("decision").as_deref() {
        Some("allow") => allow(&app, account, &asked).await?,
        _ => Some(deny(&asked)),
    };
    let Some(to) = to else {
        return refuse(&app, &visitor, asked.not_theirs());
    };
    reply::redirect(&app, &visitor, &to)
}

/// Shows a code to be copied into an app that has no address.
pub async fn native(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let code = Params::from_query(query.as_deref())?
        .text("code")
        .unwrap_or_default();
    let is_code = code.len() == 43
        && code
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    if !is_code {
        return told(&app, &visitor, "There is no code in this address.");
    }
    let site = site::site(&app);
    let viewer = site::viewer(&app, visitor.account()).await?;
    let page = Code {
        frame: Frame {
            site: &site,
            viewer: viewer.as_ref(),
        },
        code,
        app_name: None,
    };
    reply::page(&app, &visitor, StatusCode::OK, &page)
}

/// None when nothing of what is asked for is theirs to give.
async fn allow(app: &App, account: AccountId, asked: &Asked) -> sqlx::Result<Option<String>> {
    let Some(code) = authorize::local(app, account, &asked.request).await? else {
        return Ok(None);
    };
    let address = &asked.request.redirect_uri;
    Ok(Some(if address == redirect::OUT_OF_BAND {
        redirect::with("/oauth/authorize/native", &[("code", &code)])
    } else {
        asked::answer_at(address, asked.state.as_deref(), &[("code", &code)])
    }))
}

fn deny(asked: &Asked) -> String {
    let address = &asked.request.redirect_uri;
    if address == redirect::OUT_OF_BAND {
        return "/account".to_owned();
    }
    let sentence = "The resource owner or authorization server denied the request.";
    let answer = [("error", "access_denied"), ("error_description", sentence)];
    asked::answer_at(address, asked.state.as_deref(), &answer)
}

/// Signing in, and back to the same request.
fn sign_in_path(visitor: &Visitor, asked: &Asked) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("return_to", &visitor.sign_path(&asked.path()));
    format!("/auth/sign_in?{}", query.finish())
}

async fn ask(app: &App, visitor: &Visitor, asked: &Asked, status: StatusCode) -> PageResult {
    let site = site::site(app);
    let viewer = site::viewer(app, visitor.account()).await?;
    let request = &asked.request;
    let account = visitor.account().unwrap_or(AccountId::NONE);
    let given = authorize::given(&mut *app.db.acquire().await?, account, &request.scopes).await?;
    let Some(given) = given else {
        return refuse(app, visitor, asked.not_theirs());
    };
    let switch = Href::parse(&sign_in_path(visitor, asked));
    let page = Consent {
        frame: Frame {
            site: &site,
            viewer: viewer.as_ref(),
        },
        csrf: visitor.csrf(),
        app_name: request.app.name.clone(),
        app_website: request.app.website.as_deref().and_then(Href::parse),
        returns_to: redirect::shown(&request.redirect_uri),
        permissions: permission::describe(&given.to_string()),
        parameters: asked.parameters(),
        switch_account: switch.expect("our own paths begin with a slash"),
    };
    let policy = csp::consent(&reply::media(app), &request.redirect_uri);
    reply::page_with(app, visitor, status, &page, &policy)
}

fn refuse(app: &App, visitor: &Visitor, refused: Refused) -> PageResult {
    match refused {
        Refused::Page(sentence) => told(app, visitor, sentence),
        // Whoever registers an app chooses where this leads: a stranger who only followed a link is not sent there.
        Refused::Redirect(_) if visitor.session.is_none() => told(
            app,
            visitor,
            "The app asked for something that this server does not give.",
        ),
        Refused::Redirect(to) => reply::redirect(app, visitor, &to),
        Refused::Database(error) => Err(error.into()),
    }
}

fn told(app: &App, visitor: &Visitor, sentence: &str) -> PageResult {
    let site = site::site(app);
    let page = NoticePage {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        notice: Notice::BadRequest {
            sentence: sentence.to_owned(),
        },
        onwards: None,
    };
    reply::page(app, visitor, StatusCode::BAD_REQUEST, &page)
}
