//! Changing how one appears and what one's own posts are like. Uploads nothing: pictures come here as stored ones.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::accept_follow;
use super::emojis;
use super::letters::{self, Activity};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::accounts::ProfileChange;
use crate::db::listed::Window;
use crate::db::preferences::PreferenceChange;
use crate::domain::account::{Account, Field};
use crate::domain::emoji::Emoji;
use crate::domain::ids::{AccountId, MediaId};
use crate::domain::names::Handle;
use crate::domain::picture::{self, DescriptionTooLong};
use crate::domain::text::{self, Mentioned};
use crate::domain::work::Recipients;
use crate::translate;

pub const LONGEST_NAME: usize = 30;
pub const LONGEST_NOTE: usize = 500;
pub const MOST_FIELDS: usize = 6;
/// Of a field's name, and of its value.
pub const LONGEST_FIELD: usize = 255;
/// How many who waited are let in at once when an account is opened.
const AT_ONCE: i64 = 100;

/// What somebody wants changed; absent means unchanged.
#[derive(Debug, Default)]
pub struct ProfileEdit {
    pub display_name: Option<String>,
    pub note: Option<String>,
    /// Name and value of each.
    pub fields: Option<Vec<(String, String)>>,
    /// An inner none takes the picture away.
    pub avatar: Option<Option<MediaId>>,
    pub header: Option<Option<MediaId>>,
    /// What the pictures show that the profile then has.
    pub avatar_description: Option<String>,
    pub header_description: Option<String>,
    pub locked: Option<bool>,
    pub bot: Option<bool>,
    pub discoverable: Option<bool>,
    pub indexable: Option<bool>,
    pub hide_relations: Option<bool>,
    pub preferences: PreferenceChange,
}

