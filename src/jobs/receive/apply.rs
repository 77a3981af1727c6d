//! From parked bytes to the remote door of each verb, within the batch's transaction. Waits for nobody: what needs
//! something that we do not have is put apart to be fetched.

use std::collections::HashSet;

use sqlx::PgConnection;
use tintype_federation::inbox::{Envelope, Received, Undone, Updated};
use url::Url;

use super::letter::{self, Letter};
use super::{announced, quotes, undo};
use crate::actions::like::{self, Liked};
use crate::actions::on_post::OnPostError;
use crate::actions::publish::{self, Arrived, How};
use crate::actions::quote::{self, Leads, Request};
use crate::actions::read_again::Said;
use crate::actions::vote::VoteError;
use crate::actions::{
    accept_follow, block, delete_actor, delete_post, edit, follow, know_account, pin, report, vote,
};
use crate::app::App;
use crate::db;
use crate::db::received::Parked;
use crate::domain::account::Account;
use crate::domain::post::RemotePost;
use crate::peers::KnowError;
use crate::translate;

/// What applying one came to.
#[derive(Debug, PartialEq, Eq)]
pub enum Applied {
    Done,
    /// It names something that has to be fetched first.
    NeedsFetch(Url),
    /// It says only that something changed or is gone: that is read again, and then it is done.
    NeedsReading(Url, Said),
    /// It says that its actor lives there now: both are asked, and then it is done.
    NeedsProof(Url),
}

/// Applies activities in order. Creates that follow each other are written together.
pub async fn all(app: &App, db: &mut PgConnection, letters: Vec<Letter>) -> sqlx::Result<()> {
    let hashes: Vec<Vec<u8>> = letters.iter().map(|letter| letter.parked.hash.clone()).collect();
    let new: HashSet<Vec<u8>> = db::received::mark_applied(db, &hashes, app.clock.now())
        .await?
        .into_iter()
        .collect();
    let actors = letter::actors(db, letters.iter().map(|letter| &letter.parked)).await?;
    let mut creates: Vec<Arrived<'_>> = Vec::new();
    for Letter { parked: item, read } in letters {
        let item = &item;
        let Some(actor) = actors
            .get(&item.actor_uri)
            .filter(|actor| actor.is_known() && !actor.is_local())
        else {
            continue;
        };
        let Some(envelope) = read.envelope.filter(|envelope| may_act(actor, envelope)) else {
            continue;
        };
        if may_come_again(&envelope.received) {
            forget(db, item).await?;
        }
        if !new.contains(&item.hash) {
            continue;
        }
        if let Received::Create(note) = &envelope.received
            && translate::poll::vote(note).is_none()
        {
            let post = read.post.of(note, actor, app.clock.now());
            creates.extend(post.map(|post| arrived(actor, post)));
            continue;
        }
        flush(app, db, &mut creates).await?;
        if one(app, db, actor, &envelope).await? != Applied::Done {
            let now = app.clock.now();
            forget(db, item).await?;
            db::received::put_back(db, item, true, now, now).await?;
        }
    }
    flush(app, db, &mut creates).await
}

/// Whoever was suspended may still leave, and what is theirs goes with them.
fn may_act(actor: &Account, envelope: &Envelope) -> bool {
    actor.is_active() || matches!(envelope.received, Received::Delete { is_actor: true, .. })
}

/// Misskey and Pixelfed name a Follow after whom it joins, and so each time alike, and its Undo after it. Neither does
/// more when it is done twice; and a Follow that was taken back before it came is kept out once.
fn may_come_again(received: &Received) -> bool {
    matches!(
        received,
        Received::Follow { .. } | Received::Undo(Undone::Follow { .. })
    )
}

/// An activity that waits for something is not applied yet.
async fn forget(db: &mut PgConnection, item: &Parked) -> sqlx::Result<()> {
    db::received::unmark_applied(db, &item.hash).await
}

// Whose it is was checked with the signature; whose server it is on, with the envelope.
fn arrived(author: &Account, post: RemotePost) -> Arrived<'_> {
    Arrived {
        author,
        post,
        how: How::Sent,
        leads: Leads::On,
    }
}

async fn flush(app: &App, db: &mut PgConnection, creates: &mut Vec<Arrived<'_>>) -> sqlx::Result<()> {
    if !creates.is_empty() {
        publish::remote(app, db, creates).await?;
        creates.clear();
    }
    Ok(())
}

