//! The one move of all pictures from a place to another. Knows the places by name and sealed, and copies nothing.

use sqlx::PgConnection;

use crate::domain::clock::Time;

/// Who holds it copies, and nobody else.
const COPYING: i64 = 0x6d65_6469_615f_6d76;

#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::Type)]
#[repr(i16)]
pub enum State {
    /// The source has everything.
    Copying = 0,
    /// So has the destination.
    Switched = 1,
    /// Nobody uses the source any more, and its files go.
    Leaving = 2,
    /// Nothing is left there.
    Done = 3,
}

#[derive(Clone, Debug)]
pub struct Move {
    pub source: Vec<u8>,
    pub destination: Vec<u8>,
    pub state: State,
    pub since: Time,
    pub keep_days: i32,
}

/// A place as it is written down.
#[derive(Clone, Debug)]
pub struct Noted {
    pub sealed: Vec<u8>,
    pub name: String,
}

pub async fn find(db: &mut PgConnection) -> sqlx::Result<Option<Move>> {
    sqlx::query_as!(
        Move,
        r#"select source, destination, state as "state: State", since, keep_days from media_move"#
    )
    .fetch_optional(db)
    .await
}

/// False: another is under way.
pub async fn begin(
    db: &mut PgConnection,
    source: &Noted,
    destination: &Noted,
    keep_days: i32,
    now: Time,
) -> sqlx::Result<bool> {
    let begun = sqlx::query!(
        "insert into media_move (source, source_name, destination, destination_name, state, since, keep_days)
         values ($1, $2, $3, $4, 0, $5, $6)
         on conflict (one) do update
         set source = excluded.source, source_name = excluded.source_name, destination = excluded.destination,
             destination_name = excluded.destination_name, state = 0, since = excluded.since,
             keep_days = excluded.keep_days
         where media_move.state = 3",
        source.sealed,
        source.name,
        destination.sealed,
        destination.name,
        now,
        keep_days
    )
    .execute(db)
    .await?;
    Ok(begun.rows_affected() > 0)
}

/// What opens the destination, and how long former files are kept, said anew while it is copied to.
pub async fn renew(db: &mut PgConnection, destination: &Noted, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "update media_move set destination = $1, since = $3 where destination_name = $2 and state = 0",
        destination.sealed,
        destination.name,
        now
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn keep(db: &mut PgConnection, days: i32) -> sqlx::Result<()> {
    sqlx::query!("update media_move set keep_days = $1 where state < 2", days)
        .execute(db)
        .await?;
    Ok(())
}

/// False: it was not in that state.
pub async fn advance(db: &mut PgConnection, from: State, to: State, now: Time) -> sqlx::Result<bool> {
    let advanced = sqlx::query!(
        "update media_move set state = $2, since = $3 where state = $1",
        from as i16,
        to as i16,
        now
    )
    .execute(db)
    .await?;
    Ok(advanced.rows_affected() > 0)
}

/// False: it was not in that state.
pub async fn forget(db: &mut PgConnection, state: State) -> sqlx::Result<bool> {
    let gone = sqlx::query!("delete from media_move where state = $1", state as i16)
        .execute(db)
        .await?;
    Ok(gone.rows_affected() > 0)
}

/// Whether this connection is the one that may copy, until it says otherwise or is closed.
pub async fn alone(db: &mut PgConnection) -> sqlx::Result<bool> {
    let locked = sqlx::query_scalar!(r#"select pg_try_advisory_lock($1) as "locked!""#, COPYING);
    locked.fetch_one(db).await
}

/// Lets another copy.
pub async fn not_alone(db: &mut PgConnection) -> sqlx::Result<()> {
    sqlx::query_scalar!(r#"select pg_advisory_unlock($1) as "unlocked!""#, COPYING)
        .fetch_one(db)
        .await?;
    Ok(())
}
