//! `/auth/sign_in`. Never says which of name and password was wrong.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use url::form_urlencoded;

use super::reply::{self, PageResult};
use super::site;
use super::visitor::Visitor;
use crate::actions::sign_in::{self, Attempt, Opened, SignInError};
use crate::app::App;
use crate::db;
use crate::web::address::ClientAddress;
use crate::web::cookies::{self, Name};
use crate::web::pages::{Frame, SignIn, SignInProblem};
use crate::web::params::Params;
use crate::web::shell;

/// Where somebody goes who came from nowhere in particular: to their feed, where there is an app to show it.
pub fn home(app: &App) -> &'static str {
    shell::of(app).map_or("/account", |_| "/")
}

pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    let params = Params::from_query(query.as_deref())?;
    let return_to = visitor.return_to(&params);
    // Somebody signed in who was sent here may want to be somebody else.
    if visitor.session.is_some() && return_to.is_none() {
        return reply::redirect(&app, &visitor, home(&app));
    }
    let form = Form {
        status: StatusCode::OK,
        login: String::new(),
        problem: visitor.was_signed_out.then_some(SignInProblem::SignedOut),
        return_to,
    };
    draw(&app, &visitor, form).await
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    let user = params.node("user");
    let login = user.get("email").text().unwrap_or_default();
    let password = user.get("password").text().unwrap_or_default();
    let return_to = visitor.return_to(&params);
    let attempt = Attempt {
        login: &login,
        password: &password,
        browser: visitor.browser(&headers, address),
    };
    let tried = if visitor.sent(&app, &headers, &params) {
        sign_in::local(&app, &attempt).await
    } else {
        return draw(
            &app,
            &visitor,
            Form::again(StatusCode::FORBIDDEN, login, SignInProblem::Expired, return_to),
        )
        .await;
    };
    let (status, problem) = match tried {
        Ok(opened) => {
            leave_old(&app, &visitor).await?;
            let path = return_to.map_or(home(&app).to_owned(), |(_, path)| path);
            return signed_in(&app, &visitor, &opened, &path);
        }
        Err(error) => problem_of(error)?,
    };
    let mut response = draw(&app, &visitor, Form::again(status, login, problem, return_to)).await?;
    if let SignInProblem::Throttled { seconds } = problem {
        response.headers_mut().insert(header::RETRY_AFTER, seconds.into());
    }
    Ok(response)
}

fn problem_of(error: SignInError) -> Result<(StatusCode, SignInProblem), reply::PageError> {
    Ok(match error {
        SignInError::Wrong => (StatusCode::UNAUTHORIZED, SignInProblem::Wrong),
        SignInError::Throttled { seconds } => (
            StatusCode::TOO_MANY_REQUESTS,
            SignInProblem::Throttled { seconds },
        ),
        SignInError::WaitingForApproval => (StatusCode::FORBIDDEN, SignInProblem::WaitingForApproval),
        SignInError::Unconfirmed => (StatusCode::FORBIDDEN, SignInProblem::Unconfirmed),
        SignInError::Disabled => (StatusCode::FORBIDDEN, SignInProblem::Disabled),
        SignInError::Suspended => (StatusCode::FORBIDDEN, SignInProblem::Suspended),
        SignInError::Password(error) => return Err(error.into()),
        SignInError::Database(error) => return Err(error.into()),
    })
}

/// The answer to somebody who is signed in from now on.
pub fn signed_in(app: &App, visitor: &Visitor, opened: &Opened, path: &str) -> PageResult {
    let mut response: Response = reply::redirect(app, visitor, path)?;
    let session = cookies::set(&app.urls, Name::Session, &opened.secret);
    response.headers_mut().append(header::SET_COOKIE, session);
    let device = cookies::set(&app.urls, Name::Device, &opened.device);
    response.headers_mut().append(header::SET_COOKIE, device);
    Ok(response)
}

/// Ends the session that a browser had before: its cookie is about to be replaced.
pub async fn leave_old(app: &App, visitor: &Visitor) -> sqlx::Result<()> {
    match visitor.session {
        Some(_) => sign_in::out(app, visitor.secret()).await,
        None => Ok(()),
    }
}

struct Form {
    status: StatusCode,
    login: String,
    problem: Option<SignInProblem>,
    /// Signed, and bare.
    return_to: Option<(String, String)>,
}

impl Form {
    fn again(
        status: StatusCode,
        login: String,
        problem: SignInProblem,
        return_to: Option<(String, String)>,
    ) -> Self {
        Self {
            status,
            login,
            problem: Some(problem),
            return_to,
        }
    }
}

async fn draw(app: &App, visitor: &Visitor, form: Form) -> PageResult {
    let site = site::site(app);
    let for_app = match &form.return_to {
        Some((_, path)) => app_of(app, path).await?,
        None => None,
    };
    let page = SignIn {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        csrf: visitor.csrf(),
        login: form.login,
        problem: form.problem,
        return_to: form.return_to.map(|(signed, _)| signed),
        for_app,
    };
    reply::page(app, visitor, form.status, &page)
}

/// The name of the app that sent somebody here.
async fn app_of(app: &App, path: &str) -> sqlx::Result<Option<String>> {
    let Some(query) = path.strip_prefix("/oauth/authorize?") else {
        return Ok(None);
    };
    let mut parameters = form_urlencoded::parse(query.as_bytes());
    let Some((_, client_id)) = parameters.find(|(name, _)| name == "client_id") else {
        return Ok(None);
    };
    let mut db = app.db.acquire().await?;
    let client = db::apps::by_client_id(&mut db, &client_id).await?;
    Ok(client.map(|client| client.name))
}
