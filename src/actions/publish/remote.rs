//! The remote door: peers say that posts were published. Takes many at once, because that is how they come.

use std::collections::HashSet;

use sqlx::PgConnection;
use sqlx::types::Json;

use super::pictures::new_pictures;
use super::references::{References, look_up};
use crate::actions::quote::{self, Leads};
use crate::actions::{converse, know_emojis, polled, tell_of_posts};
use crate::app::App;
use crate::db;
use crate::db::said_totals::Said;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::domain::post::{NewPost, RemotePost};
use crate::domain::work::Work;

/// A post as its server has it, with its author as we know them.
#[derive(Clone, Debug)]
pub struct Arrived<'a> {
    pub author: &'a Account,
    pub post: RemotePost,
    pub how: How,
    /// To what it quotes.
    pub leads: Leads,
}

/// How a post came here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// A verified peer sent it: taken in if it concerns anybody here.
    Sent,
    /// Somebody here asked for it: taken in although nobody here follows its author.
    AskedFor,
    /// It was there before anybody here had to do with it, and was read to fill in what is missing: no news to anybody.
    FilledIn,
}

/// Takes posts in: those that concern somebody here, are not known and were not deleted. Gives the new ones' ids.
pub async fn remote(app: &App, db: &mut PgConnection, arrived: &[Arrived<'_>]) -> sqlx::Result<Vec<PostId>> {
    let references = look_up(app, db, arrived).await?;
    let mut seen = HashSet::new();
    let mut kept: Vec<(NewPost, &Arrived<'_>)> = arrived
        .iter()
        .filter(|item| item.author.is_active() && seen.insert(item.post.uri.as_str()))
        .filter(|item| !references.is_entombed(item))
        .filter(|item| !references.intrudes(item) && references.concerns_us(item))
        .filter_map(|item| Some((new_post(app, item, &references)?, item)))
        .collect();
    if kept.is_empty() {
        return Ok(Vec::new());
    }
    settle_parts(app, db, &mut kept).await?;
    let rows: Vec<NewPost> = kept.iter().map(|(new, _)| new.clone()).collect();
    let inserted: HashSet<PostId> = db::posts::insert(db, &rows)
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let fresh: Vec<_> = kept
        .iter()
        .filter(|(new, _)| inserted.contains(&new.id))
        .collect();
    write_parts(app, db, &fresh, &references).await?;
    let ids: Vec<PostId> = fresh.iter().map(|(new, _)| new.id).collect();
    if !ids.is_empty() {
        db::outbox::add(db, &Work::Join { posts: ids.clone() }).await?;
    }
    into_feeds(db, &fresh).await?;
    let fresh = fresh.iter().filter(|(_, item)| item.how != How::FilledIn);
    let fresh = fresh.map(|(new, item)| (new, !item.post.tags.is_empty()));
    tell_of_posts::comments(db, &fresh.collect::<Vec<_>>()).await?;
    Ok(ids)
}

async fn into_feeds(db: &mut PgConnection, fresh: &[&(NewPost, &Arrived<'_>)]) -> sqlx::Result<()> {
    let in_feeds = fresh
        .iter()
        .filter(|(new, _)| new.audience <= Audience::Followers && !new.comment);
    let (before, news): (Vec<_>, Vec<_>) = in_feeds.partition(|(_, item)| item.how == How::FilledIn);
    let ids = |posts: Vec<&&(NewPost, &Arrived<'_>)>| posts.into_iter().map(|(new, _)| new.id).collect();
    let (before, news): (Vec<PostId>, Vec<PostId>) = (ids(before), ids(news));
    if !news.is_empty() {
        db::outbox::add(db, &Work::FanOut { posts: news }).await?;
    }
    if !before.is_empty() {
        db::outbox::add(db, &Work::FillIn { posts: before }).await?;
    }
    Ok(())
}

/// Gives new posts the emojis and places that came with them.
async fn settle_parts(
    app: &App,
    db: &mut PgConnection,
    kept: &mut [(NewPost, &Arrived<'_>)],
) -> sqlx::Result<()> {
    for (new, item) in kept {
        if let Some(host) = item.author.host_id {
            new.emojis = Json(know_emojis::know(app, db, host, &item.post.emojis).await?);
        }
        if let Some(place) = &item.post.place {
            new.place_id = Some(db::places::make(db, place).await?);
        }
    }
    Ok(())
}

/// None when it may not stand where it wants to stand.
fn new_post(app: &App, item: &Arrived<'_>, references: &References) -> Option<NewPost> {
    let Arrived { author, post, .. } = item;
    let parent = post
        .in_reply_to
        .as_ref()
        .and_then(|uri| references.parents.get(uri));
    if parent.is_some_and(|parent| !parent.comments_enabled && parent.author_id != author.id) {
        return None;
    }
    let id = PostId(app.ids.at(post.published));
    let new = NewPost {
        uri: Some(post.uri.clone()),
        url: post.url.clone(),
        in_reply_to: parent.map(|parent| parent.id),
        reply_to_author: parent.map(|parent| parent.author_id),
        reply_to_uri: post.in_reply_to.clone(),
        thread_id: parent.map_or(id, |parent| parent.thread_id),
        // An answer to a post that we do not have is taken for a comment until we have it.
        comment: post.in_reply_to.is_some() && parent.is_none_or(|parent| parent.author_id != author.id),
        html: post.html.clone(),
        summary: post.summary.clone(),
        sensitive: post.sensitive,
        language: post.language.clone(),
        comments_enabled: post.comments_enabled,
        quote_policy: quote::policy(Some(post.quote_policy), post.audience),
        pushed: author.local_followers < i32::try_from(app.config.feed_push_threshold).unwrap_or(i32::MAX),
        photos: i16::try_from(post.photos.len()).unwrap_or(i16::MAX),
        words: may_be_found(author, post).then(|| words(post)),
        ..NewPost::empty(id, author.id, post.audience, post.published)
    };
    Some(new)
}

/// Whether strangers may find it by its words: its author's choice.
fn may_be_found(author: &Account, post: &RemotePost) -> bool {
    author.indexable && post.audience == Audience::Public
}

fn words(post: &RemotePost) -> String {
    let descriptions = post.photos.iter().map(|photo| photo.description.as_str());
    let all = [post.html.as_str(), post.summary.as_str()]
        .into_iter()
        .chain(descriptions);
    all.collect::<Vec<_>>().join(" ")
}

async fn write_parts(
    app: &App,
    db: &mut PgConnection,
    fresh: &[&(NewPost, &Arrived<'_>)],
    references: &References,
) -> sqlx::Result<()> {
    let mut pictures = Vec::new();
    let mut mentions = Vec::new();
    let mut tags = Vec::new();
    for (new, item) in fresh {
        pictures.extend(new_pictures(app, new, item));
        let named = item.post.named(&references.people);
        mentions.extend(named.into_iter().map(|id| (new.id, id)));
        tags.extend(item.post.tags.iter().map(|tag| (new.id, tag.clone())));
        if !new.pushed {
            db::posts::mark_pulled(db, new.author_id).await?;
        }
        if let Some(said) = &item.post.quote {
            quote::remote(app, db, (new.id, item.author), said, item.leads).await?;
        }
        if let Some(poll) = &item.post.poll {
            polled::asks_elsewhere(db, new.id, poll, app.clock.now()).await?;
        }
    }
    db::remote_media::insert_remote(db, &pictures, app.clock.now()).await?;
    db::posts::insert_mentions(db, &mentions).await?;
    db::posts::insert_tags(db, &tags).await?;
    db::said_totals::put(db, &totals(fresh)).await?;
    notify(app, db, fresh, references).await?;
    let direct = fresh.iter().filter(|(new, _)| new.audience == Audience::Direct);
    let direct: Vec<PostId> = direct.map(|(new, _)| new.id).collect();
    if !direct.is_empty() {
        converse::keep(db, &direct).await?;
    }
    Ok(())
}

/// What servers say of new posts; mostly nobody has liked them yet.
fn totals(fresh: &[&(NewPost, &Arrived<'_>)]) -> Vec<Said> {
    let said = fresh.iter().map(|(new, item)| Said {
        post: new.id,
        likes: item.post.likes_said,
        reposts: item.post.reposts_said,
    });
    said.filter(|said| said.likes.max(said.reposts) > Some(0))
        .collect()
}

async fn notify(
    app: &App,
    db: &mut PgConnection,
    fresh: &[&(NewPost, &Arrived<'_>)],
    references: &References,
) -> sqlx::Result<()> {
    for (new, item) in fresh.iter().filter(|(_, item)| item.how != How::FilledIn) {
        let mentioned = item
            .post
            .mentions
            .iter()
            .filter_map(|uri| references.people.get(uri));
        let mut told: Vec<AccountId> = mentioned.filter(|(_, local)| *local).map(|(id, _)| *id).collect();
        if new.audience < Audience::Direct {
            told.extend(new.reply_to_author);
        }
        told.sort_unstable();
        told.dedup();
        for to in told {
            let new = db::notifications::NewNotification {
                id: NotificationId(app.ids.next()),
                to,
                kind: Kind::Mention,
                from: new.author_id,
                post: Some(new.id),
                now: app.clock.now(),
            };
            db::notifications::insert(db, &new).await?;
        }
    }
    Ok(())
}
