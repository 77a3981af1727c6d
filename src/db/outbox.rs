//! Work that a change causes, written with it. Never done here.

use sqlx::types::Json;
use sqlx::{PgConnection, PgPool};

use super::planner;
use crate::domain::work::Work;

pub async fn add(db: &mut PgConnection, work: &Work) -> sqlx::Result<()> {
    sqlx::query!("insert into outbox (work) values ($1)", Json(work) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// The oldest work, with its ids: it is gone when the transaction commits. Only for the one dispatcher.
pub async fn take(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<(i64, Json<Work>)>> {
    planner::by_indexes_only(db).await?;
    let rows = sqlx::query!(
        r#"delete from outbox where id = any (array(select id from outbox order by id limit $1))
           returning id, work as "work: Json<Work>""#,
        most,
    )
    .fetch_all(&mut *db)
    .await?;
    planner::by_any_way(db).await?;
    let mut taken: Vec<_> = rows.into_iter().map(|row| (row.id, row.work)).collect();
    taken.sort_by_key(|(id, _)| *id);
    Ok(taken)
}

/// Whether this transaction is now the only dispatcher.
pub async fn lock_dispatch(db: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(7201) as "locked!""#)
        .fetch_one(db)
        .await
}

pub async fn take_one(db: &mut PgConnection, id: i64) -> sqlx::Result<Vec<(i64, Json<Work>)>> {
    let row = sqlx::query!(
        r#"delete from outbox where id = $1 returning id, work as "work: Json<Work>""#,
        id
    )
    .fetch_optional(db)
    .await?;
    Ok(row.into_iter().map(|row| (row.id, row.work)).collect())
}

/// Ids of the oldest work.
pub async fn waiting(db: &PgPool, most: i64) -> sqlx::Result<Vec<i64>> {
    sqlx::query_scalar!("select id from outbox order by id limit $1", most)
        .fetch_all(db)
        .await
}

/// Moves work that cannot be done out of the way, for an admin to see.
pub async fn put_aside(db: &PgPool, id: i64, error: &str) -> sqlx::Result<()> {
    sqlx::query!(
        "with gone as (delete from outbox where id = $1 returning id, work, created_at)
         insert into outbox_aside (id, work, error, created_at) select id, work, $2, created_at from gone",
        id,
        error,
    )
    .execute(db)
    .await?;
    Ok(())
}
