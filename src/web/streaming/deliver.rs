//! Takes events to those whom they concern, in their order. Asks nothing when nobody is there.

use sqlx::PgConnection;

use super::frame::Writer;
use super::{announced, conversed, notified, posts};
use crate::app::App;
use crate::domain::ids::{AccountId, ConversationId, NotificationId, PostId};
use crate::domain::live::{Event, Told};
use crate::streams::Topic;
use crate::web::error::ApiResult;

pub async fn all(app: &App, batch: &[Told]) -> ApiResult<()> {
    if app.streams.is_empty() {
        return Ok(());
    }
    let mut db = app.db.acquire().await?;
    // Posts that follow each other are looked up together.
    let mut run: Option<(&'static str, Vec<PostId>)> = None;
    let mut told: Vec<(NotificationId, AccountId)> = Vec::new();
    let mut talks: Vec<(ConversationId, AccountId)> = Vec::new();
    for one in batch {
        let (name, post) = match &one.event {
            Event::Published { post } => ("update", *post),
            Event::Edited { post } => ("status.update", *post),
            Event::Notified { notification, to } => {
                told.push((*notification, *to));
                continue;
            }
            Event::Conversed { conversation, to } => {
                talks.push((*conversation, *to));
                continue;
            }
            other => {
                flush(app, &mut db, &mut run).await?;
                tell(app, &mut db, other).await?;
                continue;
            }
        };
        if run.as_ref().is_some_and(|(of, _)| *of != name) {
            flush(app, &mut db, &mut run).await?;
        }
        run.get_or_insert((name, Vec::new())).1.push(post);
    }
    flush(app, &mut db, &mut run).await?;
    conversed::tell(app, &mut db, &talks).await?;
    notified::tell(app, &mut db, &told).await
}

async fn flush(
    app: &App,
    db: &mut PgConnection,
    run: &mut Option<(&'static str, Vec<PostId>)>,
) -> ApiResult<()> {
    match run.take() {
        Some((event, ids)) => posts::tell(app, db, event, &ids).await,
        None => Ok(()),
    }
}

async fn tell(app: &App, db: &mut PgConnection, event: &Event) -> ApiResult<()> {
    match event {
        Event::Ended { post, places } => posts::tell_of_end(app, db, *post, places).await,
        Event::FiltersChanged { account } => {
            say(app, "filters_changed", *account);
            Ok(())
        }
        Event::NotificationsMerged { account } => {
            say(app, "notifications_merged", *account);
            Ok(())
        }
        Event::Announced { announcement } => announced::tell(app, db, *announcement).await,
        Event::AnnouncementEnded { announcement } => {
            announced::tell_of_end(app, *announcement);
            Ok(())
        }
        Event::Reacted { announcement, name } => {
            announced::tell_of_reaction(app, db, *announcement, name).await
        }
        Event::Published { .. } | Event::Edited { .. } | Event::Notified { .. } | Event::Conversed { .. } => {
            Ok(())
        }
    }
}

/// Says something without more to a person's own streams.
fn say(app: &App, event: &'static str, to: AccountId) {
    for topic in [Topic::User(to), Topic::Notifications(to)] {
        let mut writer = Writer::new(&topic, event);
        app.streams
            .send(&topic, |guest| Some(writer.write(guest.wire, None)));
    }
}
