//! Hands an activity over for sending, in the transaction of the change that it tells of. Sends nothing itself.

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::work::{Recipients, Work};

/// An activity, ready to be sent as it is.
#[derive(Debug)]
pub struct Activity {
    pub body: String,
    /// The post that it is about, for "which servers have it".
    pub post: Option<PostId>,
    /// Delete or Undo: kept even for a host that seems dead.
    pub lasting: bool,
}

/// Writes the activity once, and that letters are to be made of it. Wake `Queue::Outbox` after the commit.
pub async fn send(
    app: &App,
    db: &mut PgConnection,
    sender: AccountId,
    activity: &Activity,
    to: Recipients,
) -> sqlx::Result<()> {
    let new = db::outgoing::NewOutgoing {
        sender,
        post: activity.post,
        lasting: activity.lasting,
        body: &activity.body,
        now: app.clock.now(),
    };
    let outgoing = db::outgoing::insert(db, &new).await?;
    db::outbox::add(db, &Work::Post { outgoing, to }).await
}
