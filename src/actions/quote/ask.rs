//! Asking for leave to quote, and answering who asks (FEP-044f). Gives none but by the one rule of this folder, and takes none
//! from anybody but whoever is quoted.

use sqlx::PgConnection;
use tintype_federation::inbox::QuoteRef;
use tintype_federation::vocab::Note;
use url::Url;

use super::{Leads, changed, leave, tell, uri};
use crate::actions::letters::{self, Activity};
use crate::actions::publish::{self, Arrived, How};
use crate::app::App;
use crate::db;
use crate::db::quotability::Quotable;
use crate::db::quotes::Known;
use crate::domain::account::Account;
use crate::domain::ids::PostId;
use crate::domain::post::Post;
use crate::domain::quote::{Leave, RemoteQuote, State};
use crate::domain::urls::Local;
use crate::domain::work::Recipients;
use crate::translate::note::Around;
use crate::translate::{self, quote};

/// Asks whoever is quoted, where they live elsewhere. Their answer may come at any time, or never.
pub async fn ask(
    app: &App,
    db: &mut PgConnection,
    author: &Account,
    post: &Post,
    quoted: &Quotable,
) -> sqlx::Result<()> {
    if quoted.is_local() {
        return Ok(());
    }
    let note = translate::note::document(&app.urls, author, post, &Around::default());
    let id = app.urls.quote_request(&author.username, post.id);
    let body = quote::request(author, &id, &uri(app, quoted), &note, &quoted.author_uri);
    send(app, db, author, body, Recipients::one(quoted.author_id)).await
}

/// A request as a peer wrote it.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    pub id: &'a Url,
    /// What is to be quoted.
    pub object: &'a Url,
    /// The post that quotes it.
    pub instrument: &'a Url,
    /// That post, where it came along.
    pub note: Option<&'a Note>,
}

/// What came of a request.
#[derive(Debug, PartialEq, Eq)]
pub enum Asked {
    Done,
    /// The post that quotes is to be fetched first.
    Needs(Url),
}

/// `actor` asks to quote a post of somebody here. Of what is not theirs to see, nothing is said.
pub async fn answer(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &Request<'_>,
) -> sqlx::Result<Asked> {
    let wanted = RemoteQuote {
        uri: request.object.to_string(),
        stamp: None,
    };
    let Some(quoted) = super::of_here(app, db, actor.id, &wanted).await? else {
        return Ok(Asked::Done);
    };
    let Some(author) = db::accounts::by_id(db, quoted.author_id).await? else {
        return Ok(Asked::Done);
    };
    if leave(&quoted, actor.id) != Leave::Automatic {
        refuse(app, db, (&author, actor), request).await?;
        return Ok(Asked::Done);
    }
    let Some(post) = taken_in(app, db, actor, request).await? else {
        return Ok(match request.note {
            Some(_) => Asked::Done,
            None => Asked::Needs(request.instrument.clone()),
        });
    };
    let quote = db::quotes::lock(db, post).await?;
    let is_meant = |quote: &Known| quote.author == actor.id && quote.quoted == Some(quoted.id);
    match quote.filter(is_meant) {
        Some(quote) if quote.state != State::Revoked => {
            grant(app, db, (&author, actor), &quote, request).await?;
        }
        Some(_) | None => refuse(app, db, (&author, actor), request).await?,
    }
    Ok(Asked::Done)
}

/// The post that quotes, as we have it.
async fn taken_in(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &Request<'_>,
) -> sqlx::Result<Option<PostId>> {
    let uri = request.instrument.as_str();
    let known = db::posts::id_by_uri(db, uri).await?;
    let Some(note) = request
        .note
        .filter(|note| known.is_none() && note.id.as_str() == uri)
    else {
        return Ok(known);
    };
    let Some(post) = translate::note::remote(note, &actor.followers_url, app.clock.now()) else {
        return Ok(None);
    };
    let arrived = Arrived {
        author: actor,
        post,
        how: How::AskedFor,
        leads: Leads::On,
    };
    // In a box, like all that is seldom needed.
    Box::pin(publish::remote(app, db, &[arrived])).await?;
    db::posts::id_by_uri(db, uri).await
}

