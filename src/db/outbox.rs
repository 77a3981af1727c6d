//! Work that a change causes, written with it. Never done here.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::work::Work;

pub async fn add(db: &mut PgConnection, work: &Work) -> sqlx::Result<()> {
    sqlx::query!("insert into outbox (work) values ($1)", Json(work) as _)
        .execute(db)
        .await?;
    Ok(())
}

/// The oldest work that nobody else has in hand, with its ids: it is gone when the transaction commits.
pub async fn take(db: &mut PgConnection, most: i64) -> sqlx::Result<Vec<(i64, Json<Work>)>> {
    let rows = sqlx::query!(
        r#"delete from outbox where id = any (array(
               select id from outbox order by id limit $1 for update skip locked))
           returning id, work as "work: Json<Work>""#,
        most,
    )
    .fetch_all(db)
    .await?;
    let mut taken: Vec<_> = rows.into_iter().map(|row| (row.id, row.work)).collect();
    taken.sort_by_key(|(id, _)| *id);
    Ok(taken)
}
