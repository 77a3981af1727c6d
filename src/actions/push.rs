//! Waking people's apps: who is woken by what, and what the message says. The token of the app is in it, as Mastodon has
//! it, so that an app with several accounts knows whose it is; it is kept sealed and never logged.

use sqlx::PgConnection;
use tintype_federation::push::{Encoding, Message, Subscriber, Urgency};
use url::Url;

use crate::app::App;
use crate::db;
use crate::db::push_subscriptions::{NewSubscription, Subscription};
use crate::db::pushes::Taken;
use crate::domain::account::Account;
use crate::domain::filter::{self, Context, Filters};
use crate::domain::html;
use crate::domain::ids::{AccountId, NotificationId, TokenId};
use crate::domain::live::Event;
use crate::domain::notification::Kind;
use crate::domain::post::Post;

/// How long a message is news.
pub const NEWS: chrono::TimeDelta = chrono::TimeDelta::days(2);
/// Longest endpoint; those of the known services have some hundreds.
const LONGEST_ENDPOINT: usize = 2_048;
/// As Mastodon cuts it: lock screens show less.
const LONGEST_BODY: usize = 140;
const LONGEST_TITLE: usize = 200;

/// The notifications that an app can ask to be woken by, as clients know them.
pub const ALERTS: [&str; 12] = [
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "quote",
    "quoted_update",
    "admin.sign_up",
    "admin.report",
];
pub const POLICIES: [&str; 4] = ["all", "followed", "follower", "none"];

/// What an app brings.
pub struct Wanted {
    pub endpoint: String,
    pub subscriber: Subscriber,
    pub encoding: Encoding,
    pub alerts: Vec<String>,
    pub policy: String,
}

#[derive(Debug, thiserror::Error)]
pub enum PushError {
    #[error("Endpoint is not an https address")]
    Endpoint,
    #[error("Keys are not those of a push subscription")]
    Keys,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Whose app it is, and the token by which it spoke.
pub struct Speaker<'a> {
    pub account: AccountId,
    pub token: TokenId,
    pub secret: &'a str,
}

/// An app is woken there from now on, instead of where it was before.
pub async fn subscribe(app: &App, speaker: &Speaker<'_>, wanted: &Wanted) -> Result<Subscription, PushError> {
    let endpoint = endpoint(app, &wanted.endpoint)?;
    wanted.subscriber.check().map_err(|_| PushError::Keys)?;
    let sealed = app.seal.seal(&purpose(speaker.token), speaker.secret.as_bytes());
    let new = NewSubscription {
        token: speaker.token,
        account: speaker.account,
        endpoint: endpoint.as_str(),
        authority: &endpoint.origin().ascii_serialization(),
        public_key: &wanted.subscriber.public_key,
        auth: &wanted.subscriber.auth,
        standard: wanted.encoding == Encoding::Aes128Gcm,
        alerts: &wanted.alerts,
        policy: &wanted.policy,
        sealed: &sealed,
        now: app.clock.now(),
    };
    let mut tx = app.db.begin().await?;
    let subscription = db::push_subscriptions::replace(&mut tx, &new).await?;
    tx.commit().await?;
    Ok(subscription)
}

/// Where a message may go: which addresses are meant is decided by the guard, at each connection.
fn endpoint(app: &App, text: &str) -> Result<Url, PushError> {
    let url = Url::parse(text).map_err(|_| PushError::Endpoint)?;
    let is_plain = url.scheme() == "http" && app.peers.allows_plain_http();
    let fits = text.len() <= LONGEST_ENDPOINT && url.username().is_empty() && url.password().is_none();
    match (url.scheme() == "https" || is_plain) && url.has_host() && fits {
        true => Ok(url),
        false => Err(PushError::Endpoint),
    }
}

/// A sealed token opens for its own subscription only.
fn purpose(token: TokenId) -> String {
    format!("push token {token}")
}

