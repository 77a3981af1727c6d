//! The local door: somebody here publishes.

use std::sync::Arc;

use super::draft::{self, Draft, LONGEST_KEY, PollDraft, PublishError, Written};
use super::{photos, whole};
use crate::actions::letters::{self, Activity};
use crate::actions::{albums, converse, known_bad, polled, quote, relays, tell_of_posts};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::posts::Parent;
use crate::db::quotability::Quotable;
use crate::db::scheduled::Lent;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::domain::post::{NewPost, Post};
use crate::domain::relay::RelayWay;
use crate::domain::work::Recipients;
use crate::translate;
use crate::translate::note::Around;

/// What became of a draft.
#[derive(Debug)]
pub enum Published {
    /// A new post, whole, and its author.
    New(Box<Post>, Arc<Account>),
    /// The same key made this post before.
    Before(PostId),
}

/// Publishes a draft: the post, what it causes here, and the letters that it sends, in one transaction.
pub async fn local(app: &App, author: AccountId, draft: Draft) -> Result<Published, PublishError> {
    publish(app, author, draft, None).await
}

/// The same of what was planned for now. The plan ends in that transaction, so that it happens once.
pub async fn planned(app: &App, draft: Draft, plan: &Lent) -> Result<Published, PublishError> {
    publish(app, plan.scheduled.account_id, draft, Some(plan)).await
}

async fn publish(
    app: &App,
    author_id: AccountId,
    draft: Draft,
    plan: Option<&Lent>,
) -> Result<Published, PublishError> {
    draft::check(app, &draft)?;
    let author = app.person(author_id).await?.ok_or(sqlx::Error::RowNotFound)?;
    let written = draft::write(app, author.id, &draft.text).await?;
    let ways = relays::of(app, draft.audience).await?;

    let mut tx = app.db.begin().await?;
    if let Some(plan) = plan
        && !db::scheduled::take_lent(&mut tx, plan).await?
    {
        return Err(PublishError::NotPlanned);
    }
    let key = key(&draft);
    if let Some(key) = key
        && let Some(earlier) = db::posts::by_idempotency_key(&mut tx, author.id, key).await?
    {
        return Ok(Published::Before(earlier));
    }
    let parent = draft::parent(&mut tx, author.id, draft.in_reply_to).await?;
    let quoted = quoted(&mut tx, author.id, &draft, &written).await?;
    let mut new = NewPost {
        emojis: draft::emojis_of(&mut tx, &draft, None).await?,
        place_id: draft::place(&mut tx, draft.place.as_ref()).await?,
        ..new_post(app, &author, &draft, &written, (parent.as_ref(), quoted.as_ref()))
    };
    new.sensitive |= known_bad::hides(&mut tx, &draft.media).await?;
    let inserted = db::posts::insert(&mut tx, std::slice::from_ref(&new)).await?;
    let followed_elsewhere = inserted.first().is_some_and(|row| row.followed_elsewhere);
    let posts = inserted.first().map_or(author.posts, |row| row.of_author);
    new.quote_policy = inserted.first().map(|row| row.quote_policy);
    if let Some(key) = key
        && !db::posts::claim_idempotency_key(&mut tx, author.id, key, new.id, app.clock.now()).await?
    {
        // The same request came twice at once, and the other was first.
        tx.rollback().await?;
        return Ok(Published::Before(earlier(app, author.id, key).await?));
    }
    photos::attach(&mut tx, author.id, new.id, &draft, new.created_at).await?;
    for album in &draft.albums {
        albums::add_within(app, &mut tx, (author.id, *album), new.id).await?;
    }
    if let Some(quoted) = &quoted {
        quote::local(app, &mut tx, &new, quoted).await?;
    }
    if let PollDraft::Asks(question) = &draft.poll {
        polled::asks(&mut tx, new.id, None, question, new.created_at).await?;
    }
    if new.photos > 0 {
        db::posts::renew_words(&mut tx, new.id).await?;
    }
    write_references(&mut tx, &new, &written).await?;
    notify(app, &mut tx, &new, &written, parent.as_ref()).await?;
    if new.audience == Audience::Direct {
        converse::keep(&mut tx, &[new.id]).await?;
    }
    let post = match draft.poll {
        PollDraft::Nothing | PollDraft::Same if quoted.is_none() => {
            whole::read(app, &mut tx, &new, &written).await?
        }
        _ => whole::read_again(&mut tx, new.id).await?,
    };
    let receivers = Receivers {
        parent: parent.as_ref(),
        quoted: quoted.as_ref(),
        followers: followed_elsewhere,
        relays: ways.everybody,
    };
    let to = recipients(&author, &post, &written, &receivers);
    if let Some(to) = to {
        send(app, &mut tx, &author, &post, to).await?;
    }
    if let Some(quoted) = &quoted {
        quote::ask(app, &mut tx, &author, &post, quoted).await?;
    }
    if ways.itself {
        relays::announce(app, &mut tx, post.id, &app.urls.post(&author.username, post.id)).await?;
    }
    feed(&mut tx, &new, &written).await?;
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    app.caches.forget_numbers(&author);
    let author = Account {
        posts,
        last_post_at: author.last_post_at.max(Some(new.created_at)),
        ..Account::clone(&author)
    };
    Ok(Published::New(Box::new(post), Arc::new(author)))
}

