//! What becomes of a post's poll when the post is written or changed, by either door. Keeps votes as long as they mean what
//! they meant.

use sqlx::PgConnection;

use crate::db;
use crate::db::polls::NewPoll;
use crate::domain::clock::Time;
use crate::domain::ids::PostId;
use crate::domain::poll::{Poll, Question, RemotePoll};
use crate::domain::post::Post;

/// Its author here asks this from now on.
pub async fn asks(
    db: &mut PgConnection,
    post: PostId,
    before: Option<&Poll>,
    question: &Question,
    now: Time,
) -> sqlx::Result<()> {
    let same = before.filter(|poll| poll.asks_the_same(&question.options, question.multiple));
    if same.is_none() {
        db::polls::forget_votes(db, post).await?;
    }
    let none = vec![0; question.options.len()];
    let poll = NewPoll {
        options: &question.options,
        tallies: same.map_or(&none, |poll| &poll.tallies),
        voters: Some(same.and_then(|poll| poll.voters).unwrap_or(0)),
        multiple: question.multiple,
        hides_totals: question.hides_totals,
        expires_at: Some(now + question.lasts),
        ended: false,
        said_at: None,
    };
    db::polls::put(db, post, &poll).await
}

/// Its server says that it asks this from now on, which is not what it asked before.
pub async fn asks_elsewhere(
    db: &mut PgConnection,
    post: PostId,
    said: &RemotePoll,
    now: Time,
) -> sqlx::Result<()> {
    db::polls::forget_votes(db, post).await?;
    let poll = NewPoll {
        options: &said.options,
        tallies: &said.tallies,
        voters: said.voters,
        multiple: said.multiple,
        hides_totals: false,
        expires_at: said.expires_at,
        // What was over when it came is no news.
        ended: said.expires_at.is_some_and(|end| end <= now),
        said_at: Some(now),
    };
    db::polls::put(db, post, &poll).await
}

/// It asks nothing any more.
pub async fn falls_silent(db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    db::polls::forget_votes(db, post).await?;
    db::polls::remove(db, post).await
}

/// Takes over what its server says of a poll that asks what it asked before: numbers and end, which is no edit.
pub async fn counts_elsewhere(
    db: &mut PgConnection,
    before: &Post,
    said: Option<&RemotePoll>,
    now: Time,
) -> sqlx::Result<()> {
    let Some(said) = said.filter(|said| is_same(before, said)) else {
        return Ok(());
    };
    let numbers = (&said.tallies[..], said.voters);
    if db::polls::renew(db, before.id, numbers, said.expires_at, now).await? {
        db::posts::touch(db, before.id).await?;
    }
    Ok(())
}

/// An edit elsewhere: the poll is another, new or gone.
pub async fn changes_elsewhere(
    db: &mut PgConnection,
    before: &Post,
    said: Option<&RemotePoll>,
    now: Time,
) -> sqlx::Result<()> {
    match said {
        Some(said) if is_same(before, said) => Ok(()),
        Some(said) => asks_elsewhere(db, before.id, said, now).await,
        None if before.poll.is_some() => falls_silent(db, before.id).await,
        None => Ok(()),
    }
}

fn is_same(before: &Post, said: &RemotePoll) -> bool {
    let poll = before.poll.as_ref();
    poll.is_some_and(|poll| poll.asks_the_same(&said.options, said.multiple))
}

/// Whether a post asks after an edit what it asked before.
pub fn asks_the_same(before: &Post, said: Option<&RemotePoll>) -> bool {
    said.map_or(before.poll.is_none(), |said| is_same(before, said))
}
