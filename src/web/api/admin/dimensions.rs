//! `POST /api/v1/admin/dimensions`: what of something there is most. Numbers are text: so Mastodon has it.

use axum::extract::State;
use axum::routing::post;
use axum::{Json, Router};
use chrono::Days;
use serde::Serialize;
use sqlx::PgConnection;

use super::asked;
use super::moderator::Moderator;
use crate::actions::measure::MOST_TAGGED;
use crate::app::App;
use crate::db::dimensions::{self, Share};
use crate::db::instance_measures;
use crate::domain::ids::TagId;
use crate::domain::languages;
use crate::domain::moderation::Permission;
use crate::domain::span::Span;
use crate::web::error::ApiResult;
use crate::web::params::Params;

const USUAL: i64 = 10;
const MOST: i64 = 100;
/// Posts of all servers that are looked at.
const MOST_POSTS: i64 = 100_000;
/// Days up to this one, where none are asked for.
const USUAL_DAYS: u64 = 30;

pub fn routes() -> Router<App> {
    Router::new().route("/api/v1/admin/dimensions", post(show))
}

#[derive(Debug, Serialize)]
struct Entity {
    key: String,
    data: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    key: String,
    human_key: String,
    value: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    human_value: Option<String>,
}

impl Line {
    fn new(key: impl Into<String>, human_key: impl Into<String>, value: impl ToString) -> Self {
        Self {
            key: key.into(),
            human_key: human_key.into(),
            value: value.to_string(),
            unit: None,
            human_value: None,
        }
    }

    fn size(key: &str, human_key: &str, bytes: i64) -> Self {
        Self {
            unit: Some("bytes"),
            human_value: Some(asked::size(bytes)),
            ..Self::new(key, human_key, bytes)
        }
    }

    fn version(key: &str, human_key: &str, version: &str) -> Self {
        Self {
            human_value: Some(version.to_owned()),
            ..Self::new(key, human_key, version)
        }
    }
}

/// What is asked, and about what.
#[derive(Clone, Debug)]
enum Dimension {
    Languages,
    Sources,
    Servers,
    SpaceUsage,
    SoftwareVersions,
    TagServers(TagId),
    TagLanguages(TagId),
    InstanceAccounts(String),
    InstanceLanguages(String),
}

/// `None`: no dimension has that name.
fn named(key: &str, params: &Params) -> ApiResult<Option<Dimension>> {
    Ok(Some(match key {
        "languages" => Dimension::Languages,
        "sources" => Dimension::Sources,
        "servers" => Dimension::Servers,
        "space_usage" => Dimension::SpaceUsage,
        "software_versions" => Dimension::SoftwareVersions,
        "tag_servers" => Dimension::TagServers(asked::tag(params, key)?),
        "tag_languages" => Dimension::TagLanguages(asked::tag(params, key)?),
        "instance_accounts" => Dimension::InstanceAccounts(asked::domain(params, key)?),
        "instance_languages" => Dimension::InstanceLanguages(asked::domain(params, key)?),
        _ => return Ok(None),
    }))
}

async fn show(State(app): State<App>, moderator: Moderator, params: Params) -> ApiResult<Json<Vec<Entity>>> {
    moderator.may("admin:read", Permission::ViewDashboard)?;
    let today = app.clock.now().date_naive();
    let usual = Span::new(today - Days::new(USUAL_DAYS - 1), today);
    // A clock that shows a time before 1970 has nothing to tell of.
    let Some(span) = asked::span(&params)?.or(usual) else {
        return Ok(Json(Vec::new()));
    };
    let span = asked::short(span)?;
    let limit = params.number("limit").unwrap_or(USUAL).clamp(1, MOST);
    let mut wanted = Vec::new();
    for key in asked::keys(&params) {
        if let Some(what) = named(&key, &params)? {
            wanted.push((key, what));
        }
    }
    let mut db = app.db.acquire().await?;
    let mut entities = Vec::new();
    for (key, what) in wanted {
        let data = lines(&app, &mut db, &what, &span, limit).await?;
        entities.push(Entity { key, data });
    }
    Ok(Json(entities))
}

async fn lines(
    app: &App,
    db: &mut PgConnection,
    what: &Dimension,
    span: &Span,
    limit: i64,
) -> sqlx::Result<Vec<Line>> {
    Ok(match what {
        Dimension::Languages => in_languages(dimensions::languages(db, span, limit).await?),
        Dimension::Sources => by_apps(dimensions::sources(db, span, limit).await?),
        Dimension::Servers => at_servers(app, dimensions::servers(db, span, MOST_POSTS, limit).await?),
        Dimension::SpaceUsage => {
            let (database, media) = dimensions::space(db).await?;
            vec![
                Line::size("postgresql", "PostgreSQL", database),
                Line::size("media", "Media storage", media),
            ]
        }
        Dimension::SoftwareVersions => {
            let postgres = dimensions::postgres_version(db).await?;
            vec![
                Line::version("tintype", "Tintype", env!("CARGO_PKG_VERSION")),
                Line::version("postgresql", "PostgreSQL", &postgres),
            ]
        }
        Dimension::TagServers(tag) => at_servers(
            app,
            dimensions::tag_servers(db, *tag, span, MOST_TAGGED, limit).await?,
        ),
        Dimension::TagLanguages(tag) => {
            in_languages(dimensions::tag_languages(db, *tag, span, MOST_TAGGED, limit).await?)
        }
        Dimension::InstanceAccounts(domain) => {
            let hosts = instance_measures::hosts(db, domain).await?;
            let people = dimensions::instance_accounts(db, &hosts, limit).await?;
            lines_of(people, "", |name| name.to_owned())
        }
        Dimension::InstanceLanguages(domain) => {
            let hosts = instance_measures::hosts(db, domain).await?;
            in_languages(dimensions::instance_languages(db, &hosts, span, limit).await?)
        }
    })
}

fn in_languages(shares: Vec<Share>) -> Vec<Line> {
    lines_of(shares, "und", |code| {
        languages::name(code).unwrap_or(code).to_owned()
    })
}

fn by_apps(shares: Vec<Share>) -> Vec<Line> {
    lines_of(shares, "web", |name| match name {
        "web" => "Website".to_owned(),
        name => name.to_owned(),
    })
}

fn at_servers(app: &App, shares: Vec<Share>) -> Vec<Line> {
    lines_of(shares, app.urls.authority(), |name| name.to_owned())
}

/// `nameless`: the key of what has no name.
fn lines_of(shares: Vec<Share>, nameless: &str, human: impl Fn(&str) -> String) -> Vec<Line> {
    let lines = shares.into_iter().map(|share| {
        let key = share.key.unwrap_or_else(|| nameless.to_owned());
        Line::new(key.clone(), human(&key), share.value)
    });
    lines.collect()
}