#[derive(Debug, thiserror::Error)]
pub enum ProfileError {
    #[error("not found")]
    NotFound,
    #[error("the display name is longer than {most} characters")]
    NameTooLong { most: usize },
    #[error("the note is longer than {most} characters")]
    NoteTooLong { most: usize },
    #[error("there are more than {most} fields")]
    TooManyFields { most: usize },
    #[error("a field is longer than {most} characters")]
    FieldTooLong { most: usize },
    #[error(transparent)]
    DescriptionTooLong(#[from] DescriptionTooLong),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Changes the profile and tells followers elsewhere. An account that is opened lets in all who waited.
pub async fn local(app: &App, me: AccountId, edit: ProfileEdit) -> Result<(), ProfileError> {
    check(&edit)?;
    let words = |text: &Option<String>| text.as_deref().map(picture::description).transpose();
    let (avatar, header) = (words(&edit.avatar_description)?, words(&edit.header_description)?);
    let mut tx = app.db.begin().await?;
    let before = db::accounts::by_id(&mut tx, me)
        .await?
        .ok_or(ProfileError::NotFound)?;
    db::preferences::change(&mut tx, me, &edit.preferences).await?;
    let change = into_change(app, &mut tx, &before, edit).await?;
    let shows = changes_anything(&change);
    if shows {
        db::accounts::change_profile(&mut tx, me, &change).await?;
        tell_followers(app, &mut tx, me).await?;
    }
    if avatar.is_some() || header.is_some() {
        db::profile_pictures::describe(&mut tx, me, avatar.as_deref(), header.as_deref()).await?;
    }
    tx.commit().await?;
    app.caches.forget_account(me);
    app.bus.wake(Queue::Outbox);
    if before.locked && change.locked == Some(false) {
        let_in(app, me).await?;
    }
    Ok(())
}

fn check(edit: &ProfileEdit) -> Result<(), ProfileError> {
    let is_longer = |text: &str, most| text.chars().count() > most;
    if edit
        .display_name
        .as_ref()
        .is_some_and(|name| is_longer(name.trim(), LONGEST_NAME))
    {
        return Err(ProfileError::NameTooLong { most: LONGEST_NAME });
    }
    if edit
        .note
        .as_ref()
        .is_some_and(|note| text::length(&text::scan(note)) > LONGEST_NOTE)
    {
        return Err(ProfileError::NoteTooLong { most: LONGEST_NOTE });
    }
    let fields = edit.fields.as_deref().unwrap_or_default();
    if fields.len() > MOST_FIELDS {
        return Err(ProfileError::TooManyFields { most: MOST_FIELDS });
    }
    let is_long =
        |(name, value): &(String, String)| is_longer(name, LONGEST_FIELD) || is_longer(value, LONGEST_FIELD);
    if fields.iter().any(is_long) {
        return Err(ProfileError::FieldTooLong { most: LONGEST_FIELD });
    }
    Ok(())
}

async fn into_change(
    app: &App,
    db: &mut PgConnection,
    before: &Account,
    edit: ProfileEdit,
) -> sqlx::Result<ProfileChange> {
    let note = match edit.note {
        Some(note) => {
            let note = lines(&note);
            let html = render(app, db, &note).await?;
            Some((note, html))
        }
        None => None,
    };
    let fields = match edit.fields {
        Some(pairs) => {
            let mut fields = Vec::new();
            for (name, value) in pairs {
                fields.push(field(app, db, before, line(&name), line(&value)).await?);
            }
            Some(fields)
        }
        None => None,
    };
    let display_name = edit.display_name.as_deref().map(line);
    let emojis = match (&display_name, &note, &fields) {
        (None, None, None) => None,
        (name, note, fields) => {
            let name = name.as_ref().unwrap_or(&before.display_name);
            let note = note.as_ref().map_or(&before.note_source, |(source, _)| source);
            let fields = fields.as_ref().unwrap_or(&before.fields);
            Some(emojis_of(db, [name, note], fields).await?)
        }
    };
    Ok(ProfileChange {
        display_name,
        note,
        fields,
        emojis,
        avatar: edit.avatar,
        header: edit.header,
        locked: edit.locked,
        bot: edit.bot,
        discoverable: edit.discoverable,
        indexable: edit.indexable,
        hide_relations: edit.hide_relations,
    })
}

async fn emojis_of(db: &mut PgConnection, texts: [&String; 2], fields: &[Field]) -> sqlx::Result<Vec<Emoji>> {
    let mut all = texts.map(String::as_str).to_vec();
    for field in fields {
        all.extend([field.name.as_str(), field.value.as_str()]);
    }
    emojis::of_texts(db, &all).await
}

/// Text of several lines, without what turns other text around.
fn lines(text: &str) -> String {
    text.chars().filter(|c| !text::turns(*c)).collect()
}

/// Text of one line, without what moves or hides other text.
fn line(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() && !text::turns(*c))
        .collect::<String>()
        .trim()
        .to_owned()
}

/// A field keeps its proof as long as it stays as it was.
async fn field(
    app: &App,
    db: &mut PgConnection,
    before: &Account,
    name: String,
    value: String,
) -> sqlx::Result<Field> {
    let known = before
        .fields
        .iter()
        .find(|field| field.name == name && field.value == value);
    let html = render(app, db, &value).await?;
    // One line is no paragraph.
    let html = html
        .strip_prefix("<p>")
        .and_then(|html| html.strip_suffix("</p>"))
        .unwrap_or(&html)
        .to_owned();
    Ok(Field {
        verified_at: known.and_then(|field| field.verified_at),
        name,
        value,
        html,
    })
}

/// Text as HTML, with links to those whom it mentions as far as they are known here.
async fn render(app: &App, db: &mut PgConnection, source: &str) -> sqlx::Result<String> {
    let pieces = text::scan(source);
    let mut people = HashMap::new();
    for handle in text::mentions(&pieces) {
        if let Some(person) = mentioned(app, db, &handle).await? {
            people.insert(handle, person);
        }
    }
    Ok(text::to_html(&pieces, &people, &app.urls))
}

async fn mentioned(app: &App, db: &mut PgConnection, handle: &Handle) -> sqlx::Result<Option<Mentioned>> {
    let elsewhere = handle.elsewhere(app.urls.authority());
    let Some(id) = db::accounts::id_by_handle(db, &handle.name, elsewhere).await? else {
        return Ok(None);
    };
    let account = db::accounts::by_id(db, id).await?.filter(Account::is_active);
    Ok(account.map(|account| Mentioned {
        url: account.url,
        username: account.username,
    }))
}

fn changes_anything(change: &ProfileChange) -> bool {
    change.display_name.is_some()
        || change.note.is_some()
        || change.fields.is_some()
        || change.avatar.is_some()
        || change.header.is_some()
        || change.locked.is_some()
        || change.bot.is_some()
        || change.discoverable.is_some()
        || change.indexable.is_some()
        || change.hide_relations.is_some()
}

async fn tell_followers(app: &App, db: &mut PgConnection, me: AccountId) -> Result<(), ProfileError> {
    let account = db::accounts::by_id(db, me).await?.ok_or(ProfileError::NotFound)?;
    let actor = translate::actor::document(&app.urls, &account);
    let activity = Activity {
        body: translate::activity::update_actor(&account, &actor, app.clock.now()),
        post: None,
        lasting: false,
    };
    letters::send(app, db, me, &activity, Recipients::followers(me)).await?;
    Ok(())
}

/// Grants every request that waits. Each is a transaction of its own: what is left after a crash can be granted by hand.
async fn let_in(app: &App, me: AccountId) -> Result<(), ProfileError> {
    let mut window = Window {
        below: i64::MAX,
        above: 0,
        from_old_end: true,
        limit: AT_ONCE,
    };
    loop {
        let waiting = db::follow_lists::requests(&mut *app.db.acquire().await?, me, &window).await?;
        let Some(newest) = waiting.first() else {
            return Ok(());
        };
        window.above = newest.id.0;
        for request in waiting {
            match accept_follow::local(app, me, request.account).await {
                // Taken back or answered meanwhile.
                Ok(()) | Err(super::parties::PartyError::NotFound) => {}
                Err(super::parties::PartyError::Database(error)) => return Err(error.into()),
            }
        }
    }
}
