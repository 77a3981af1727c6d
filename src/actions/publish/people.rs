//! The people that a text mentions, known here or looked for elsewhere. Looks for few of them, and not for long.

use std::collections::HashMap;
use std::time::Duration;

use tokio::time::Instant;

use crate::actions::know_account::{self, Behalf};
use crate::app::App;
use crate::db;
use crate::domain::account::Account;
use crate::domain::ids::AccountId;
use crate::domain::names::Handle;
use crate::domain::text::Mentioned;

/// How long handles of people that we do not know yet may take to be found.
const FINDING_PEOPLE: Duration = Duration::from_secs(5);
/// How many of them are looked for: nobody has us ask hundreds of servers by one post.
const MOST_UNKNOWN: usize = 20;

/// Those of these handles whom we know or can find. Asks other servers, so never within a transaction.
pub async fn find(
    app: &App,
    author: AccountId,
    handles: Vec<Handle>,
) -> sqlx::Result<(Vec<Account>, HashMap<Handle, Mentioned>)> {
    if handles.is_empty() {
        return Ok(Default::default());
    }
    let mut ids: Vec<(Handle, AccountId)> = Vec::new();
    let deadline = Instant::now() + FINDING_PEOPLE;
    let mut unknown = 0;
    for handle in handles {
        let id = match known(app, &handle).await? {
            Known::Settled(id) => id,
            Known::NotYet if unknown < MOST_UNKNOWN => {
                unknown += 1;
                look_for(app, author, &handle, deadline).await
            }
            Known::NotYet => None,
        };
        ids.extend(id.map(|id| (handle, id)));
    }
    let wanted: Vec<AccountId> = ids.iter().map(|(_, id)| *id).collect();
    let mut db = app.db.acquire().await?;
    let mut people = db::accounts::by_ids(&mut db, &wanted).await?;
    // Also who is not let in yet: they will be, mostly.
    people.retain(|person| !person.deleted && !person.suspended);
    let shown = ids.into_iter().filter_map(|(handle, id)| {
        let person = people.iter().find(|person| person.id == id)?;
        Some((
            handle,
            Mentioned {
                url: person.url.clone(),
                username: person.username.clone(),
            },
        ))
    });
    Ok((people.clone(), shown.collect()))
}

/// What this server knows of a handle.
enum Known {
    /// Who it is; nobody, where it is a name of here that nobody has.
    Settled(Option<AccountId>),
    NotYet,
}

async fn known(app: &App, handle: &Handle) -> sqlx::Result<Known> {
    let elsewhere = handle.elsewhere(app.urls.authority());
    let mut db = app.db.acquire().await?;
    let id = db::accounts::id_by_handle(&mut db, &handle.name, elsewhere).await?;
    Ok(match (id, elsewhere) {
        (None, Some(_)) => Known::NotYet,
        (id, _) => Known::Settled(id),
    })
}

/// Whom we cannot find is not mentioned: the text stays as it was written.
async fn look_for(app: &App, author: AccountId, handle: &Handle, deadline: Instant) -> Option<AccountId> {
    let found = know_account::by_handle(app, Behalf::Here(author), handle);
    tokio::time::timeout_at(deadline, found).await.ok()?.ok()
}
