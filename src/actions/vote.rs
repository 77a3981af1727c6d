//! Voting in a poll: once for each person, by whichever door they come. A vote is never changed or taken back.

use chrono::TimeDelta;
use sqlx::PgConnection;

use super::letters::{self, Activity};
use super::on_post::{self, OnPostError, Target};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::poll::Poll;
use crate::domain::urls::Local;
use crate::domain::work::Recipients;
use crate::translate::activity;
use crate::translate::poll::RemoteVote;

/// How soon other servers hear of a vote in a poll of ours: those of this time are told of together.
const TELL_AFTER: TimeDelta = TimeDelta::minutes(3);

#[derive(Debug, thiserror::Error)]
pub enum VoteError {
    /// No such poll, or not for them to see.
    #[error("Record not found")]
    NotFound,
    #[error("The poll has already ended")]
    Ended,
    #[error("You have already voted on this poll")]
    Again,
    #[error("The chosen vote option does not exist")]
    NoSuchOption,
    #[error("Only one option of this poll can be chosen")]
    TooMany,
    #[error("You cannot vote in your own polls")]
    Own,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<OnPostError> for VoteError {
    fn from(error: OnPostError) -> Self {
        match error {
            OnPostError::Database(error) => Self::Database(error),
            OnPostError::NotFound | OnPostError::NotAllowed(_) => Self::NotFound,
        }
    }
}

/// Somebody here chooses from the poll of a post that they may see: all at once.
pub async fn local(app: &App, voter: AccountId, post: PostId, choices: &[i16]) -> Result<PostId, VoteError> {
    let voter = app.person(voter).await?.ok_or(VoteError::NotFound)?;
    let mut tx = app.db.begin().await?;
    let (target, poll) = open_poll(app, &mut tx, voter.id, post).await?;
    let chosen = chosen(&poll, choices)?;
    if !db::polls::cast(&mut tx, target.id, voter.id, &chosen).await? {
        return Err(VoteError::Again);
    }
    count(app, &mut tx, voter.id, &target, &chosen, 1).await?;
    if !target.author.is_local() {
        for choice in &chosen {
            send(app, &mut tx, &voter, &target, &poll, *choice).await?;
        }
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(target.id)
}

/// A peer says that `actor` chooses something from a poll made here: of several things one by one.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    vote: &RemoteVote,
) -> Result<(), VoteError> {
    let Some(Local::Post { id, .. }) = app.urls.parse_local(&vote.poll) else {
        return Ok(());
    };
    let (target, poll) = open_poll(app, db, actor.id, id).await?;
    if !target.author.is_local() {
        return Ok(());
    }
    let place = poll.options.iter().position(|option| *option == vote.option);
    let choice = place.and_then(|place| i16::try_from(place).ok());
    let choice = choice.ok_or(VoteError::NoSuchOption)?;
    if db::polls::cast(db, target.id, actor.id, &[choice]).await? {
        return count(app, db, actor.id, &target, &[choice], 1).await;
    }
    if poll.multiple && db::polls::add_choice(db, target.id, actor.id, choice).await? {
        return count(app, db, actor.id, &target, &[choice], 0).await;
    }
    Err(VoteError::Again)
}

/// The poll, if this person may vote in it now. Who votes in the same one waits until the transaction ends.
async fn open_poll(
    app: &App,
    db: &mut PgConnection,
    voter: AccountId,
    post: PostId,
) -> Result<(Target, Poll), VoteError> {
    let target = on_post::target(app, db, voter, post).await?;
    let poll = db::polls::lock(db, target.id).await?.ok_or(VoteError::NotFound)?;
    if poll.ended || poll.is_over(app.clock.now()) {
        return Err(VoteError::Ended);
    }
    if target.author.id == voter {
        return Err(VoteError::Own);
    }
    Ok((target, poll))
}

/// What somebody chose, each thing once.
fn chosen(poll: &Poll, choices: &[i16]) -> Result<Vec<i16>, VoteError> {
    let mut chosen = choices.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    let exists = |choice: &i16| usize::try_from(*choice).is_ok_and(|place| place < poll.options.len());
    if chosen.is_empty() || !chosen.iter().all(exists) {
        return Err(VoteError::NoSuchOption);
    }
    if chosen.len() > 1 && !poll.multiple {
        return Err(VoteError::TooMany);
    }
    Ok(chosen)
}

async fn count(
    app: &App,
    db: &mut PgConnection,
    voter: AccountId,
    target: &Target,
    choices: &[i16],
    voters: i32,
) -> Result<(), VoteError> {
    let tell_at = target.author.is_local().then(|| app.clock.now() + TELL_AFTER);
    db::polls::count(db, target.id, choices, voters, tell_at).await?;
    db::reactions::set_flag(db, voter, target.id, Flag::Voted).await?;
    db::posts::touch(db, target.id).await?;
    Ok(())
}

/// Tells the poll's author, and nobody else.
async fn send(
    app: &App,
    db: &mut PgConnection,
    voter: &Account,
    target: &Target,
    poll: &Poll,
    choice: i16,
) -> Result<(), VoteError> {
    let option = usize::try_from(choice)
        .ok()
        .and_then(|place| poll.options.get(place));
    let option = option.ok_or(VoteError::NoSuchOption)?;
    let id = format!("{}#votes/{}-{choice}", voter.uri, target.id);
    let vote = Activity {
        body: activity::vote(voter, &id, &target.uri, option, &target.author.uri),
        post: None,
        lasting: false,
    };
    letters::send(app, db, voter.id, &vote, Recipients::one(target.author.id)).await?;
    Ok(())
}
