//! Changing a post that is published. What it said before is kept; who may see it stays as it was.

use sqlx::PgConnection;
use sqlx::types::Json;

use super::converse;
use super::know_emojis;
use super::known_bad;
use super::letters::{self, Activity};
use super::publish::{self, Draft, PollDraft, PublishError};
use super::retouch::{self, Change};
use super::{polled, polls, quote, relays};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::said_totals::Said;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::camera::FilmChange;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, MediaId, NotificationId, PostId};
use crate::domain::live::Event;
use crate::domain::notification::Kind;
use crate::domain::picture::FocalPoint;
use crate::domain::poll::Poll;
use crate::domain::post::{Post, RemotePost};
use crate::domain::work::{Recipients, Work};
use crate::translate;
use crate::translate::note::Around;

/// People who quote a post and are told of its edit, the newest.
const MOST_QUOTING: i64 = 200;

/// A picture's text, focal point and film, changed with its post.
#[derive(Clone, Debug)]
pub struct PhotoChange {
    pub id: MediaId,
    pub description: Option<String>,
    pub focus: Option<FocalPoint>,
    pub film: Option<FilmChange>,
}

/// Its author changes a post. `draft` carries what it says now; its audience, parent and app stay.
pub async fn local(
    app: &App,
    author: AccountId,
    id: PostId,
    draft: Draft,
    photos: &[PhotoChange],
) -> Result<(), PublishError> {
    publish::check(app, &draft)?;
    let author = app.person(author).await?.ok_or(sqlx::Error::RowNotFound)?;
    let written = publish::write(app, author.id, &draft.text).await?;
    let mut tx = app.db.begin().await?;
    // The poll before the post, as whoever votes does.
    let poll = db::polls::lock(&mut tx, id).await?;
    db::posts::lock(&mut tx, id).await?;
    let before = own(&mut tx, author.id, id).await?;
    let emojis = publish::emojis_of(&mut tx, &draft, poll.as_ref()).await?;
    let hides = known_bad::hides(&mut tx, &draft.media).await?;
    let edit = db::posts::Edit {
        id,
        source: Some(&draft.text),
        html: &written.html,
        summary: &draft.summary,
        sensitive: hides || draft.sensitive || !draft.summary.is_empty(),
        language: draft.language.as_deref(),
        emojis: &emojis,
        comments_enabled: draft.comments_enabled,
        photos: i16::try_from(draft.media.len()).unwrap_or(i16::MAX),
        edited_at: app.clock.now(),
    };
    db::posts::edit(&mut tx, &edit).await?;
    ask(&mut tx, (id, poll.as_ref()), &draft, app.clock.now()).await?;
    db::media::detach_others(&mut tx, id, &draft.media).await?;
    publish::attach(&mut tx, author.id, id, &draft, app.clock.now()).await?;
    for photo in photos.iter().filter(|photo| draft.media.contains(&photo.id)) {
        let change = Change {
            description: photo.description.clone(),
            focus: photo.focus,
            film: photo.film.clone(),
        };
        retouch::within(app, &mut tx, (author.id, Some(id)), photo.id, &change).await?;
    }
    db::posts::renew_words(&mut tx, id).await?;
    quote::change_policy(&mut tx, &before, draft.quote_policy).await?;
    let mentions: Vec<AccountId> = written.people.iter().map(|person| person.id).collect();
    references(&mut tx, id, &mentions, &written.tags).await?;
    tell(app, &mut tx, &before, &mentions).await?;
    let post = db::posts::by_id(&mut tx, id)
        .await?
        .ok_or(sqlx::Error::RowNotFound)?;
    send(app, &mut tx, &author, &before, &post).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.bus.wake(Queue::Media);
    Ok(())
}

/// The poll is as the draft says; what it is before the edit cannot be joined by pictures either.
async fn ask(
    db: &mut PgConnection,
    (id, before): (PostId, Option<&Poll>),
    draft: &Draft,
    now: Time,
) -> Result<(), PublishError> {
    match &draft.poll {
        PollDraft::Asks(question) => {
            polled::asks(db, id, before, question, now).await?;
        }
        PollDraft::Same if before.is_some() && !draft.media.is_empty() => {
            return Err(PublishError::PollWithPhotos);
        }
        PollDraft::Nothing if before.is_some() => polled::falls_silent(db, id).await?,
        PollDraft::Same | PollDraft::Nothing => {}
    }
    Ok(())
}

pub(super) async fn own(db: &mut PgConnection, author: AccountId, id: PostId) -> Result<Post, PublishError> {
    let post = db::posts::by_id(db, id).await?;
    let post = post.filter(|post| post.author_id == author && post.repost_of.is_none());
    // One that is put away is not there until it is brought back.
    match db::posts::visible(db, author, &[id]).await?.is_empty() {
        true => Err(PublishError::NoSuchPost),
        false => post.ok_or(PublishError::NoSuchPost),
    }
}

