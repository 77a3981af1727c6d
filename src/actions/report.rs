//! Reports about people here. Never tells the reported, and believes nothing: a moderator reads them.

use sqlx::PgConnection;
use url::Url;

use super::tell_moderators;
use crate::app::App;
use crate::db;
use crate::db::reports::NewReport;
use crate::domain::account::Account;
use crate::domain::html;
use crate::domain::ids::PostId;
use crate::domain::urls::Local;

/// Most characters of a reason that are kept, and most posts.
const LONGEST: usize = 5_000;
const MOST_POSTS: usize = 100;
/// Reports of one server that may be open at a time: moderators are people. Further ones are refused until some are done.
const MOST_OPEN: i64 = 100;

/// A peer reports somebody here, with some of their posts. The first of ours who is named is the one whom it is about.
pub async fn remote(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    objects: &[Url],
    content: &str,
) -> sqlx::Result<()> {
    if let Some(host) = actor.host_id
        && db::policies::rejects_reports(db, host).await?
    {
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
    let open = db::reports::open_of_host_of(db, actor.id, MOST_OPEN).await?;
    if open >= MOST_OPEN {
        tracing::warn!(
            actor = actor.uri,
            open,
            "a report is refused: too many of that server are open"
        );
        metrics::counter!("tintype_reports_refused_total").increment(1);
        return Ok(());
    }
    let reason: String = html::plain(content).chars().take(LONGEST).collect();
    let new = NewReport {
        id: app.ids.next(),
        reporter: actor.id,
        account,
        posts: &posts,
        reason: &reason,
        now: app.clock.now(),
    };
    db::reports::insert(db, &new).await?;
    tell_moderators::of_report(app, db, actor.id, new.id).await?;
    tracing::info!(
        report = new.id,
        account = username,
        "somebody elsewhere reports somebody here"
    );
    Ok(())
}
