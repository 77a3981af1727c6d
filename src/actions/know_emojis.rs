//! Getting to know emojis of other servers, as they come with posts and profiles. Fetches no picture: that waits until
//! somebody looks at one.

use chrono::TimeDelta;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::remote_emojis::New;
use crate::domain::emoji::{Emoji, RemoteEmoji};
use crate::domain::ids::{HostId, MediaId};
use crate::domain::random;
use crate::media::MediaKey;

/// Emojis of one server; those beyond are shown by their names.
const MOST: usize = 5_000;
/// How long an emoji keeps its picture at least, whatever its server says: each other one is a row.
const SETTLED: TimeDelta = TimeDelta::hours(1);

/// The emojis as they are kept beside a text, those known that can be shown. Runs inside the caller's transaction.
pub async fn know(
    app: &App,
    db: &mut PgConnection,
    host: HostId,
    said: &[RemoteEmoji],
) -> sqlx::Result<Vec<Emoji>> {
    if said.is_empty() {
        return Ok(Vec::new());
    }
    let shortcodes: Vec<String> = said.iter().map(|one| one.shortcode.clone()).collect();
    let known = db::remote_emojis::by_shortcodes(db, host, &shortcodes).await?;
    let now = app.clock.now();
    let is_new = |one: &&RemoteEmoji| {
        let known = known.iter().find(|known| known.shortcode == one.shortcode);
        known.is_none_or(|known| known.url != one.url && now - known.updated_at > SETTLED)
    };
    let mut new: Vec<New<'_>> = said.iter().filter(is_new).map(|one| fresh(app, one)).collect();
    if !new.is_empty() {
        let most = i64::try_from(MOST).unwrap_or(i64::MAX);
        let met = usize::try_from(db::remote_emojis::count(db, host, most).await?).unwrap_or(MOST);
        new.truncate(MOST - met.min(MOST));
    }
    if !new.is_empty() {
        db::remote_emojis::put(db, host, &app.urls.instance_actor(), &new, now).await?;
    }
    let key = |shortcode: &str| {
        let new = new.iter().find(|new| new.shortcode == shortcode);
        let known = known.iter().find(|known| known.shortcode == shortcode);
        new.map(|new| &new.key).or(known.map(|known| &known.key)).cloned()
    };
    let kept = shortcodes.iter().filter_map(|shortcode| {
        Some(Emoji {
            key: key(shortcode)?,
            shortcode: shortcode.clone(),
            file: None,
        })
    });
    Ok(kept.collect())
}

fn fresh<'a>(app: &App, said: &'a RemoteEmoji) -> New<'a> {
    New {
        media: MediaId(app.ids.next()),
        shortcode: &said.shortcode,
        key: app.store.key_of_copy(MediaKey::new(random::bytes())).to_string(),
        url: &said.url,
    }
}