/// The key of the request, if it is one that can be kept.
pub fn key(draft: &Draft) -> Option<&str> {
    let key = draft.idempotency_key.as_deref();
    key.filter(|key| !key.is_empty() && key.len() <= LONGEST_KEY)
}

/// The post that this key made before.
async fn earlier(app: &App, author: AccountId, key: &str) -> sqlx::Result<PostId> {
    let mut db = app.db.acquire().await?;
    let earlier = db::posts::by_idempotency_key(&mut db, author, key).await?;
    earlier.ok_or(sqlx::Error::RowNotFound)
}

async fn send(
    app: &App,
    db: &mut sqlx::PgConnection,
    author: &Account,
    post: &Post,
    to: Recipients,
) -> sqlx::Result<()> {
    let note = translate::note::document(&app.urls, author, post, &Around::default());
    let create = Activity {
        body: translate::activity::create(&app.urls, author, post.id, &note),
        post: Some(post.id),
        lasting: false,
    };
    letters::send(app, db, author.id, &create, to).await
}

/// Writes it to its author's feed and has it written to those of their followers, or notes that these look for it there.
async fn feed(db: &mut sqlx::PgConnection, new: &NewPost, written: &Written) -> sqlx::Result<()> {
    if !new.pushed {
        db::posts::mark_pulled(db, new.author_id).await?;
    }
    if new.audience <= Audience::Followers && !new.comment {
        db::feeds::begin_fan_out(db, new.author_id, new.id).await?;
    } else {
        tell_of_posts::comments(db, &[(new, !written.tags.is_empty())]).await?;
    }
    Ok(())
}

fn new_post(
    app: &App,
    author: &Account,
    draft: &Draft,
    written: &Written,
    (parent, quoted): (Option<&Parent>, Option<&Quotable>),
) -> NewPost {
    let id = PostId(app.ids.next());
    let now = app.clock.now();
    let threshold = i64::from(app.config.feed_push_threshold);
    // What only followers may see is not carried further by a quote of its own author's.
    let narrow = quoted.is_some_and(|quoted| !quoted.audience.is_open());
    let audience = match narrow {
        true => draft.audience.max(Audience::Followers),
        false => draft.audience,
    };
    NewPost {
        in_reply_to: parent.map(|parent| parent.id),
        reply_to_author: parent.map(|parent| parent.author_id),
        reply_to_uri: parent.map(|parent| parent_uri(app, parent)),
        thread_id: parent.map_or(id, |parent| parent.thread_id),
        comment: parent.is_some_and(|parent| parent.author_id != author.id),
        source: Some(draft.text.clone()),
        html: written.html.clone(),
        summary: draft.summary.clone(),
        // A content warning covers the photos too.
        sensitive: draft.sensitive || !draft.summary.is_empty(),
        language: draft.language.clone(),
        comments_enabled: draft.comments_enabled,
        quote_policy: quote::policy(draft.quote_policy, audience),
        app_id: draft.app,
        pushed: i64::from(author.local_followers) < threshold,
        photos: i16::try_from(draft.media.len()).unwrap_or(i16::MAX),
        // Descriptions of photos are words too: then all are written once the photos are attached.
        words: draft
            .media
            .is_empty()
            .then(|| format!("{} {}", written.html, draft.summary)),
        ..NewPost::empty(id, author.id, audience, now)
    }
}

