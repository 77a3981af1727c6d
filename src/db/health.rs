//! Questions of those who watch the server.

use sqlx::PgPool;

pub async fn answers(db: &PgPool) -> sqlx::Result<()> {
    sqlx::query!("select 1 as one").fetch_one(db).await.map(drop)
}

/// How much waits in each queue; counted up to 100,000, since whoever asks often should cost little.
pub async fn queues(db: &PgPool) -> sqlx::Result<Vec<(String, i64)>> {
    let rows = sqlx::query!(
        r#"select 'outbox' as "name!", (select count(*) from (select 1 from outbox limit 100000) x) as "length!"
           union all select 'outbox_aside', (select count(*) from (select 1 from outbox_aside limit 100000) x)
           union all select 'received', (select count(*) from (select 1 from received limit 100000) x)
           union all select 'featured', (select count(*) from (
               select 1 from accounts where featured_due_at is not null limit 100000) x)
           union all select 'follower_statements', (select count(*) from (
               select 1 from follower_statements where due_at is not null limit 100000) x)
           union all select 'pushes', (select count(*) from (select 1 from pushes limit 100000) x)
           union all select 'mails', (select count(*) from (select 1 from mails limit 100000) x)
           union all select 'imports', (select count(*) from (select 1 from imports limit 100000) x)
           union all select 'letters_hosts', (select count(*) from host_queues where cursor < last)
           union all select 'letters_aside', (select count(*) from (select 1 from letters_aside limit 100000) x)
           union all select 'media', (select count(*) from (select 1 from media where state = 0 limit 100000) x)"#,
    )
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.length)).collect())
}
