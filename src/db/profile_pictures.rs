//! What the pictures of profiles show, in words. Knows nothing of the pictures themselves.

use sqlx::PgConnection;

use crate::domain::ids::AccountId;

/// Of the avatar and of the header; empty where there is none, or no word about it.
#[derive(Clone, Debug, Default)]
pub struct Described {
    pub avatar: String,
    pub header: String,
}

pub async fn described(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Described> {
    sqlx::query_as!(
        Described,
        r#"select coalesce((select description from media where id = a.avatar_id), '') as "avatar!",
               coalesce((select description from media where id = a.header_id), '') as "header!"
           from accounts a where a.id = $1"#,
        account.0,
    )
    .fetch_one(db)
    .await
}

/// Says what the pictures that a profile has now show; `None` stays.
pub async fn describe(
    db: &mut PgConnection,
    account: AccountId,
    avatar: Option<&str>,
    header: Option<&str>,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update media m
         set description = coalesce(case m.id when a.avatar_id then $2 else $3 end, m.description)
         from accounts a where a.id = $1 and m.id in (a.avatar_id, a.header_id)",
        account.0,
        avatar,
        header,
    )
    .execute(db)
    .await?;
    Ok(())
}
