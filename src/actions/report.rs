//! Reports about people, here and elsewhere. Never tells the reported, and believes nothing: a moderator reads them.

use sqlx::PgConnection;
use url::Url;

use super::letters::{self, Activity};
use super::parties::{self, PartyError};
use super::tell_moderators;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::reports::NewReport;
use crate::domain::account::Account;
use crate::domain::html;
use crate::domain::ids::{AccountId, PostId, RuleId};
use crate::domain::report::Category;
use crate::domain::urls::Local;
use crate::domain::work::Recipients;
use crate::translate::activity;

/// Most characters of a reason that are kept of a peer's, and most posts.
const LONGEST: usize = 5_000;
const MOST_POSTS: usize = 100;
/// Most characters that somebody here may give as a reason.
pub const LONGEST_COMMENT: usize = 1_000;
/// Pixelfed refuses reports of more posts than these.
const MOST_FORWARDED: i64 = 30;
/// Reports of one server that may be open at a time: moderators are people. Further ones are refused until some are done.
const MOST_OPEN: i64 = 100;

/// What somebody here reports.
#[derive(Clone, Debug)]
pub struct Complaint {
    pub account: AccountId,
    /// What of it is not the account's, or not for the reporter to see, is left out.
    pub posts: Vec<PostId>,
    pub category: Category,
    /// Rules of this server that are broken: it is a violation then, whatever else is said.
    pub rules: Vec<RuleId>,
    pub comment: String,
    /// Whether the server of the account is to hear of it; not from whom it is.
    pub forward: bool,
}

#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    #[error("Record not found")]
    NotFound,
    #[error("You cannot report yourself")]
    Oneself,
    #[error("Comment is too long (maximum is {LONGEST_COMMENT} characters)")]
    TooLong,
    #[error("Rule ids does not reference valid rules")]
    NoSuchRule,
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl From<PartyError> for ReportError {
    fn from(error: PartyError) -> Self {
        match error {
            PartyError::NotFound => Self::NotFound,
            PartyError::Database(error) => Self::Database(error),
        }
    }
}

/// Somebody here reports somebody. Gives the report's id.
pub async fn local(app: &App, reporter: AccountId, complaint: &Complaint) -> Result<i64, ReportError> {
    if complaint.comment.chars().count() > LONGEST_COMMENT {
        return Err(ReportError::TooLong);
    }
    let mut tx = app.db.begin().await?;
    let (category, rules) = why(&mut tx, complaint).await?;
    let (reporter, account) = parties::both(&mut tx, reporter, complaint.account).await?;
    if !account.is_active() {
        return Err(ReportError::NotFound);
    }
    if reporter.id == account.id {
        return Err(ReportError::Oneself);
    }
    let named = &complaint.posts[..complaint.posts.len().min(MOST_POSTS)];
    let posts = db::posts::addressed(&mut tx, reporter.id, named).await?;
    let posts: Vec<PostId> = posts.into_iter().map(|(post, _)| post).collect();
    let new = NewReport {
        id: app.ids.next(),
        reporter: reporter.id,
        account: account.id,
        posts: &posts,
        category,
        rules: &rules,
        reason: &complaint.comment,
        forwarded: complaint.forward && !account.is_local(),
        now: app.clock.now(),
    };
    record(app, &mut tx, &new).await?;
    if new.forwarded {
        forward(app, &mut tx, &account, &new).await?;
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(new.id)
}

/// Who says that rules are broken says which, and only ones that count.
async fn why(db: &mut PgConnection, complaint: &Complaint) -> Result<(Category, Vec<RuleId>), ReportError> {
    let mut named = complaint.rules.clone();
    named.sort_unstable();
    named.dedup();
    if named.is_empty() {
        return match complaint.category {
            Category::Violation => Err(ReportError::NoSuchRule),
            other => Ok((other, named)),
        };
    }
    let counting = db::rules::counting(db, &named).await?;
    match counting.len() == named.len() {
        true => Ok((Category::Violation, counting)),
        false => Err(ReportError::NoSuchRule),
    }
}

/// A peer reports somebody here, with some of their posts. The first of ours who is named is the one whom it is about. Who
/// complains is mostly hidden behind their server, so a post counts that anybody there may see: a report opens it to moderators.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    objects: &[Url],
    content: &str,
) -> sqlx::Result<()> {
    let Some(host) = actor.host_id else {
        return Ok(());
    };
    if db::policies::rejects_reports(db, host).await? {
        return Ok(());
    }
    let named: Vec<Local> = objects
        .iter()
        .filter_map(|object| app.urls.parse_local(object.as_str()))
        .collect();
    let Some(Local::Account { username } | Local::Post { username, .. }) = named.first() else {
        return Ok(());
    };
    let Some(account) = db::accounts::local_id(db, username).await? else {
        return Ok(());
    };
    let posts: Vec<PostId> = named
        .iter()
        .filter_map(|local| match local {
            Local::Post { id, .. } => Some(*id),
            Local::Account { .. } => None,
        })
        .take(MOST_POSTS)
        .collect();
    if !has_room(db, actor).await? {
        return Ok(());
    }
    let posts = db::posts::addressed_at(db, host, &posts).await?;
    let reason: String = html::plain(content).chars().take(LONGEST).collect();
    let new = NewReport {
        id: app.ids.next(),
        reporter: actor.id,
        account,
        posts: &posts,
        // Peers give no reason but in words.
        category: Category::Other,
        rules: &[],
        reason: &reason,
        forwarded: false,
        now: app.clock.now(),
    };
    record(app, db, &new).await?;
    tracing::info!(
        report = new.id,
        account = username,
        "somebody elsewhere reports somebody here"
    );
    Ok(())
}

