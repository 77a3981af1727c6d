//! Announcements: of posts, which become reposts, and of what others did in a group, which is read where it was done.
//! Waits for nobody, and never takes a word of a post from whoever announces it.

use sqlx::PgConnection;
use tintype_federation::inbox::PassedOn;
use tintype_federation::vocab::Audience as WireAudience;
use url::Url;

use super::apply::{Applied, mild};
use crate::actions::read_again::Said;
use crate::actions::repost::{self, Announced};
use crate::actions::{on_post, relays};
use crate::app::App;
use crate::db;
use crate::domain::account::{Account, Kind};
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::ids::PostId;

/// What an announcement says of itself.
#[derive(Debug)]
pub struct Letter<'a> {
    pub id: &'a Url,
    pub published: Option<Time>,
    pub audience: Audience,
}

/// For whom it is.
pub fn audience(to: &[Url], cc: &[Url], actor: &Account) -> Audience {
    let followers = Url::parse(&actor.followers_url).ok();
    match WireAudience::of(to, cc, followers.as_ref()) {
        WireAudience::Public => Audience::Public,
        WireAudience::Unlisted => Audience::Unlisted,
        WireAudience::Followers => Audience::Followers,
        WireAudience::Direct => Audience::Direct,
    }
}

/// A post is announced.
pub async fn post(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    letter: &Letter<'_>,
    object: &Url,
) -> sqlx::Result<Applied> {
    if relays::passes_on(db, actor).await? {
        let wanted = relays::wanted(app, db, object).await?;
        return Ok(wanted.map_or(Applied::Done, Applied::NeedsFetch));
    }
    let Some(post) = on_post::find(app, db, object.as_str()).await? else {
        // Fetched only for somebody: whom nobody here follows may repost what they like.
        let wanted = actor.local_followers > 0 && !app.urls.is_ours(object);
        return Ok(if wanted {
            Applied::NeedsFetch(object.clone())
        } else {
            Applied::Done
        });
    };
    repost(app, db, actor, letter, post).await
}

async fn repost(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    letter: &Letter<'_>,
    post: PostId,
) -> sqlx::Result<Applied> {
    let now = app.clock.now();
    let announced = Announced {
        uri: letter.id.as_str(),
        object: post,
        audience: letter.audience,
        published: letter.published.map_or(now, |at| at.min(now)),
    };
    mild(repost::remote(app, db, actor, &announced).await)?;
    Ok(Applied::Done)
}

/// What somebody did in a group, which tells those who follow it, or what a relay passes on. From nobody else, and for
/// nobody else.
pub async fn deed(
    app: &App,
    db: &mut PgConnection,
    group: &Account,
    letter: &Letter<'_>,
    what: &PassedOn,
) -> sqlx::Result<Applied> {
    if relays::passes_on(db, group).await? {
        return passed_on(app, db, what).await;
    }
    if group.kind != Kind::Group as i16 || group.local_followers == 0 {
        return Ok(Applied::Done);
    }
    match what {
        PassedOn::Created(object) => created(app, db, group, letter, object).await,
        PassedOn::Changed(object) => reading(db, object, Said::Changed).await,
        PassedOn::Deleted(object) => {
            // Whether it is deleted its own server says; that the group shows it no more is the group's to say.
            mild(repost::undo_remote(app, db, group, object.as_str()).await)?;
            reading(db, object, Said::Deleted).await
        }
    }
}

async fn passed_on(app: &App, db: &mut PgConnection, what: &PassedOn) -> sqlx::Result<Applied> {
    match what {
        PassedOn::Created(object) => {
            let wanted = relays::wanted(app, db, object).await?;
            Ok(wanted.map_or(Applied::Done, Applied::NeedsFetch))
        }
        PassedOn::Changed(object) => reading(db, object, Said::Changed).await,
        PassedOn::Deleted(object) => reading(db, object, Said::Deleted).await,
    }
}

/// A new post goes to those who follow the group; an answer stands under what it answers.
async fn created(
    app: &App,
    db: &mut PgConnection,
    group: &Account,
    letter: &Letter<'_>,
    object: &Url,
) -> sqlx::Result<Applied> {
    let found = match on_post::find(app, db, object.as_str()).await? {
        Some(id) => db::posts::by_id(db, id).await?,
        None if !app.urls.is_ours(object) => return Ok(Applied::NeedsFetch(object.clone())),
        None => None,
    };
    match found {
        Some(found) if found.in_reply_to.is_none() && found.reply_to_uri.is_none() => {
            repost(app, db, group, letter, found.id).await
        }
        _ => Ok(Applied::Done),
    }
}

/// Only of posts that are here.
async fn reading(db: &mut PgConnection, object: &Url, said: Said) -> sqlx::Result<Applied> {
    let known = db::posts::author_by_uri(db, object.as_str()).await?.is_some();
    Ok(match known {
        true => Applied::NeedsReading(object.clone(), said),
        false => Applied::Done,
    })
}
