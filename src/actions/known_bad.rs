//! Pictures that are on this server's list: found when they come, from here or elsewhere, and treated as the list says.
//! Looks at nothing that is here already; `redevelop` has that done.

use sqlx::PgConnection;

use super::audit::{self, About};
use super::report;
use crate::app::App;
use crate::db;
use crate::db::known_bad::{Found, NewEntry};
use crate::domain::audit::{Act, By};
use crate::domain::fingerprint::Fingerprint;
use crate::domain::ids::{KnownPictureId, MediaId, PostId};
use crate::domain::known_bad::{Action, Mark};

/// Why such a picture is not taken, for people.
pub const REFUSED: &str = "This picture is on the list of those that this server does not take.";

/// What is put on the list.
#[derive(Clone, Debug)]
pub struct Item {
    pub mark: Mark,
    pub action: Action,
    pub comment: String,
}

/// The gravest that the list says of a picture.
pub async fn find(app: &App, sha256: &[u8], look: Option<Fingerprint>) -> sqlx::Result<Option<Found>> {
    let mut db = app.db.acquire().await?;
    let exact = db::known_bad::exact(&mut db, sha256).await?;
    let alike = match look {
        Some(look) => {
            let look = look.to_string();
            db::known_bad::alike(&mut db, &look, Fingerprint::ALIKE).await?
        }
        None => None,
    };
    Ok(exact.into_iter().chain(alike).min_by_key(|found| found.action))
}

/// Whether the list refuses a picture, for what it says. Each refusal counts.
pub async fn refuses(app: &App, found: Option<&Found>) -> sqlx::Result<bool> {
    let Some(found) = found.filter(|found| found.action == Action::Refuse) else {
        return Ok(false);
    };
    tracing::info!(entry = %found.id, "a picture is on the list of those that are not taken");
    let mut db = app.db.acquire().await?;
    db::known_bad::hit(&mut db, found.id, app.clock.now()).await?;
    Ok(true)
}

/// A picture is ready that the list knows, and does not refuse. The same once more says nothing new.
pub async fn settle(
    app: &App,
    db: &mut PgConnection,
    id: MediaId,
    post: Option<PostId>,
    found: &Found,
) -> sqlx::Result<()> {
    let Some(owner) = db::known_bad::note(db, id, found.id, found.action).await? else {
        return Ok(());
    };
    db::known_bad::hit(db, found.id, app.clock.now()).await?;
    match found.action {
        Action::Refuse => {}
        Action::Hide => {
            if let Some(post) = post {
                db::known_bad::cover(db, post).await?;
            }
        }
        Action::Report => {
            let posts: Vec<PostId> = post.into_iter().collect();
            let words = format!(
                "A picture (media {id}) is on the list of known ones, entry {}. {}",
                found.id, found.comment
            );
            report::by_server(app, db, owner, &posts, words.trim()).await?;
        }
    }
    Ok(())
}

/// Whether one of these makes its post sensitive.
pub async fn hides(db: &mut PgConnection, media: &[MediaId]) -> sqlx::Result<bool> {
    match media.is_empty() {
        true => Ok(false),
        false => db::known_bad::hides(db, media).await,
    }
}

/// Puts pictures on the list, all or none. What is there already gets the new action and comment.
pub async fn list(app: &App, by: By, items: &[Item]) -> sqlx::Result<()> {
    let mut tx = app.db.begin().await?;
    for item in items {
        let new = NewEntry {
            id: KnownPictureId(app.ids.next()),
            mark: item.mark,
            action: item.action,
            comment: &item.comment,
            now: app.clock.now(),
        };
        db::known_bad::put(&mut tx, &new).await?;
    }
    let (about, words) = match items {
        [one] => (one.mark.hash(), one.action.as_str().to_owned()),
        many => ("known pictures".to_owned(), format!("{} entries", many.len())),
    };
    if !items.is_empty() {
        audit::note(app, &mut tx, by, Act::ListPicture, About::named(&about), &words).await?;
    }
    tx.commit().await
}

/// Whether it was on the list.
pub async fn unlist(app: &App, by: By, mark: &Mark) -> sqlx::Result<bool> {
    let mut tx = app.db.begin().await?;
    let was_there = db::known_bad::remove(&mut tx, mark).await?;
    if was_there {
        let about = About::named(&mark.hash());
        audit::note(app, &mut tx, by, Act::UnlistPicture, about, "").await?;
    }
    tx.commit().await?;
    Ok(was_there)
}
