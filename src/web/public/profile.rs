//! `/@name`: a person and the grid of their posts; of somebody elsewhere, the way there. Lists no followers.

use axum::extract::{OriginalUri, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use url::form_urlencoded;

use super::answer::Around;
use super::{shown, whose};
use crate::app::App;
use crate::db;
use crate::domain::account::{self, Account};
use crate::domain::html;
use crate::domain::ids::{AccountId, PostId};
use crate::web::activitypub::{self, negotiate};
use crate::web::address::ClientAddress;
use crate::web::api::entities::account::header;
use crate::web::api::feed::Hiding;
use crate::web::auth::site::href;
use crate::web::auth::visitor::Visitor;
use crate::web::error::{ApiError, ApiResult};
use crate::web::pages::{CleanHtml, Elsewhere, Field, Href, Moment, Profile, ProfileCounts, Shelf};
use crate::web::params::Params;
use crate::web::shell::Asker;

/// Whole rows of three.
const TILES: usize = 24;

pub async fn show(
    State(app): State<App>,
    Path(name): Path<String>,
    uri: OriginalUri,
    from: ClientAddress,
    headers: HeaderMap,
    asker: Asker,
) -> ApiResult<Response> {
    let handle = whose::handle(&app, &name)?;
    if handle.authority.is_none() && negotiate::wants_document(&headers) {
        let document = activitypub::show_actor(State(app), Path(handle.name), uri, from, headers).await;
        return Ok(document.into_response());
    }
    let visitor = Visitor::of(&app, &headers, Some(from.0)).await?;
    let account = whose::person(&app, &handle).await?;
    let around = Around::of(&app, visitor.account()).await?;
    if !account.is_local() {
        return elsewhere(&app, &around, &account, &asker).await;
    }
    let viewer = visitor.account().unwrap_or(AccountId::NONE);
    let below = Params::from_query(uri.query())?.number("max_id").map(PostId);
    if account.suspended {
        let page = profile(&app, &account, Shelf::Suspended, &around);
        return around.send(&app, StatusCode::GONE, &page);
    }
    let shelf = shelf(&app, viewer, &account, below).await?;
    let page = profile(&app, &account, shelf, &around);
    around.send_as_app(&app, &page, &asker, &answers(&account)).await
}

/// What the app asks for to show somebody.
fn answers(account: &Account) -> [String; 2] {
    let acct: String = form_urlencoded::byte_serialize(account.acct().as_bytes()).collect();
    [
        format!("/api/v1/accounts/lookup?acct={acct}"),
        format!(
            "/api/v1/accounts/{}/statuses?only_media=true&exclude_replies=true&limit=30",
            account.id
        ),
    ]
}

/// Where somebody or something of another server is to be seen.
async fn elsewhere(app: &App, around: &Around, account: &Account, asker: &Asker) -> ApiResult<Response> {
    if account.suspended {
        return Err(ApiError::NotFound);
    }
    let original = Href::parse(&account.url).or_else(|| Href::parse(&account.uri));
    let person = shown::person(&app.urls, account);
    let page = Elsewhere {
        frame: around.frame(),
        name: person.name,
        handle: person.handle,
        original: original.ok_or(ApiError::NotFound)?,
    };
    around.send_as_app(app, &page, asker, &answers(account)).await
}

async fn shelf(
    app: &App,
    viewer: AccountId,
    account: &Account,
    below: Option<PostId>,
) -> sqlx::Result<Shelf> {
    let mut db = app.db.acquire().await?;
    let limit = TILES as i64 + 1;
    let from = below.unwrap_or(PostId::MAX);
    let mut ids = db::pages::of_person(&mut db, viewer, account.id, from, limit).await?;
    if ids.is_empty() && below.is_none() && account.locked && viewer != account.id {
        let follow = db::follows::between(&mut db, viewer, account.id).await?;
        if !follow.is_some_and(|follow| follow.accepted) {
            return Ok(Shelf::Private);
        }
    }
    let more = ids.len() > TILES;
    ids.truncate(TILES);
    let tiles = shown::tiles(app, &mut db, viewer, &ids, Hiding::Shown).await?;
    let page = app.urls.profile(&account.username);
    let last = ids.last().filter(|_| more);
    Ok(Shelf::Open {
        tiles,
        newer: below.map(|_| href(&page)),
        older: last.map(|last| href(&format!("{page}?max_id={last}"))),
    })
}

fn profile<'a>(app: &App, account: &Account, shelf: Shelf, around: &'a Around) -> Profile<'a> {
    let numbers = |number: i32| (!account.hide_relations).then(|| shown::count(number));
    Profile {
        frame: around.frame(),
        person: shown::person(&app.urls, account),
        canonical: href(&app.urls.profile(&account.username)),
        activity: href(&account.uri),
        header: account
            .header_key
            .as_ref()
            .map(|_| href(&header(&app.urls, account))),
        bio: CleanHtml::trust(account.note_html.clone()),
        summary: html::plain(&account.note_html),
        fields: account.fields.iter().map(field).collect(),
        counts: ProfileCounts {
            posts: shown::count(account.posts),
            followers: numbers(account.followers),
            following: numbers(account.following),
        },
        shelf,
        indexable: account.indexable && !account.limited,
        follow: Some(href(&format!("/@{}/follow", account.username))),
    }
}

/// A value that is nothing but an address is linked as one's own (`rel=me`), so that the other side can prove it.
fn field(field: &account::Field) -> Field {
    let value = match Href::parse(&field.value).filter(|_| field.value.starts_with("http")) {
        Some(address) => format!(
            r#"<a href="{}" rel="me nofollow noopener noreferrer">{}</a>"#,
            html::escape(address.as_str()),
            html::escape(address.shown()),
        ),
        None => field.html.clone(),
    };
    Field {
        name: field.name.clone(),
        value: CleanHtml::trust(value),
        verified: field.verified_at.map(Moment),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: &str, html: &str) -> String {
        let given = account::Field {
            name: "Website".into(),
            value: value.into(),
            html: html.into(),
            verified_at: None,
        };
        field(&given).value.to_string()
    }

    #[test]
    fn a_lone_address_is_linked_as_ones_own() {
        assert_eq!(
            shown("https://ana.example/?a=1&b=\"2\"", "x"),
            r#"<a href="https://ana.example/?a=1&amp;b=%222%22" rel="me nofollow noopener noreferrer">ana.example/?a=1&amp;b=%222%22</a>"#
        );
        assert_eq!(shown("see https://ana.example", "<b>html</b>"), "<b>html</b>");
        assert_eq!(shown("javascript:alert(1)", "plain"), "plain");
        assert_eq!(shown("/path", "plain"), "plain");
    }
}