/// Once more gives the same stamp.
async fn grant(
    app: &App,
    db: &mut PgConnection,
    (author, actor): (&Account, &Account),
    quote: &Known,
    request: &Request<'_>,
) -> sqlx::Result<()> {
    let stamp = app.urls.stamp(&author.username, quote.post);
    if quote.state != State::Accepted {
        db::quotes::settle(db, quote.post, State::Accepted, Some(&stamp)).await?;
        tell(app, db, (quote.post, actor.id), author.id).await?;
        changed(app, db, quote.post).await?;
    }
    let asked = asked(request, actor);
    let body = quote::accept(author, &address(app, author, "accepts"), &asked, &stamp);
    send(app, db, author, body, Recipients::one(actor.id)).await
}

async fn refuse(
    app: &App,
    db: &mut PgConnection,
    (author, actor): (&Account, &Account),
    request: &Request<'_>,
) -> sqlx::Result<()> {
    let body = quote::reject(author, &address(app, author, "rejects"), &asked(request, actor));
    send(app, db, author, body, Recipients::one(actor.id)).await
}

/// Of an answer: a new one each time, so that no peer takes the second for a repetition.
fn address(app: &App, author: &Account, verb: &str) -> String {
    format!("{}#{verb}/{}", author.uri, app.ids.next())
}

fn asked<'a>(request: &Request<'a>, actor: &'a Account) -> quote::Request<'a> {
    quote::Request {
        id: request.id,
        actor: &actor.uri,
        object: request.object,
        instrument: request.instrument,
    }
}

async fn send(
    app: &App,
    db: &mut PgConnection,
    sender: &Account,
    body: String,
    to: Recipients,
) -> sqlx::Result<()> {
    let activity = Activity {
        body,
        post: None,
        lasting: false,
    };
    letters::send(app, db, sender.id, &activity, to).await
}

/// `actor` lets somebody here quote them; only of what was asked, and only whoever is quoted can say so.
pub async fn accepted(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &QuoteRef,
    stamp: &Url,
) -> sqlx::Result<()> {
    let Some(quote) = own(app, db, actor, request).await? else {
        return Ok(());
    };
    if quote.state == State::Accepted && quote.stamp.as_deref() == Some(stamp.as_str()) {
        return Ok(());
    }
    db::quotes::settle(db, quote.post, State::Accepted, Some(stamp.as_str())).await?;
    changed(app, db, quote.post).await
}

/// `actor` does not, or not any more.
pub async fn rejected(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &QuoteRef,
) -> sqlx::Result<()> {
    let Some(quote) = own(app, db, actor, request).await? else {
        return Ok(());
    };
    let state = match quote.state {
        State::Pending => State::Rejected,
        State::Accepted => State::Revoked,
        State::Rejected | State::Revoked => return Ok(()),
    };
    db::quotes::settle(db, quote.post, state, None).await?;
    changed(app, db, quote.post).await
}

/// The same of something that is only named: whether it is a request to quote.
pub async fn rejected_by_id(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    id: &Url,
) -> sqlx::Result<bool> {
    let Some(Local::Post { username, id: post }) = app.urls.parse_local(id.as_str()) else {
        return Ok(false);
    };
    if app.urls.quote_request(&username, post) != id.as_str() {
        return Ok(false);
    }
    let request = QuoteRef {
        id: Some(id.clone()),
        instrument: None,
    };
    rejected(app, db, actor, &request).await?;
    Ok(true)
}

/// The quote of somebody here that whoever is quoted elsewhere speaks of.
async fn own(
    app: &App,
    db: &mut PgConnection,
    actor: &Account,
    request: &QuoteRef,
) -> sqlx::Result<Option<Known>> {
    let named = [&request.instrument, &request.id].into_iter().flatten();
    let mut posts = named.filter_map(|url| match app.urls.parse_local(url.as_str())? {
        Local::Post { id, .. } => Some(id),
        Local::Account { .. } => None,
    });
    let Some(post) = posts.next() else {
        return Ok(None);
    };
    let quote = db::quotes::lock(db, post).await?;
    Ok(quote.filter(|quote| quote.post_uri.is_none() && quote.quoted_author == Some(actor.id)))
}
