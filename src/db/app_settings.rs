//! What Pixelfed's app keeps for people. Shown to nobody else.

use sqlx::PgConnection;
use sqlx::types::Json;

use crate::domain::app_settings::AppSettings;
use crate::domain::clock::Time;
use crate::domain::ids::AccountId;

/// With when they were set; none when they never were.
pub async fn of(db: &mut PgConnection, account: AccountId) -> sqlx::Result<Option<(AppSettings, Time)>> {
    let row = sqlx::query!(
        r#"select app_settings as "settings!: Json<AppSettings>", app_settings_at as "at!"
           from users where account_id = $1 and app_settings is not null and app_settings_at is not null"#,
        account.0,
    )
    .fetch_optional(db)
    .await?;
    Ok(row.map(|row| (row.settings.0, row.at)))
}

pub async fn set(
    db: &mut PgConnection,
    account: AccountId,
    settings: &AppSettings,
    now: Time,
) -> sqlx::Result<()> {
    sqlx::query!(
        "update users set app_settings = $2, app_settings_at = $3 where account_id = $1",
        account.0,
        Json(settings) as _,
        now,
    )
    .execute(db)
    .await?;
    Ok(())
}
