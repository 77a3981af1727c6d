//! `/@name/follow` and `/@name/id/interact`: a visitor names their own server and is sent there. Follows nobody.

use std::net::IpAddr;
use std::time::Duration;

use axum::extract::{Path, RawPathParams, State};
use axum::http::{HeaderMap, StatusCode};
use tintype_federation::origin::parse_web_address;
use tintype_federation::webfinger::{self, Handle};
use tokio::time::timeout;
use url::form_urlencoded;

use super::{post, shown, whose};
use crate::actions::policies;
use crate::app::App;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::peers::Behalf;
use crate::web::address::ClientAddress;
use crate::web::auth::reply::{self, PageResult};
use crate::web::auth::site::{self, href};
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{Frame, RemoteFollow, csp};
use crate::web::params::Params;

/// How long a visitor waits for their own server.
const PATIENCE: Duration = Duration::from_secs(8);

/// What the visitor wants to do something with.
struct Wanted {
    person: std::sync::Arc<Account>,
    post: Option<PostId>,
}

impl Wanted {
    /// Only what everybody may see: nobody is signed in here.
    async fn of(app: &App, name: &str, id: Option<&str>) -> ApiResult<Self> {
        let wanted = match id {
            None => Self {
                person: whose::person(app, &whose::handle(app, name)?).await?,
                post: None,
            },
            Some(id) => {
                let seen = post::find(app, AccountId::NONE, name, id).await?;
                Self {
                    person: seen.author,
                    post: Some(seen.post.id),
                }
            }
        };
        let is_here = wanted.person.is_local() && wanted.person.is_active();
        is_here.then_some(wanted).ok_or(ApiError::NotFound)
    }

    /// What the other server is to fetch.
    fn uri(&self, app: &App) -> String {
        match self.post {
            Some(id) => app.urls.post(&self.person.username, id),
            None => self.person.uri.clone(),
        }
    }

    fn path(&self) -> String {
        match self.post {
            Some(id) => format!("/@{}/{id}/interact", self.person.username),
            None => format!("/@{}/follow", self.person.username),
        }
    }
}

pub async fn of_person(State(app): State<App>, Path(name): Path<String>, visitor: Visitor) -> PageResult {
    let wanted = Wanted::of(&app, &name, None).await?;
    begin(&app, &visitor, &wanted).await
}

pub async fn of_post(
    State(app): State<App>,
    Path((name, id)): Path<(String, String)>,
    visitor: Visitor,
) -> PageResult {
    let wanted = Wanted::of(&app, &name, Some(&id)).await?;
    begin(&app, &visitor, &wanted).await
}

async fn begin(app: &App, visitor: &Visitor, wanted: &Wanted) -> PageResult {
    if visitor.session.is_some() {
        return reply::redirect(app, visitor, &here(app, wanted));
    }
    draw(app, visitor, wanted, StatusCode::OK, String::new(), None)
}

pub async fn submit(
    State(app): State<App>,
    path: RawPathParams,
    visitor: Visitor,
    ClientAddress(from): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    let part = |name| path.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
    let wanted = Wanted::of(&app, part("name").unwrap_or_default(), part("id")).await?;
    let typed = params.text("handle").unwrap_or_default();
    let again = |status, sentence: &str| {
        draw(
            &app,
            &visitor,
            &wanted,
            status,
            typed.clone(),
            Some(sentence.to_owned()),
        )
    };
    if !visitor.sent(&app, &headers, &params) {
        return again(
            StatusCode::FORBIDDEN,
            "This page was open for too long. Please send it again.",
        );
    }
    let Some(handle) = Handle::parse(&typed) else {
        return again(
            StatusCode::UNPROCESSABLE_ENTITY,
            "Write your name and your server, such as you@example.social.",
        );
    };
    if handle.authority() == app.urls.authority() {
        return reply::redirect(&app, &visitor, &here(&app, &wanted));
    }
    match their_page(&app, from, &handle, &wanted.uri(&app)).await? {
        Some(page) => reply::redirect(&app, &visitor, &page),
        None => again(StatusCode::UNPROCESSABLE_ENTITY, &sorry(&app, &handle, &wanted)),
    }
}

/// Where people of this server go on.
fn here(app: &App, wanted: &Wanted) -> String {
    let uri: String = form_urlencoded::byte_serialize(wanted.uri(app).as_bytes()).collect();
    format!("/authorize_interaction?uri={uri}")
}

fn sorry(app: &App, handle: &Handle, wanted: &Wanted) -> String {
    let what = match wanted.post {
        Some(id) => app.urls.post_page(&wanted.person.username, id),
        None => format!("@{}@{}", wanted.person.username, app.urls.authority()),
    };
    let server = handle.authority();
    format!(
        "We could not find your account, or {server} does not say where to go on. Search there for {what}"
    )
}

/// Asks the visitor's server, within bounds, where they go on. None when it does not say.
async fn their_page(app: &App, from: IpAddr, handle: &Handle, uri: &str) -> ApiResult<Option<String>> {
    if policies::is_suspended(app, handle.authority()).await? {
        return Ok(None);
    }
    let server = parse_web_address(&format!("https://{}/", handle.authority()));
    let Some(server) = server else { return Ok(None) };
    let Ok(_fetch) = app.peers.fetches.begin(Behalf::Visitor(from), &server) else {
        return Err(ApiError::Unavailable("The server is busy, please try again"));
    };
    let asking = webfinger::subscribe_template(&app.peers, handle, app.clock.now());
    let template = match timeout(PATIENCE, asking).await {
        Ok(Ok(template)) => template,
        Ok(Err(error)) => {
            tracing::debug!(%error, "a visitor's server does not say where to go on");
            return Ok(None);
        }
        Err(_) => return Ok(None),
    };
    let page = template.fill(uri);
    let page = page.filter(|page| page.scheme() == "https" || app.peers.allows_plain_http());
    Ok(page.map(String::from))
}

fn draw(
    app: &App,
    visitor: &Visitor,
    wanted: &Wanted,
    status: StatusCode,
    handle: String,
    problem: Option<String>,
) -> PageResult {
    let site = site::site(app);
    let page = RemoteFollow {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        csrf: visitor.csrf(),
        person: shown::person(&app.urls, &wanted.person),
        action: href(&wanted.path()),
        here: href(&here(app, wanted)),
        post: wanted.post.map(|id| id.to_string()),
        handle,
        problem,
    };
    let policy = csp::remote_follow(&reply::media(app));
    reply::page_with(app, visitor, status, &page, &policy)
}