/// Everybody who has it, and everybody who is named before or after.
pub(super) async fn send(
    app: &App,
    db: &mut PgConnection,
    author: &Account,
    before: &Post,
    after: &Post,
) -> sqlx::Result<()> {
    let note = translate::note::document(&app.urls, author, after, &Around::default());
    let body = translate::activity::update_post(author, &note, app.clock.now());
    let named = before
        .mentions
        .iter()
        .chain(after.mentions.iter())
        .map(|mention| mention.id);
    let mut people: Vec<AccountId> = named.chain(after.reply_to_author).collect();
    if let Some(quoted) = after.quote.as_ref().and_then(|quote| quote.quoted) {
        let quoted = db::posts::parent(db, quoted).await?;
        people.extend(quoted.map(|quoted| quoted.author_id));
    }
    if before.poll.is_some() {
        people.extend(polls::voters(db, after.id).await?);
    }
    // Whoever liked or answered it may follow no longer: what is new is for them only if it is for everybody.
    if after.audience.is_open() {
        people.extend(db::reactions::takers_elsewhere(db, after.id).await?);
    }
    let is_direct = after.audience == Audience::Direct;
    let to = Recipients {
        followers_of: (!is_direct).then_some(author.id),
        people,
        relays: relays::given(after.audience),
        ..Recipients::default()
    };
    letters::send(
        app,
        db,
        author.id,
        &Activity {
            body,
            post: Some(after.id),
            lasting: false,
        },
        to,
    )
    .await
}

/// A peer says that a post of `actor` changed. Nothing when we do not have it, or it is older than what we have.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    post: &RemotePost,
) -> sqlx::Result<()> {
    let Some(id) = db::posts::id_by_uri(db, &post.uri).await? else {
        return Ok(());
    };
    db::polls::lock(db, id).await?;
    db::posts::lock(db, id).await?;
    let Some(before) = db::posts::by_id(db, id)
        .await?
        .filter(|before| before.author_id == actor.id)
    else {
        return Ok(());
    };
    let now = app.clock.now();
    polled::counts_elsewhere(db, &before, post.poll.as_ref(), now).await?;
    quote::renewed(app, db, (&before, actor), post).await?;
    let said = Said {
        post: id,
        likes: post.likes_said,
        reposts: post.reposts_said,
    };
    db::said_totals::put(db, &[said]).await?;
    let edited_at = post.updated.unwrap_or(now).min(now);
    // Not every server says when: then only what differs is an edit.
    if post.updated.is_none() && says_the_same(&before, post) {
        return Ok(());
    }
    let known_since = before.edited_at.unwrap_or(before.created_at);
    if edited_at < known_since || (before.edited_at.is_some() && edited_at == known_since) {
        return Ok(());
    }
    let emojis = match actor.host_id {
        Some(host) => know_emojis::know(app, db, host, &post.emojis).await?,
        None => Vec::new(),
    };
    let pictures: Vec<_> = before.photos.iter().map(|photo| photo.id).collect();
    let hides = known_bad::hides(db, &pictures).await?;
    let edit = db::posts::Edit {
        id,
        source: None,
        html: &post.html,
        summary: &post.summary,
        sensitive: hides || post.sensitive,
        language: post.language.as_deref(),
        emojis: &Json(emojis),
        comments_enabled: post.comments_enabled,
        photos: i16::try_from(post.photos.len()).unwrap_or(i16::MAX),
        edited_at,
    };
    db::posts::edit(db, &edit).await?;
    polled::changes_elsewhere(db, &before, post.poll.as_ref(), now).await?;
    publish::replace_pictures(app, db, &before, post).await?;
    db::posts::renew_words(db, id).await?;
    let people = db::accounts::ids_by_uris(db, &post.mentions).await?;
    let mentions = post.named(&people.into_iter().collect());
    references(db, id, &mentions, &post.tags).await?;
    tell(app, db, &before, &mentions).await
}

fn says_the_same(before: &Post, after: &RemotePost) -> bool {
    let pictures = before
        .photos
        .iter()
        .map(|photo| (photo.remote_url.as_deref(), photo.description.as_str()));
    before.html == after.html
        && before.summary == after.summary
        && before.sensitive == after.sensitive
        && polled::asks_the_same(before, after.poll.as_ref())
        && pictures.eq(after
            .photos
            .iter()
            .map(|photo| (Some(photo.url.as_str()), photo.description.as_str())))
}

async fn references(
    db: &mut PgConnection,
    id: PostId,
    mentions: &[AccountId],
    tags: &[String],
) -> sqlx::Result<()> {
    db::posts::clear_references(db, id).await?;
    let mentions: Vec<_> = mentions.iter().map(|account| (id, *account)).collect();
    db::posts::insert_mentions(db, &mentions).await?;
    let tags: Vec<_> = tags.iter().map(|tag| (id, tag.clone())).collect();
    db::posts::insert_tags(db, &tags).await
}

/// Connected clients, those newly mentioned, and those who passed it on.
async fn tell(app: &App, db: &mut PgConnection, before: &Post, mentions: &[AccountId]) -> sqlx::Result<()> {
    let known: Vec<AccountId> = before.mentions.iter().map(|mention| mention.id).collect();
    let new = mentions.iter().filter(|id| !known.contains(id));
    let new: Vec<AccountId> = new.copied().collect();
    if before.audience == Audience::Direct && !new.is_empty() {
        converse::join(db, before.id, &new).await?;
    }
    let new = new.into_iter().map(|id| (id, Kind::Mention));
    let passed_on = db::posts::local_reposters(db, before.id).await?;
    let quoting = db::quotes::quoted_here_by(db, before.id, MOST_QUOTING).await?;
    let told: Vec<_> = new
        .chain(passed_on.into_iter().map(|id| (id, Kind::Edited)))
        .chain(quoting.into_iter().map(|id| (id, Kind::QuotedEdited)))
        .collect();
    let event = Event::Edited { post: before.id };
    db::outbox::add(db, &Work::Tell { events: vec![event] }).await?;
    for (to, kind) in told {
        let new = db::notifications::NewNotification {
            id: NotificationId(app.ids.next()),
            to,
            kind,
            from: before.author_id,
            post: Some(before.id),
            now: app.clock.now(),
        };
        db::notifications::insert(db, &new).await?;
    }
    Ok(())
}