/// This server itself reports somebody, for what it found.
pub async fn by_server(
    app: &App,
    db: &mut PgConnection,
    account: AccountId,
    posts: &[PostId],
    reason: &str,
) -> sqlx::Result<()> {
    let server = db::accounts::id_by_uri(db, &app.urls.instance_actor()).await?;
    let new = NewReport {
        id: app.ids.next(),
        reporter: server.ok_or(sqlx::Error::RowNotFound)?,
        account,
        posts,
        category: Category::Legal,
        rules: &[],
        reason,
        forwarded: false,
        now: app.clock.now(),
    };
    record(app, db, &new).await
}

/// Whether the server that reports may report more.
async fn has_room(db: &mut PgConnection, actor: &Account) -> sqlx::Result<bool> {
    let open = db::reports::open_of_host_of(db, actor.id, MOST_OPEN).await?;
    if open >= MOST_OPEN {
        tracing::warn!(
            actor = actor.uri,
            open,
            "a report is refused: too many of that server are open"
        );
        metrics::counter!("tintype_reports_refused_total").increment(1);
    }
    Ok(open < MOST_OPEN)
}

async fn record(app: &App, db: &mut PgConnection, new: &NewReport<'_>) -> sqlx::Result<()> {
    db::reports::insert(db, new).await?;
    tell_moderators::of_report(app, db, new.reporter, new.id).await
}

/// Tells the server of the one who is reported, in the name of this server: who reports is nobody's business there.
async fn forward(
    app: &App,
    db: &mut PgConnection,
    account: &Account,
    report: &NewReport<'_>,
) -> sqlx::Result<()> {
    let server = app.urls.instance_actor();
    let sender = db::accounts::id_by_uri(db, &server).await?;
    let sender = sender.ok_or(sqlx::Error::RowNotFound)?;
    let mut objects = vec![account.uri.clone()];
    objects.extend(db::reports::addresses(db, report.id, MOST_FORWARDED).await?);
    let id = format!("{server}#flags/{}", report.id);
    let flag = Activity {
        body: activity::flag(&server, &id, &objects, report.reason),
        post: None,
        lasting: false,
    };
    letters::send(app, db, sender, &flag, Recipients::one(account.id)).await
}
