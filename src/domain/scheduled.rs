//! Posts that wait for their time. Says nothing of whether they may be published.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::audience::Audience;
use super::clock::Time;
use super::ids::{AccountId, AlbumId, AppId, MediaId, PostId, ScheduledId};
use super::place::Whereabouts;
use super::poll::Question;
use super::quote::Policy;

/// How far ahead at least.
pub const SOONEST: TimeDelta = TimeDelta::minutes(5);
/// Most of one person's that wait, and most of them for one day.
pub const MOST: i64 = 300;
pub const MOST_A_DAY: i64 = 25;

/// What is to be published, as it is stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    pub text: String,
    pub summary: String,
    pub sensitive: bool,
    pub language: Option<String>,
    pub audience: Audience,
    pub media: Vec<MediaId>,
    pub place: Option<Whereabouts>,
    pub albums: Vec<AlbumId>,
    pub poll: Option<PlannedPoll>,
    pub in_reply_to: Option<PostId>,
    /// What was planned before these two were known says nothing of them.
    #[serde(default)]
    pub quotes: Option<PostId>,
    #[serde(default)]
    pub quote_policy: Policy,
    pub comments_enabled: bool,
    pub app: Option<AppId>,
}

/// A poll that begins when its post is published.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlannedPoll {
    pub options: Vec<String>,
    pub multiple: bool,
    pub hides_totals: bool,
    pub seconds: i64,
}

impl From<&Question> for PlannedPoll {
    fn from(question: &Question) -> Self {
        Self {
            options: question.options.clone(),
            multiple: question.multiple,
            hides_totals: question.hides_totals,
            seconds: question.lasts.num_seconds(),
        }
    }
}

impl From<&PlannedPoll> for Question {
    fn from(planned: &PlannedPoll) -> Self {
        Self {
            options: planned.options.clone(),
            multiple: planned.multiple,
            hides_totals: planned.hides_totals,
            lasts: TimeDelta::try_seconds(planned.seconds).unwrap_or(TimeDelta::MAX),
        }
    }
}

/// One that waits.
#[derive(Clone, Debug)]
pub struct Scheduled {
    pub id: ScheduledId,
    pub account_id: AccountId,
    pub due_at: Time,
    pub draft: Planned,
    pub key: Option<String>,
}
