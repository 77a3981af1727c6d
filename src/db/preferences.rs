//! What people here set for their own posts and programs. Shown to nobody else.

use sqlx::PgConnection;

use crate::domain::audience::Audience;
use crate::domain::ids::AccountId;
use crate::domain::quote::Policy;

#[derive(Clone, Debug)]
pub struct Preferences {
    pub audience: Audience,
    pub sensitive: bool,
    pub language: Option<String>,
    pub quote_policy: Policy,
    /// What others may have beside the pictures: the uploads, and how they were taken.
    pub offer_originals: bool,
    pub show_camera: bool,
    /// 0 member, 1 moderator, 2 admin, 3 owner.
    pub role: i16,
}

pub async fn of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<Preferences>> {
    sqlx::query_as!(
        Preferences,
        r#"select default_audience as "audience: Audience", default_sensitive as sensitive,
               default_language as language, default_quote_policy as "quote_policy: Policy",
               default_offer_originals as offer_originals, default_show_camera as show_camera, role
           from users where account_id = $1"#,
        account.0,
    )
    .fetch_optional(db)
    .await
}

/// What is to be changed; absent means unchanged.
#[derive(Clone, Debug, Default)]
pub struct PreferenceChange {
    pub audience: Option<Audience>,
    pub sensitive: Option<bool>,
    /// An inner none: no language by default.
    pub language: Option<Option<String>>,
    pub quote_policy: Option<Policy>,
    pub offer_originals: Option<bool>,
    pub show_camera: Option<bool>,
}

pub async fn change(
    db: &mut PgConnection,
    account: AccountId,
    change: &PreferenceChange,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set
             default_audience = coalesce($2, default_audience),
             default_sensitive = coalesce($3, default_sensitive),
             default_language = case when $4 then $5 else default_language end,
             default_quote_policy = coalesce($6, default_quote_policy),
             default_offer_originals = coalesce($7, default_offer_originals),
             default_show_camera = coalesce($8, default_show_camera)
         where account_id = $1",
        account.0,
        change.audience.map(|audience| audience as i16),
        change.sensitive,
        change.language.is_some(),
        change.language.clone().flatten(),
        change.quote_policy as Option<Policy>,
        change.offer_originals,
        change.show_camera,
    )
    .execute(db)
    .await?;
    Ok(())
}
