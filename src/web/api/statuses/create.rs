//! `POST /api/v1/statuses`: now, or at a time that is to come.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use chrono::TimeDelta;
use serde_json::value::RawValue;

use super::{quotes, show};
use crate::actions::publish::{self, Draft, LONGEST_KEY, PollDraft, PublishError, Published};
use crate::actions::schedule;
use crate::app::App;
use crate::db;
use crate::db::users::PostingDefaults;
use crate::domain::audience::Audience;
use crate::domain::ids::{AlbumId, MediaId};
use crate::domain::picture::Sharing;
use crate::domain::place::{LONGEST_COUNTRY, LONGEST_NAME, NamedPlace, Whereabouts};
use crate::domain::poll::Question;
use crate::domain::random;
use crate::web::api::entities::status;
use crate::web::api::scheduled_statuses;
use crate::web::error::{ApiError, ApiResult};
use crate::web::params::Params;
use crate::web::viewer::Viewer;

pub async fn create(
    State(app): State<App>,
    viewer: Viewer,
    headers: HeaderMap,
    params: Params,
) -> ApiResult<Json<Box<RawValue>>> {
    viewer.may("write:statuses")?;
    let mut draft = read(&app, &viewer, &headers, &params).await?;
    if let Some(at) = scheduled_statuses::at(&params)? {
        if draft.quote_policy.is_none() {
            let mut db = app.db.acquire().await?;
            let defaults = db::users::posting_defaults(&mut db, viewer.id).await?;
            draft.quote_policy = Some(defaults.quote_policy);
        }
        let id = schedule::local(&app, viewer.id, &draft, at).await?;
        let planned = scheduled_statuses::one(&app, viewer.id, id).await?;
        let json = serde_json::value::to_raw_value(&planned);
        return json.map(Json).map_err(|error| ApiError::Internal(error.into()));
    }
    let json = match publish::local(&app, viewer.id, draft).await? {
        Published::New(post, author) if post.quote.is_none() => status::fresh(&app, &post, &author),
        Published::New(post, _) => show(&app, viewer.id, post.id).await?,
        Published::Before(id) => show(&app, viewer.id, id).await?,
    };
    Ok(Json(json))
}

async fn read(app: &App, viewer: &Viewer, headers: &HeaderMap, params: &Params) -> ApiResult<Draft> {
    let named = params.text("visibility").filter(|text| !text.is_empty());
    let audience = match named {
        Some(text) => Some(
            Audience::parse(&text)
                .ok_or_else(|| ApiError::invalid("Visibility is not included in the list"))?,
        ),
        None => None,
    };
    let media = media(params)?;
    let sharing = sharing(params);
    let shares_as_always = !media.is_empty() && (sharing.original.is_none() || sharing.camera.is_none());
    let given = (audience, params.flag("sensitive"), language(params)?);
    let (audience, sensitive, language, sharing) = match given {
        (Some(audience), Some(sensitive), language) if !shares_as_always => {
            (audience, sensitive, language, sharing)
        }
        (audience, sensitive, language) => {
            let mut db = app.db.acquire().await?;
            let defaults = db::users::posting_defaults(&mut db, viewer.id).await?;
            let audience = audience.unwrap_or(defaults.audience);
            (
                audience,
                sensitive.unwrap_or(defaults.sensitive),
                language.or(defaults.language.clone()),
                as_always(sharing, &defaults, audience),
            )
        }
    };
    Ok(Draft {
        text: params.text("status").unwrap_or_default(),
        summary: params.text("spoiler_text").unwrap_or_default().trim().to_owned(),
        sensitive,
        language,
        audience,
        media,
        sharing,
        poll: poll(params)?.map_or(PollDraft::Nothing, PollDraft::Asks),
        in_reply_to: params.id("in_reply_to_id")?,
        place: place(params)?,
        albums: albums(params)?,
        quotes: quotes::quoted(params)?,
        quote_policy: quotes::policy(params)?,
        comments_enabled: !params.flag("comments_disabled").unwrap_or(false),
        app: viewer.grant.app_id,
        idempotency_key: headers.get("idempotency-key").map(key),
    })
}

