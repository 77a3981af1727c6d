//! The rules of this server, in their order. Says nothing of who broke one.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::clock::Time;
use crate::domain::ids::RuleId;
use crate::domain::rule::{Translations, Words};

#[derive(Clone, Debug)]
pub struct Rule {
    pub id: RuleId,
    pub text: String,
    pub hint: String,
    pub translations: Json<Translations>,
}

/// Those that count, in their order.
pub async fn all(db: &mut PgConnection) -> sqlx::Result<Vec<Rule>> {
    sqlx::query_as!(
        Rule,
        r#"select id as "id: RuleId", text, hint, translations as "translations: Json<Translations>"
           from server_rules where removed_at is null order by place, id"#,
    )
    .fetch_all(db)
    .await
}

/// The same, held until the transaction ends; who adds one waits as well.
pub async fn lock(db: &mut PgConnection) -> sqlx::Result<Vec<Rule>> {
    sqlx::query!("lock table server_rules in share row exclusive mode")
        .execute(&mut *db)
        .await?;
    all(db).await
}

/// Those of these ids, in their order, whether or not they still count.
pub async fn by_ids(db: &mut PgConnection, ids: &[RuleId]) -> sqlx::Result<Vec<Rule>> {
    sqlx::query_as!(
        Rule,
        r#"select id as "id: RuleId", text, hint, translations as "translations: Json<Translations>"
           from server_rules where id = any ($1) order by place, id"#,
        ids as &[RuleId],
    )
    .fetch_all(db)
    .await
}

/// Of these ids those of rules that count.
pub async fn counting(db: &mut PgConnection, ids: &[RuleId]) -> sqlx::Result<Vec<RuleId>> {
    sqlx::query_scalar!(
        r#"select id as "id: RuleId" from server_rules where id = any ($1) and removed_at is null order by place, id"#,
        ids as &[RuleId],
    )
    .fetch_all(db)
    .await
}

/// At the end.
pub async fn insert(db: &mut PgConnection, id: RuleId, words: &Words, now: Time) -> sqlx::Result<()> {
    sqlx::query!(
        "insert into server_rules (id, place, text, hint, created_at)
         values ($1, (select coalesce(max(place), 0) + 1 from server_rules where removed_at is null), $2, $3, $4)",
        id.0,
        words.text,
        words.hint,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn set(db: &mut PgConnection, rule: &Rule) -> sqlx::Result<()> {
    sqlx::query!(
        "update server_rules set text = $2, hint = $3, translations = $4 where id = $1",
        rule.id.0,
        rule.text,
        rule.hint,
        &rule.translations as _,
    )
    .execute(db)
    .await?;
    Ok(())
}

/// Puts them into this order.
pub async fn arrange(db: &mut PgConnection, ids: &[RuleId]) -> sqlx::Result<()> {
    sqlx::query!(
        "update server_rules r set place = n.place
         from unnest($1::bigint[]) with ordinality as n (id, place) where r.id = n.id",
        ids as &[RuleId],
    )
    .execute(db)
    .await?;
    Ok(())
}

pub async fn remove(db: &mut PgConnection, id: RuleId, now: Time) -> sqlx::Result<()> {
    sqlx::query!("update server_rules set removed_at = $2 where id = $1", id.0, now)
        .execute(db)
        .await?;
    Ok(())
}
