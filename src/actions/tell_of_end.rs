//! Tells connected clients that a post goes, with its reposts: called just before it does, while it is known where they are
//! shown. What goes with a whole account is not told one by one.

use sqlx::PgConnection;

use crate::db;
use crate::domain::ids::PostId;
use crate::domain::live::Event;
use crate::domain::work::Work;

/// Reposts of one post whose end is told of, the newest.
const MOST_REPOSTS: i64 = 200;

pub async fn tell(db: &mut PgConnection, post: PostId) -> sqlx::Result<()> {
    let mut going = vec![post];
    going.extend(db::live::reposts(db, post, MOST_REPOSTS).await?);
    let places = db::live::places(db, &going).await?.into_iter();
    let events: Vec<Event> = places
        .map(|(post, places)| Event::Ended { post, places })
        .collect();
    match events.is_empty() {
        true => Ok(()),
        false => db::outbox::add(db, &Work::Tell { events }).await,
    }
}