/// A key as it is kept: any bytes are one, and a long one is known by its digest.
fn key(given: &HeaderValue) -> String {
    match given.to_str() {
        Ok(key) if key.len() <= LONGEST_KEY => key.to_owned(),
        _ => {
            let digest = random::sha256(given.as_bytes());
            digest.iter().map(|byte| format!("{byte:02x}")).collect()
        }
    }
}

/// Ids of pictures; one that is none refuses the post rather than being left out of it.
pub fn media(params: &Params) -> ApiResult<Vec<MediaId>> {
    let mut ids: Vec<MediaId> = Vec::new();
    for text in params.texts("media_ids").iter().filter(|text| !text.is_empty()) {
        let refused =
            || ApiError::Unprocessable("A file to attach is not there, not yours or already attached".into());
        let id = text.parse().map_err(|_| refused())?;
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}

/// What is not said of the pictures is as their author wants it for all of them; but a message is no post, and what goes with
/// it is said each time.
fn as_always(said: Sharing, defaults: &PostingDefaults, audience: Audience) -> Sharing {
    let is_post = audience < Audience::Direct;
    Sharing {
        original: said.original.or(Some(is_post && defaults.offer_originals)),
        camera: said.camera.or(Some(is_post && defaults.show_camera)),
    }
}

/// What others may have of the pictures; what is not said stays as it is.
pub fn sharing(params: &Params) -> Sharing {
    Sharing {
        original: params.flag("offer_originals"),
        camera: params.flag("show_camera"),
    }
}

/// Collections as Pixelfed's apps name them; one that is no id is nobody's.
fn albums(params: &Params) -> ApiResult<Vec<AlbumId>> {
    let texts = params.texts("collection_ids");
    let named = texts.iter().filter(|text| !text.is_empty());
    named
        .map(|text| text.parse().map_err(|_| ApiError::NotFound))
        .collect()
}

/// Where it was made: a place that is known, as Pixelfed's apps have it, or one by its name, which is known from then on.
fn place(params: &Params) -> ApiResult<Option<Whereabouts>> {
    if let Some(text) = params.text("place_id").filter(|text| !text.is_empty()) {
        let known = text.parse().map_err(|_| PublishError::NoSuchPlace)?;
        return Ok(Some(Whereabouts::Known(known)));
    }
    let text = |name| params.node("place").get(name).text().unwrap_or_default();
    let (name, country) = (text("name"), text("country"));
    if name.trim().is_empty() {
        return Ok(None);
    }
    match NamedPlace::new(&name, &country) {
        Some(named) => Ok(Some(Whereabouts::Named(named))),
        None => Err(ApiError::invalid(format!(
            "A place has a name of at most {LONGEST_NAME} and a country of at most {LONGEST_COUNTRY} characters"
        ))),
    }
}

/// What the post is to ask. Clients send an empty poll for none.
pub fn poll(params: &Params) -> ApiResult<Option<Question>> {
    let poll = params.node("poll");
    let texts = poll.get("options").items();
    if texts.is_empty() {
        return Ok(None);
    }
    let seconds = poll.get("expires_in").number().filter(|seconds| *seconds >= 0);
    let seconds = seconds.ok_or_else(|| ApiError::invalid("A poll must say when it ends"))?;
    let options = texts
        .into_iter()
        .map(|text| text.text().unwrap_or_default().trim().to_owned());
    Ok(Some(Question {
        options: options.collect(),
        multiple: poll.get("multiple").flag().unwrap_or(false),
        hides_totals: poll.get("hide_totals").flag().unwrap_or(false),
        lasts: TimeDelta::try_seconds(seconds).unwrap_or(TimeDelta::MAX),
    }))
}

/// A language tag of two or three letters, with what may follow.
pub fn language(params: &Params) -> ApiResult<Option<String>> {
    let Some(text) = params.text("language").filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let mut parts = text.split(['-', '_']);
    let first = parts.next().unwrap_or_default();
    let sound = (2..=3).contains(&first.len())
        && text.len() <= 35
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        && first.chars().all(|c| c.is_ascii_alphabetic());
    if sound {
        Ok(Some(text.replace('_', "-")))
    } else {
        Err(ApiError::invalid("Language is not a language code"))
    }
}