/// Whether there are new messages.
pub async fn enqueue(app: &App, db: &mut PgConnection, events: &[Event]) -> sqlx::Result<bool> {
    let told = events.iter().filter_map(|event| match event {
        Event::Notified { notification, .. } => Some(*notification),
        _ => None,
    });
    let told: Vec<NotificationId> = told.collect();
    if told.is_empty() {
        return Ok(false);
    }
    let kinds = Kind::ALL.map(|kind| kind as i16);
    let names = Kind::ALL.map(|kind| kind.as_str().to_owned());
    Ok(db::pushes::enqueue(db, &told, &kinds, &names, app.clock.now()).await? > 0)
}

/// Whether a filter of whom it is for leaves the post out of their notifications: then they find nothing when they look.
pub async fn is_left_out(
    app: &App,
    db: &mut PgConnection,
    reader: AccountId,
    post: &Post,
) -> sqlx::Result<bool> {
    if post.author_id == reader {
        return Ok(false);
    }
    let filters = Filters::new(db::filters::of(db, reader).await?);
    if filters.is_empty() {
        return Ok(false);
    }
    let verdict = filters.judge(post.id, &filter::words_of(post), app.clock.now());
    Ok(verdict.hidden_in.has(Context::Notifications))
}

/// What a message is about.
pub struct About<'a> {
    pub kind: Kind,
    pub from: &'a Account,
    pub post: Option<&'a Post>,
}

/// The message, if the subscription can still be read.
pub fn message(app: &App, taken: &Taken, about: &About<'_>) -> Option<Message> {
    let secret = app.seal.open(&purpose(taken.token), &taken.sealed).ok()?;
    let payload = serde_json::json!({
        "access_token": String::from_utf8(secret).ok()?,
        "preferred_locale": taken.locale,
        // A text: the scripts that read it cannot hold 64 bits.
        "notification_id": taken.notification,
        "notification_type": about.kind.as_str(),
        "icon": about.from.avatar(&app.urls),
        "title": shortened(&title(about), LONGEST_TITLE),
        "body": shortened(&body(about), LONGEST_BODY),
    });
    let keep = NEWS - (app.clock.now() - taken.created_at);
    Some(Message {
        endpoint: Url::parse(&taken.endpoint).ok()?,
        subscriber: Subscriber {
            public_key: taken.public_key.clone(),
            auth: taken.auth.clone(),
        },
        encoding: match taken.standard {
            true => Encoding::Aes128Gcm,
            false => Encoding::AesGcm,
        },
        text: payload.to_string().into_bytes(),
        keep: keep.to_std().unwrap_or_default(),
        urgency: match about.kind {
            Kind::Mention | Kind::FollowRequest => Urgency::High,
            _ => Urgency::Normal,
        },
    })
}

fn title(about: &About<'_>) -> String {
    let name = match about.from.display_name.is_empty() {
        true => &about.from.username,
        false => &about.from.display_name,
    };
    match about.kind {
        Kind::Follow => format!("{name} is now following you"),
        Kind::FollowRequest => format!("{name} has requested to follow you"),
        Kind::Mention => format!("{name} mentioned you"),
        Kind::Like => format!("{name} liked your post"),
        Kind::Repost => format!("{name} passed on your post"),
        Kind::Posted => format!("{name} just posted"),
        Kind::Edited => format!("{name} edited a post"),
        Kind::SignedUp => format!("{name} signed up"),
        Kind::PollEnded => format!("A poll by {name} has ended"),
        Kind::Reported => format!("{name} sent a report"),
        Kind::Quoted => format!("{name} quoted your post"),
        Kind::QuotedEdited => format!("{name} edited a post that you quoted"),
    }
}

/// The warning hides what is behind it on a lock screen too.
fn body(about: &About<'_>) -> String {
    match about.post {
        Some(post) if !post.summary.is_empty() => post.summary.clone(),
        Some(post) => html::plain(&post.html),
        None => html::plain(&about.from.note_html),
    }
}

fn shortened(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some(_) => text.chars().take(most - 1).chain(['…']).collect(),
        None => text.to_owned(),
    }
}
