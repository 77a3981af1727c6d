//! The server and the person signed in, as pages show them. Shows nothing that only they may see.

use crate::app::App;
use crate::config;
use crate::db;
use crate::domain::ids::AccountId;
use crate::web::api::entities::account::avatar;
use crate::web::pages::{Contact, Href, Registration, Rule, Site, Viewer};

pub fn site(app: &App) -> Site {
    let config = &app.config;
    Site {
        name: config.instance_name.clone(),
        description: config.instance_description.clone(),
        host: app.urls.authority().to_owned(),
        base: href(app.urls.base()),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        source: href(&source(app)),
        registration: match config.registration {
            config::Registration::Open => Registration::Open,
            config::Registration::Approval => Registration::Approval,
            config::Registration::Invite => Registration::Invite,
            config::Registration::Closed => Registration::Closed,
        },
        sends_mail: app.mailer.is_on(),
        contact: config.contact_email.as_ref().map(|email| Contact {
            name: config.instance_name.clone(),
            page: None,
            email: Some(email.clone()),
        }),
        rules: Vec::new(),
    }
}

/// The same with its rules, for pages that show them.
pub async fn with_rules(app: &App) -> sqlx::Result<Site> {
    let rules = db::rules::all(&mut *app.db.acquire().await?).await?;
    let rules = rules.into_iter().map(|rule| Rule {
        text: rule.text,
        hint: rule.hint,
    });
    Ok(Site {
        rules: rules.collect(),
        ..site(app)
    })
}

/// Where the source of this program can be had: the address that the operator gives, else a page of ours that says
/// whom to ask. The licence promises it to everybody who uses the server.
pub fn source(app: &App) -> String {
    match &app.config.source_url {
        Some(url) => url.to_string(),
        None => app.urls.at("/about#source"),
    }
}

pub async fn viewer(app: &App, account: Option<AccountId>) -> sqlx::Result<Option<Viewer>> {
    let Some(id) = account else {
        return Ok(None);
    };
    let mut db = app.db.acquire().await?;
    let account = db::accounts::by_id(&mut db, id).await?;
    Ok(account.map(|account| Viewer {
        name: if account.display_name.is_empty() {
            account.username.clone()
        } else {
            account.display_name.clone()
        },
        handle: format!("@{}@{}", account.username, app.urls.authority()),
        page: href(&account.url),
        avatar: href(&avatar(&app.urls, &account)),
    }))
}

/// An address of ours; the front page where it is none.
pub fn href(text: &str) -> Href {
    Href::parse(text)
        .or_else(|| Href::parse("/"))
        .expect("the front page is a path")
}
