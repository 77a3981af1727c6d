//! Planning a post for later, and publishing it at its time: once, whatever crashes and however many processes try.

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::publish::{self, Draft, PollDraft, PublishError};
use crate::app::App;
use crate::db;
use crate::db::scheduled::Lent;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, ScheduledId};
use crate::domain::picture::Sharing;
use crate::domain::scheduled::{MOST, MOST_A_DAY, Planned, PlannedPoll, SOONEST, Scheduled};

/// Posts that one process publishes in a round, one after the other: finding whom one mentions may take a few seconds.
const BATCH: i64 = 10;
/// Another process may try after this.
const LEASE: TimeDelta = TimeDelta::minutes(2);
/// What is refused so often is refused for good.
const MOST_TRIES: i16 = 5;

#[derive(Debug, thiserror::Error)]
pub enum ScheduleError {
    #[error("Record not found")]
    NotFound,
    #[error("Scheduled at must be at least {} minutes ahead", SOONEST.num_minutes())]
    TooSoon,
    #[error("You have exceeded the limit of {MOST} scheduled posts")]
    TooMany,
    #[error("You have exceeded the limit of {MOST_A_DAY} scheduled posts for that day")]
    TooManyThatDay,
    #[error(transparent)]
    Draft(#[from] PublishError),
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// Somebody here wants a draft published at a time. The same key twice gives the one of the first time.
pub async fn local(
    app: &App,
    author: AccountId,
    draft: &Draft,
    at: Time,
) -> Result<ScheduledId, ScheduleError> {
    publish::check(app, draft)?;
    let new = Scheduled {
        id: ScheduledId(app.ids.next()),
        account_id: author,
        due_at: at,
        draft: planned(draft),
        key: publish::key(draft).map(str::to_owned),
    };
    let mut tx = app.db.begin().await?;
    db::scheduled::lock(&mut tx, author).await?;
    if let Some(key) = &new.key
        && let Some(earlier) = db::scheduled::by_key(&mut tx, author, key).await?
    {
        return Ok(earlier);
    }
    has_room(app, &mut tx, author, at, new.id).await?;
    publish::parent(&mut tx, author, draft.in_reply_to).await?;
    publish::quoted(&mut tx, author, draft).await?;
    db::scheduled::insert(&mut tx, &new, app.clock.now()).await?;
    let kept = db::planned_media::keep(&mut tx, author, new.id, &draft.media).await?;
    if kept < draft.media.len() as u64 {
        tx.rollback().await?;
        let mut db = app.db.acquire().await?;
        let refusal = publish::why_not(&mut db, author, None, &draft.media).await?;
        return Err(refusal.into());
    }
    publish::share(&mut tx, author, draft, app.clock.now()).await?;
    tx.commit().await?;
    Ok(new.id)
}

/// Another time for one that waits.
pub async fn move_to(app: &App, author: AccountId, id: ScheduledId, at: Time) -> Result<(), ScheduleError> {
    let mut tx = app.db.begin().await?;
    db::scheduled::lock(&mut tx, author).await?;
    db::scheduled::one(&mut tx, author, id)
        .await?
        .ok_or(ScheduleError::NotFound)?;
    has_room(app, &mut tx, author, at, id).await?;
    if !db::scheduled::set_time(&mut tx, author, id, at).await? {
        return Err(ScheduleError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

/// It is not to be published after all. Its pictures are uploads again: apps change a plan by making another of them.
pub async fn cancel(app: &App, author: AccountId, id: ScheduledId) -> Result<(), ScheduleError> {
    let mut tx = app.db.begin().await?;
    db::planned_media::let_go(&mut tx, author, id, app.clock.now()).await?;
    if !db::scheduled::remove(&mut tx, author, id).await? {
        return Err(ScheduleError::NotFound);
    }
    tx.commit().await?;
    Ok(())
}

async fn has_room(
    app: &App,
    db: &mut PgConnection,
    author: AccountId,
    at: Time,
    but: ScheduledId,
) -> Result<(), ScheduleError> {
    if at < app.clock.now() + SOONEST {
        return Err(ScheduleError::TooSoon);
    }
    let (all, that_day) = db::scheduled::counts(db, author, at, but).await?;
    if all >= MOST {
        return Err(ScheduleError::TooMany);
    }
    if that_day >= MOST_A_DAY {
        return Err(ScheduleError::TooManyThatDay);
    }
    Ok(())
}

fn planned(draft: &Draft) -> Planned {
    Planned {
        text: draft.text.clone(),
        summary: draft.summary.clone(),
        sensitive: draft.sensitive,
        language: draft.language.clone(),
        audience: draft.audience,
        media: draft.media.clone(),
        place: draft.place.clone(),
        albums: draft.albums.clone(),
        poll: match &draft.poll {
            PollDraft::Asks(question) => Some(PlannedPoll::from(question)),
            PollDraft::Nothing | PollDraft::Same => None,
        },
        in_reply_to: draft.in_reply_to,
        quotes: draft.quotes,
        quote_policy: draft.quote_policy.unwrap_or_default(),
        comments_enabled: draft.comments_enabled,
        app: draft.app,
    }
}

fn draft(scheduled: &Scheduled) -> Draft {
    let planned = &scheduled.draft;
    let question = planned.poll.as_ref().map(Into::into);
    Draft {
        text: planned.text.clone(),
        summary: planned.summary.clone(),
        sensitive: planned.sensitive,
        language: planned.language.clone(),
        audience: planned.audience,
        media: planned.media.clone(),
        // It was noted when they were kept.
        sharing: Sharing::default(),
        place: planned.place.clone(),
        albums: planned.albums.clone(),
        poll: question.map_or(PollDraft::Nothing, PollDraft::Asks),
        in_reply_to: planned.in_reply_to,
        quotes: planned.quotes,
        quote_policy: Some(planned.quote_policy),
        comments_enabled: planned.comments_enabled,
        app: planned.app,
        // The plan itself happens once.
        idempotency_key: None,
    }
}

/// Publishes what is due; gives how much there was.
pub async fn publish_due(app: &App) -> sqlx::Result<usize> {
    let now = app.clock.now();
    let lent = {
        let mut db = app.db.acquire().await?;
        db::scheduled::lend(&mut db, now, now + LEASE, BATCH).await?
    };
    for one in &lent {
        publish_one(app, one).await?;
    }
    Ok(lent.len())
}

/// What is not published now is tried again when it is no longer lent, or stays with its author, who sees it in their list.
async fn publish_one(app: &App, lent: &Lent) -> sqlx::Result<()> {
    let id = lent.scheduled.id;
    let refusal = match lent.is_active {
        true => publish::planned(app, draft(&lent.scheduled), lent).await.err(),
        // What was due while they were put out of action is not said when they come back.
        false => return give_up(app, id).await,
    };
    match refusal {
        // Another was first, or its author has moved it.
        None | Some(PublishError::NotPlanned) => Ok(()),
        Some(PublishError::Database(error)) => {
            tracing::warn!(scheduled = id.0, %error, "a post that is due is tried again");
            Ok(())
        }
        Some(_) if lent.tries < MOST_TRIES => Ok(()),
        Some(refusal) => {
            tracing::info!(scheduled = id.0, %refusal, "a post that is due stays with its author");
            give_up(app, id).await
        }
    }
}

async fn give_up(app: &App, id: ScheduledId) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    db::scheduled::give_up(&mut db, id).await
}
