//! `/auth/sign_up`, and `/invite/CODE`, which is the same with an invitation. Never gives a password back to the page.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use serde_json::json;

use super::reply::{self, PageError, PageResult};
use super::sign_in::{home, leave_old, signed_in};
use super::site;
use super::told::notice;
use super::visitor::Visitor;
use crate::actions::register::{self, Fault, Field, Kind, NewPerson, RegisterError, Registered};
use crate::actions::{invite, sign_in};
use crate::app::App;
use crate::db;
use crate::domain::names::MOST_USERNAME;
use crate::passwords;
use crate::web::activitypub::negotiate;
use crate::web::address::ClientAddress;
use crate::web::error::ApiError;
use crate::web::pages::{Frame, Notice, Registration, SignUp, SignUpField, SignUpProblem, SignUpValues};
use crate::web::params::Params;
use crate::web::rate_limit;

pub async fn show(State(app): State<App>, visitor: Visitor, RawQuery(query): RawQuery) -> PageResult {
    if visitor.session.is_some() {
        return reply::redirect(&app, &visitor, home(&app));
    }
    let params = Params::from_query(query.as_deref())?;
    draw(&app, &visitor, &params, StatusCode::OK, Vec::new()).await
}

/// A page for people; for apps that were given the link, what they sign somebody up with.
pub async fn invited(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> PageResult {
    let is_open = invite::is_open(&app, &code).await?;
    if negotiate::wants_document(&headers) {
        let told = json!({ "invite_code": code, "instance_api_url": app.urls.at("/api/v2/instance") });
        return match is_open {
            true => Ok(Json(told).into_response()),
            false => Ok(ApiError::NotFound.into_response()),
        };
    }
    if visitor.session.is_some() {
        return reply::redirect(&app, &visitor, home(&app));
    }
    let mut params = Params::default();
    params.set("invite", &code);
    let (status, problems) = match is_open {
        true => (StatusCode::OK, Vec::new()),
        false => {
            let fault = Fault::new(Field::InviteCode, Kind::Invalid, "is not valid, or used up");
            (StatusCode::NOT_FOUND, vec![problem(&fault)])
        }
    };
    draw(&app, &visitor, &params, status, problems).await
}

pub async fn submit(
    State(app): State<App>,
    visitor: Visitor,
    ClientAddress(address): ClientAddress,
    headers: HeaderMap,
    params: Params,
) -> PageResult {
    if !visitor.sent(&app, &headers, &params) {
        let sentence = "This page was open for too long. Please send it again.";
        return draw(
            &app,
            &visitor,
            &params,
            StatusCode::FORBIDDEN,
            vec![of_form(sentence)],
        )
        .await;
    }
    rate_limit::sign_up(&app, address)?;
    let new = NewPerson {
        from: Some(address),
        ..person(&params)
    };
    match register::local(&app, new).await {
        Ok(Registered { confirmed: false, .. }) => {
            let email = person(&params).email.trim().to_owned();
            notice(&app, &visitor, Notice::CheckMail { email })
        }
        Ok(Registered {
            account,
            approved: true,
            ..
        }) => {
            leave_old(&app, &visitor).await?;
            let opened = sign_in::open(&app, account, &visitor.browser(&headers, address)).await?;
            let path = visitor
                .return_to(&params)
                .map_or(home(&app).to_owned(), |(_, path)| path);
            signed_in(&app, &visitor, &opened, &path)
        }
        Ok(Registered { approved: false, .. }) => notice(&app, &visitor, Notice::WaitingForApproval),
        Err(error) => {
            let (status, problems) = problems_of(error)?;
            draw(&app, &visitor, &params, status, problems).await
        }
    }
}

fn person(params: &Params) -> NewPerson {
    let user = params.node("user");
    let text = |name| user.get(name).text().unwrap_or_default();
    NewPerson {
        username: text("username"),
        email: text("email"),
        password: text("password"),
        reason: text("reason"),
        locale: "en".into(),
        invitation: user.get("invite_code").text(),
        by_app: None,
        agreement: user.get("agreement").flag().unwrap_or(false),
        from: None,
    }
}

fn problems_of(error: RegisterError) -> Result<(StatusCode, Vec<SignUpProblem>), PageError> {
    match error {
        RegisterError::Faults(faults) => {
            let problems = faults.iter().map(problem).collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, problems))
        }
        RegisterError::Closed => {
            let sentence = "This server takes no new people at the moment.";
            Ok((StatusCode::FORBIDDEN, vec![of_form(sentence)]))
        }
        other => Err(ApiError::from(other).into()),
    }
}

fn of_form(sentence: &str) -> SignUpProblem {
    SignUpProblem {
        field: SignUpField::Form,
        sentence: sentence.to_owned(),
    }
}

fn problem(fault: &Fault) -> SignUpProblem {
    SignUpProblem {
        field: match fault.field {
            Field::Username => SignUpField::Username,
            Field::Email => SignUpField::Email,
            Field::Password => SignUpField::Password,
            Field::Reason => SignUpField::Reason,
            Field::InviteCode => SignUpField::InviteCode,
            Field::Agreement => SignUpField::Agreement,
        },
        sentence: fault.sentence(),
    }
}

async fn draw(
    app: &App,
    visitor: &Visitor,
    params: &Params,
    status: StatusCode,
    problems: Vec<SignUpProblem>,
) -> PageResult {
    let mut site = site::with_rules(app).await?;
    // Whoever comes first is the owner, wherever people may come at all.
    if site.registration != Registration::Closed && !db::users::any(&mut *app.db.acquire().await?).await? {
        site.registration = Registration::Open;
    }
    let typed = person(params);
    let page = SignUp {
        frame: Frame {
            site: &site,
            viewer: None,
        },
        csrf: visitor.csrf(),
        values: SignUpValues {
            username: typed.username,
            email: typed.email,
            reason: typed.reason,
            // A link may carry the code.
            invite_code: typed.invitation.or(params.text("invite")).unwrap_or_default(),
        },
        problems,
        shortest_password: u32::try_from(passwords::SHORTEST).unwrap_or(u32::MAX),
        longest_username: u32::try_from(MOST_USERNAME).unwrap_or(u32::MAX),
        return_to: visitor.return_to(params).map(|(signed, _)| signed),
    };
    reply::page(app, visitor, status, &page)
}
