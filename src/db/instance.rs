//! Facts about this instance. The first one to write a fact is right.

use serde_json::Value;
use sqlx::PgConnection;

pub async fn fact(db: &mut PgConnection, key: &str) -> sqlx::Result<Option<Value>> {
    sqlx::query_scalar!("select value from instance where key = $1", key)
        .fetch_optional(db)
        .await
}

/// Writes the fact unless it is there already, and gives the one that counts.
pub async fn fact_or(db: &mut PgConnection, key: &str, value: &Value) -> sqlx::Result<Value> {
    sqlx::query_scalar!(
        "insert into instance (key, value) values ($1, $2)
         on conflict (key) do update set value = instance.value
         returning value",
        key,
        value,
    )
    .fetch_one(db)
    .await
}