fn parent_uri(app: &App, parent: &Parent) -> String {
    parent
        .uri
        .clone()
        .unwrap_or_else(|| app.urls.post(&parent.author_name, parent.id))
}

/// What the draft quotes. Whoever is quoted to named people alone is one of them.
async fn quoted(
    db: &mut sqlx::PgConnection,
    author: AccountId,
    draft: &Draft,
    written: &Written,
) -> Result<Option<Quotable>, PublishError> {
    let quoted = draft::quoted(db, author, draft).await?;
    let is_named = |person| person == author || written.people.iter().any(|named| named.id == person);
    match &quoted {
        Some(found) if draft.audience == Audience::Direct && !is_named(found.author_id) => {
            Err(PublishError::QuotedNotNamed)
        }
        _ => Ok(quoted),
    }
}

/// Mentions and tags of a new or an edited post.
pub async fn write_references(
    db: &mut sqlx::PgConnection,
    post: &NewPost,
    written: &Written,
) -> sqlx::Result<()> {
    let mentions: Vec<_> = written.people.iter().map(|person| (post.id, person.id)).collect();
    db::posts::insert_mentions(db, &mentions).await?;
    let tags: Vec<_> = written.tags.iter().map(|tag| (post.id, tag.clone())).collect();
    db::posts::insert_tags(db, &tags).await
}

/// Those mentioned, and whose post is answered, are told.
async fn notify(
    app: &App,
    db: &mut sqlx::PgConnection,
    post: &NewPost,
    written: &Written,
    parent: Option<&Parent>,
) -> sqlx::Result<()> {
    let mut told: Vec<AccountId> = written
        .people
        .iter()
        .filter(|person| person.is_local())
        .map(|p| p.id)
        .collect();
    told.extend(
        parent
            .filter(|_| post.audience < Audience::Direct)
            .map(|parent| parent.author_id),
    );
    told.sort_unstable();
    told.dedup();
    for to in told {
        let new = db::notifications::NewNotification {
            id: NotificationId(app.ids.next()),
            to,
            kind: Kind::Mention,
            from: post.author_id,
            post: Some(post.id),
            now: post.created_at,
        };
        db::notifications::insert(db, &new).await?;
    }
    Ok(())
}

/// Whom else it concerns, and whether anybody elsewhere gets what is for many.
struct Receivers<'a> {
    parent: Option<&'a Parent>,
    quoted: Option<&'a Quotable>,
    followers: bool,
    relays: bool,
}

/// Who elsewhere gets it; none when nobody does.
fn recipients(
    author: &Account,
    post: &Post,
    written: &Written,
    receivers: &Receivers<'_>,
) -> Option<Recipients> {
    let remote = written
        .people
        .iter()
        .filter(|person| !person.is_local())
        .map(|person| person.id);
    let mut people: Vec<AccountId> = remote.collect();
    if post.audience < Audience::Direct {
        people.extend(receivers.parent.map(|parent| parent.author_id));
        people.extend(
            receivers
                .quoted
                .filter(|quoted| !quoted.is_local())
                .map(|quoted| quoted.author_id),
        );
    }
    let to_followers = post.audience < Audience::Direct && receivers.followers;
    if people.is_empty() && !to_followers && !receivers.relays {
        return None;
    }
    Some(Recipients {
        followers_of: to_followers.then_some(author.id),
        people,
        relays: receivers.relays.then_some(RelayWay::Everybody),
        ..Recipients::default()
    })
}