/// Everything but creating.
pub async fn one(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    envelope: &Envelope,
) -> sqlx::Result<Applied> {
    let id = &envelope.id;
    match &envelope.received {
        Received::Follow { object } => follow::remote(app, db, actor, id, object).await?,
        Received::Accept { follow } => accept_follow::remote(app, db, actor, follow).await?,
        Received::Reject { follow } => quotes::reject(app, db, actor, follow).await?,
        Received::QuoteAccept { request, stamp } => quote::accepted(app, db, actor, request, stamp).await?,
        Received::QuoteReject { request } => quote::rejected(app, db, actor, request).await?,
        Received::QuoteRequest {
            object,
            instrument,
            note,
        } => {
            let request = Request {
                id,
                object,
                instrument,
                note: note.as_deref(),
            };
            return quotes::request(app, db, actor, &request).await;
        }
        Received::Block { object } => block::remote(app, db, actor, id, object).await?,
        Received::Like { object, reaction } => {
            let liked = Liked {
                like: id.as_str(),
                post: object.as_str(),
                reaction: translate::emoji::reaction(reaction.as_deref()),
            };
            mild(like::remote(app, db, actor, &liked).await)?
        }
        Received::Announce {
            object,
            published,
            to,
            cc,
        } => {
            let letter = announced::Letter {
                id,
                published: *published,
                audience: announced::audience(to, cc, actor),
            };
            return announced::post(app, db, actor, &letter, object).await;
        }
        Received::PassOn { what, to, cc } => {
            let letter = announced::Letter {
                id,
                published: None,
                audience: announced::audience(to, cc, actor),
            };
            return announced::deed(app, db, actor, &letter, what).await;
        }
        Received::Undo(undone) => undo::apply(app, db, actor, undone).await?,
        Received::Create(note) => {
            if let Some(vote) = translate::poll::vote(note) {
                return voted(vote::remote(app, db, actor, &vote).await);
            }
            let post = translate::note::remote(note, &actor.followers_url, app.clock.now());
            let mut one: Vec<_> = post.into_iter().map(|post| arrived(actor, post)).collect();
            flush(app, db, &mut one).await?;
        }
        Received::CreateById(object) => return create_by_id(db, object).await,
        Received::Update(Updated::ById(object)) => return update_by_id(db, actor, object).await,
        Received::Update(updated) => update(app, db, actor, updated).await?,
        Received::Delete { is_actor: true, .. } => delete_actor::remote(app, db, actor).await?,
        Received::Delete { object, .. } => {
            if !quote::taken_back(app, db, actor, object.as_str()).await? {
                mild(delete_post::remote(app, db, actor, object.as_str()).await)?;
            }
        }
        Received::Add { object, target } => {
            if pin::remote(app, db, actor, object, target).await? == pin::Pinned::Unknown {
                return Ok(Applied::NeedsFetch(object.clone()));
            }
        }
        Received::Remove { object, target } => pin::undo_remote(db, actor, object, target).await?,
        Received::Flag { objects, content } => report::remote(app, db, actor, objects, content).await?,
        // Nobody here goes along with whom nobody here follows.
        Received::Move { target } if actor.local_followers > 0 => {
            return Ok(Applied::NeedsProof(target.clone()));
        }
        Received::Move { .. } => {}
        Received::Unknown { kind } => tracing::debug!(actor = actor.uri, kind, "an activity of another kind"),
    }
    Ok(Applied::Done)
}

/// What a peer wants with a post that is not there or not for them comes to nothing; only our own trouble is trouble.
pub(super) fn mild(result: Result<(), OnPostError>) -> sqlx::Result<()> {
    match result {
        Err(OnPostError::Database(error)) => Err(error),
        Ok(()) | Err(OnPostError::NotFound | OnPostError::NotAllowed(_)) => Ok(()),
    }
}

/// A vote that does not count comes to nothing, and nobody is told.
fn voted(result: Result<(), VoteError>) -> sqlx::Result<Applied> {
    match result {
        Err(VoteError::Database(error)) => Err(error),
        Ok(()) => Ok(Applied::Done),
        Err(refused) => {
            tracing::debug!(%refused, "a vote of a peer does not count");
            Ok(Applied::Done)
        }
    }
}

async fn create_by_id(db: &mut PgConnection, object: &Url) -> sqlx::Result<Applied> {
    let known = db::posts::id_by_uri(db, object.as_str()).await?.is_some();
    Ok(if known {
        Applied::Done
    } else {
        Applied::NeedsFetch(object.clone())
    })
}

async fn update(app: &App, db: &mut PgConnection, actor: &Account, updated: &Updated) -> sqlx::Result<()> {
    match updated {
        Updated::Note(note) => {
            let post: Option<RemotePost> =
                translate::note::remote(note, &actor.followers_url, app.clock.now());
            if let Some(post) = post {
                edit::remote(app, db, actor, &post).await?;
            }
        }
        Updated::Actor(document) => match know_account::update(app, db, document).await {
            Ok(_)
            | Err(KnowError::Unknown | KnowError::Unacceptable | KnowError::Gone | KnowError::Suspended) => {}
            Err(error) => tracing::warn!(actor = actor.uri, %error, "a changed actor could not be stored"),
        },
        Updated::ById(_) => {}
    }
    Ok(())
}

/// Worth a look only when it is the actor, or a post of theirs that we have.
async fn update_by_id(db: &mut PgConnection, actor: &Account, object: &Url) -> sqlx::Result<Applied> {
    let ours = object.as_str() == actor.uri
        || db::posts::author_by_uri(db, object.as_str()).await? == Some(actor.id);
    Ok(match ours {
        true => Applied::NeedsReading(object.clone(), Said::Changed),
        false => Applied::Done,
    })
}
