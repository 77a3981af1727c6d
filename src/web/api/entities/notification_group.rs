//! The entities of grouped notifications: what many groups share (people, posts) is beside them once. A group whose subject
//! is gone is left out.

use std::collections::HashSet;

use serde::Serialize;
use serde_json::value::RawValue;
use sqlx::PgConnection;

use super::notification::{About, Subjects, group_key};
use super::{account, report, time};
use crate::app::App;
use crate::db::notification_groups::Group;
use crate::domain::ids::{AccountId, NotificationId, PostId};
use crate::domain::notification::Kind;
use crate::web::error::ApiResult;

/// How much of the people of a group is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expand {
    /// Everything of all who are named.
    Full,
    /// Everything of the newest, and of the others what is needed for a row of faces.
    Avatars,
}

#[derive(Debug, Serialize)]
pub struct Results<'a> {
    pub accounts: Vec<&'a account::Entity>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial_accounts: Option<Vec<Partial<'a>>>,
    pub statuses: Vec<&'a RawValue>,
    pub notification_groups: Vec<Entity<'a>>,
}

#[derive(Debug, Serialize)]
pub struct Partial<'a> {
    id: AccountId,
    acct: &'a str,
    url: &'a str,
    avatar: &'a str,
    avatar_static: &'a str,
    locked: bool,
    bot: bool,
}

#[derive(Debug, Serialize)]
pub struct Entity<'a> {
    group_key: String,
    notifications_count: i64,
    #[serde(rename = "type")]
    kind: &'static str,
    /// A text, although some servers give a number: strict clients read nothing else.
    most_recent_notification_id: NotificationId,
    page_min_id: NotificationId,
    page_max_id: NotificationId,
    latest_page_notification_at: String,
    sample_account_ids: Vec<AccountId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status_id: Option<PostId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<report::Entity<'a>>,
}

pub async fn gather(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    groups: &[Group],
) -> ApiResult<Subjects> {
    let about = About {
        people: groups.iter().flat_map(|group| group.from_ids.clone()).collect(),
        posts: groups.iter().filter_map(|group| group.post_id).collect(),
        reports: groups.iter().filter_map(|group| group.report_id).collect(),
    };
    Subjects::of(app, db, viewer, about).await
}

/// Whether there is an entity of it: nobody and nothing that it needs is gone, or left out by a filter of the viewer's.
pub fn is_shown(subjects: &Subjects, group: &Group) -> bool {
    entity(subjects, group).is_some()
}

pub fn results<'a>(subjects: &'a Subjects, groups: &[Group], expand: Expand) -> Results<'a> {
    let mut results = Results {
        accounts: Vec::new(),
        partial_accounts: (expand == Expand::Avatars).then(Vec::new),
        statuses: Vec::new(),
        notification_groups: Vec::new(),
    };
    let mut named = HashSet::new();
    let mut shown = HashSet::new();
    let mut others = Vec::new();
    for group in groups {
        let Some((entity, status)) = entity(subjects, group) else {
            continue;
        };
        let whole = match expand {
            Expand::Full => entity.sample_account_ids.len(),
            Expand::Avatars => 1,
        };
        let (first, rest) = entity.sample_account_ids.split_at(whole);
        let new = first.iter().filter(|id| named.insert(**id));
        results
            .accounts
            .extend(new.filter_map(|id| subjects.account(*id)));
        others.extend_from_slice(rest);
        if let (Some(id), Some(status)) = (group.post_id, status)
            && shown.insert(id)
        {
            results.statuses.push(status);
        }
        results.notification_groups.push(entity);
    }
    if let Some(partial) = &mut results.partial_accounts {
        let new = others.into_iter().filter(|id| named.insert(*id));
        partial.extend(new.filter_map(|id| subjects.account(id)).map(face));
    }
    results
}

/// With the post that it is about. None when whom or what it is about is gone.
fn entity<'a>(subjects: &'a Subjects, group: &Group) -> Option<(Entity<'a>, Option<&'a RawValue>)> {
    let kind = Kind::from_stored(group.kind)?;
    let status = subjects.status(kind, group.post_id)?;
    let people = group.from_ids.iter().copied();
    let people: Vec<AccountId> = people.filter(|id| subjects.account(*id).is_some()).collect();
    let entity = Entity {
        group_key: group_key(group.key.as_deref(), group.newest),
        notifications_count: group.count,
        kind: kind.as_str(),
        most_recent_notification_id: group.newest,
        page_min_id: group.oldest,
        page_max_id: group.newest,
        latest_page_notification_at: time(group.created_at),
        sample_account_ids: people,
        status_id: group.post_id,
        report: subjects.report(kind, group.report_id)?,
    };
    (!entity.sample_account_ids.is_empty()).then_some((entity, status))
}

fn face(account: &account::Entity) -> Partial<'_> {
    Partial {
        id: account.id,
        acct: &account.acct,
        url: &account.url,
        avatar: &account.avatar,
        avatar_static: &account.avatar_static,
        locked: account.locked,
        bot: account.bot,
    }
}
