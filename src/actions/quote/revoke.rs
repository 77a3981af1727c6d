//! Taking back the leave to quote. Changes nothing of the post that quotes but how its quote stands.

use sqlx::PgConnection;

use super::changed;
use crate::actions::letters::{self, Activity};
use crate::actions::on_post::OnPostError;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::quotes::Known;
use crate::domain::account::Account;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::notification::Kind;
use crate::domain::quote::State;
use crate::domain::work::Recipients;
use crate::translate::quote;

/// Somebody here does not want their post in that one any more. Gives the post that quoted it.
pub async fn local(app: &App, me: AccountId, quoted: PostId, quoting: PostId) -> Result<PostId, OnPostError> {
    let mut tx = app.db.begin().await?;
    if db::posts::visible(&mut tx, me, &[quoting]).await?.is_empty() {
        return Err(OnPostError::NotFound);
    }
    let quote = db::quotes::lock(&mut tx, quoting).await?;
    let quote = quote.filter(|quote| quote.quoted == Some(quoted) && quote.quoted_author == Some(me));
    let quote = quote.ok_or(OnPostError::NotFound)?;
    if end(app, &mut tx, &quote).await? {
        let me = app
            .person_within(&mut tx, me)
            .await?
            .ok_or(OnPostError::NotFound)?;
        db::notifications::withdraw(&mut tx, me.id, Kind::Quoted, quote.author, Some(quoting)).await?;
        if let Some(stamp) = &quote.stamp {
            let sent = Activity {
                body: quote::revoke(&me, stamp),
                post: None,
                lasting: true,
            };
            let to = Recipients::followers(me.id).and([quote.author]);
            letters::send(app, &mut tx, me.id, &sent, to).await?;
        }
    }
    tx.commit().await?;
    app.bus.wake(Queue::Outbox);
    Ok(quoting)
}

/// A peer says that a stamp is no more. Whether it was one of `actor`'s that we know.
pub async fn remote(app: &App, db: &mut PgConnection, actor: &Account, stamp: &str) -> sqlx::Result<bool> {
    let Some(post) = db::quotes::by_stamp(db, actor.id, stamp).await? else {
        return Ok(false);
    };
    if let Some(quote) = db::quotes::lock(db, post).await? {
        end(app, db, &quote).await?;
    }
    Ok(true)
}

/// Whether there was anything to end.
async fn end(app: &App, db: &mut PgConnection, quote: &Known) -> sqlx::Result<bool> {
    let stands = matches!(quote.state, State::Accepted | State::Pending);
    if stands {
        db::quotes::settle(db, quote.post, State::Revoked, None).await?;
        changed(app, db, quote.post).await?;
    }
    Ok(stands)
}
