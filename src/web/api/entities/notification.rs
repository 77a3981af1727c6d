//! The Notification entity. One about a post has it, or is left out: never null, never without.

use std::collections::HashMap;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::{account, people, report, status, time};
use crate::app::App;
use crate::db;
use crate::db::notification_lists::Notification;
use crate::db::reports::Report;
use crate::domain::filter::Context;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::web::error::ApiResult;

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    pub id: NotificationId,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub created_at: String,
    pub group_key: String,
    pub account: &'a account::Entity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<&'a RawValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<report::Entity<'a>>,
    /// Set aside by the viewer's policy.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub filtered: bool,
    /// What a like from elsewhere was given with, as Pleroma names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub emoji_url: Option<&'a str>,
}

/// The name of a group; of one that stands alone, its own.
pub fn group_key(key: Option<&str>, id: NotificationId) -> String {
    key.map_or_else(|| format!("{ALONE}{id}"), str::to_owned)
}

/// What names of groups of one begin with.
pub const ALONE: &str = "ungrouped-";

/// Ids of what a page of notifications is about.
#[derive(Debug, Default)]
pub struct About {
    pub people: Vec<AccountId>,
    pub posts: Vec<PostId>,
    pub reports: Vec<i64>,
}

/// What notifications of one page are about.
#[derive(Debug)]
pub struct Subjects {
    accounts: HashMap<AccountId, account::Entity>,
    statuses: HashMap<PostId, Box<RawValue>>,
    reports: HashMap<i64, Report>,
    reactions: HashMap<(AccountId, PostId), Shown>,
}

/// An emoji as clients show it.
#[derive(Debug)]
struct Shown {
    name: String,
    url: Option<String>,
}

impl Subjects {
    pub async fn gather(
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        page: &[Notification],
    ) -> ApiResult<Self> {
        let about = About {
            people: page.iter().map(|one| one.from_id).collect(),
            posts: page.iter().filter_map(|one| one.post_id).collect(),
            reports: page.iter().filter_map(|one| one.report_id).collect(),
        };
        let mut subjects = Self::of(app, db, viewer, about).await?;
        subjects.reactions = reactions(app, db, page).await?;
        Ok(subjects)
    }

    pub async fn of(
        app: &App,
        db: &mut PgConnection,
        viewer: AccountId,
        mut about: About,
    ) -> ApiResult<Self> {
        let reports = match about.reports.len() {
            0 => Vec::new(),
            _ => db::reports::by_ids(db, &about.reports).await?,
        };
        about.people.extend(reports.iter().map(|report| report.account));
        about.people.sort_unstable();
        about.people.dedup();
        about.posts.sort_unstable();
        about.posts.dedup();
        let accounts = people::many(app, db, &about.people).await?;
        let mut statuses = status::many(app, db, viewer, &about.posts).await?;
        statuses.retain(|status| !status.hidden_in.has(Context::Notifications));
        Ok(Self {
            accounts: accounts.into_iter().map(|one| (one.id, one)).collect(),
            statuses: statuses
                .into_iter()
                .map(|one| (one.card.id, one.into_json()))
                .collect(),
            reports: reports.into_iter().map(|one| (one.id, one)).collect(),
            reactions: HashMap::new(),
        })
    }

    /// None when whom or what it is about is gone, or left out by a filter of the viewer's.
    pub fn entity(&self, one: &Notification) -> Option<Entity<'_>> {
        let kind = Kind::from_stored(one.kind)?;
        let like = one.post_id.filter(|_| kind == Kind::Like);
        let reaction = like.and_then(|post| self.reactions.get(&(one.from_id, post)));
        Some(Entity {
            id: one.id,
            kind: kind.as_str(),
            created_at: time(one.created_at),
            group_key: group_key(one.group_key.as_deref(), one.id),
            account: self.account(one.from_id)?,
            status: self.status(kind, one.post_id)?,
            report: self.report(kind, one.report_id)?,
            filtered: one.filtered,
            emoji: reaction.map(|reaction| reaction.name.as_str()),
            emoji_url: reaction.and_then(|reaction| reaction.url.as_deref()),
        })
    }

    pub fn account(&self, id: AccountId) -> Option<&account::Entity> {
        self.accounts.get(&id)
    }

    /// None where one of this kind has a post, and it is gone.
    pub fn status(&self, kind: Kind, post: Option<PostId>) -> Option<Option<&RawValue>> {
        match post {
            Some(post) => Some(Some(&**self.statuses.get(&post)?)),
            None if needs_status(kind) => None,
            None => Some(None),
        }
    }

    /// None where one of this kind has a report, and it is gone.
    pub fn report(&self, kind: Kind, report: Option<i64>) -> Option<Option<report::Entity<'_>>> {
        if kind != Kind::Reported {
            return Some(None);
        }
        let report = self.reports.get(&report?)?;
        Some(Some(report::entity(report, self.account(report.account)?)))
    }
}

/// With which emojis the likes of a page were given.
async fn reactions(
    app: &App,
    db: &mut PgConnection,
    page: &[Notification],
) -> sqlx::Result<HashMap<(AccountId, PostId), Shown>> {
    let likes = page.iter().filter(|one| one.kind == Kind::Like as i16);
    let likes: Vec<_> = likes
        .filter_map(|one| Some((one.from_id, one.post_id?)))
        .collect();
    let given = db::emoji_reactions::of(db, &likes).await?;
    let shown = given.into_iter().map(|(from, post, reaction)| {
        let url = reaction.picture.map(|picture| picture.url(&app.urls));
        (
            (from, post),
            Shown {
                name: reaction.name,
                url,
            },
        )
    });
    Ok(shown.collect())
}

fn needs_status(kind: Kind) -> bool {
    match kind {
        Kind::Follow | Kind::FollowRequest | Kind::SignedUp | Kind::Reported => false,
        Kind::Mention
        | Kind::Like
        | Kind::Repost
        | Kind::Posted
        | Kind::Edited
        | Kind::PollEnded
        | Kind::Quoted
        | Kind::QuotedEdited => true,
    }
}
