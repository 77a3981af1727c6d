//! Tags with what the viewer has to do with them and how much each was used in the last week. Never says by whom.

use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;
use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::tags::{Tag, Use};
use crate::domain::ids::{AccountId, Ids, TagId};
use crate::domain::span;

/// Days of history, today with them.
pub const DAYS: u64 = 7;
const SECONDS: i64 = 86_400;
/// Of each tag at most so many posts are counted.
const MOST_COUNTED: i64 = 5_000;

#[derive(Clone, Debug, Serialize)]
pub struct Entity {
    id: String,
    name: String,
    url: String,
    /// Newest day first.
    history: Vec<Day>,
    following: bool,
    featuring: bool,
}

/// Numbers are text: so Mastodon has it.
#[derive(Clone, Debug, Serialize)]
pub struct Day {
    /// Its first second, since 1970.
    day: String,
    accounts: String,
    uses: String,
}

impl Day {
    pub fn of(day: NaiveDate, accounts: i64, uses: i64) -> Self {
        Self {
            day: span::midnight(day).timestamp().to_string(),
            accounts: accounts.to_string(),
            uses: uses.to_string(),
        }
    }
}

/// Tags by their names, in that order; also those that nobody has used.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    names: &[String],
) -> sqlx::Result<Vec<Entity>> {
    if names.is_empty() {
        return Ok(Vec::new());
    }
    let now = app.clock.now();
    let today = now.timestamp().div_euclid(SECONDS);
    let midnight = now - TimeDelta::milliseconds(now.timestamp_millis().rem_euclid(SECONDS * 1_000));
    let first = midnight - TimeDelta::days(DAYS as i64 - 1);
    let tags = db::tags::met_by(db, viewer, names).await?;
    let ids: Vec<TagId> = tags.iter().filter_map(|tag| tag.id).collect();
    let uses = db::tags::uses(db, &ids, Ids::floor_of(first), MOST_COUNTED).await?;
    Ok(tags
        .into_iter()
        .map(|tag| entity(app, tag, &uses, today))
        .collect())
}

/// The tag of that name.
pub async fn one(app: &App, db: &mut PgConnection, viewer: AccountId, name: &str) -> sqlx::Result<Entity> {
    let mut found = many(app, db, viewer, &[name.to_owned()]).await?;
    Ok(found.pop().expect("one name gives one tag"))
}

fn entity(app: &App, tag: Tag, uses: &[Use], today: i64) -> Entity {
    let days = (0..DAYS as i64).map(|back| day(tag.id, today - back, uses));
    Entity {
        // Nobody has used it yet: then it has a name alone.
        id: tag.id.map_or_else(|| tag.name.clone(), |id| id.to_string()),
        url: app.urls.tag_page(&tag.name),
        history: days.collect(),
        name: tag.display_name.unwrap_or(tag.name),
        following: tag.following,
        featuring: tag.featuring,
    }
}

fn day(tag: Option<TagId>, day: i64, uses: &[Use]) -> Day {
    let used = uses.iter().find(|used| Some(used.tag) == tag && used.day == day);
    Day {
        day: (day * SECONDS).to_string(),
        accounts: used.map_or(0, |used| used.accounts).to_string(),
        uses: used.map_or(0, |used| used.posts).to_string(),
    }
}
