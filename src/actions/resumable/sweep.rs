//! What is left of uploads that nobody goes on with. Leaves alone what somebody is writing.

use chrono::TimeDelta;

use super::ResumableError;
use crate::app::App;
use crate::db;

/// How long an upload that was given up is said to be gone, not unknown.
const REMEMBERED: TimeDelta = TimeDelta::days(7);
const BATCH: i64 = 1_000;

/// Removes the files that no upload needs any more, whyever, and forgets what was given up a week ago.
pub async fn sweep(app: &App) -> Result<(), ResumableError> {
    let now = app.clock.now();
    let keys = app.staging.keys().await?;
    let names: Vec<String> = keys.iter().map(ToString::to_string).collect();
    let mut db = app.db.acquire().await?;
    db::resumable_uploads::forget(&mut db, now - REMEMBERED, BATCH).await?;
    let wanted = match names.is_empty() {
        true => Vec::new(),
        false => db::resumable_uploads::wanted(&mut db, &names, now).await?,
    };
    drop(db);
    for (key, name) in keys.iter().zip(&names) {
        if !wanted.contains(name) {
            app.staging.remove(key).await?;
        }
    }
    Ok(())
}
