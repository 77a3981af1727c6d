//! WebFinger (RFC 7033): names to actors, both ways. Never believes a name that its own host does not confirm.

mod document;
mod handle;

use chrono::{DateTime, Utc};
use url::Url;

pub use document::{Jrd, Profile, SubscribeTemplate, host_meta, jrd};
pub use handle::Handle;

use crate::fetch::{FetchError, GuardedClient};
use crate::vocab::Actor;

const TYPES: [&str; 3] = [
    "application/jrd+json",
    "application/json",
    "application/activity+json",
];

/// A name and the actor that it belongs to, as the name's own host says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The name in the spelling of its host.
    pub handle: Handle,
    /// The actor's id; still to be fetched, and its document to be checked with [`confirm`] where its host differs.
    pub actor: Url,
}

/// Asks a name's host for the actor behind it. When the answer is about another name (a server whose names live on
/// another domain), that name is asked too, once, and must lead to itself and to the same actor.
pub async fn resolve(
    client: &GuardedClient,
    handle: &Handle,
    now: DateTime<Utc>,
) -> Result<Resolved, FetchError> {
    let first = ask(client, handle, now).await?;
    let subject = first.subject.clone().unwrap_or_else(|| handle.clone());
    let actor = first.actor.ok_or(FetchError::NotFound)?;
    if subject.same_as(handle) {
        return Ok(Resolved {
            handle: subject,
            actor,
        });
    }
    let second = ask(client, &subject, now).await?;
    let loops_back = second
        .subject
        .as_ref()
        .is_none_or(|again| again.same_as(&subject));
    if !loops_back || second.actor.as_ref() != Some(&actor) {
        return Err(FetchError::WrongIdentity);
    }
    Ok(Resolved {
        handle: subject,
        actor,
    })
}

/// Where a person's own server wants them to go on who follows or answers something of another server.
pub async fn subscribe_template(
    client: &GuardedClient,
    handle: &Handle,
    now: DateTime<Utc>,
) -> Result<SubscribeTemplate, FetchError> {
    ask(client, handle, now)
        .await?
        .subscribe
        .ok_or(FetchError::NotFound)
}

/// The confirmed name of an actor whose document is at hand: `preferredUsername` at the document's host must lead back
/// to the document's id. So nobody takes another's name by writing it into a document.
pub async fn confirm(
    client: &GuardedClient,
    actor: &Actor,
    now: DateTime<Utc>,
) -> Result<Handle, FetchError> {
    let host = crate::origin::origin(&actor.id).ok_or(FetchError::Refused)?;
    let handle = Handle::new(&actor.preferred_username, &host).ok_or(FetchError::WrongIdentity)?;
    let resolved = resolve(client, &handle, now).await?;
    if resolved.actor == actor.id {
        Ok(resolved.handle)
    } else {
        Err(FetchError::WrongIdentity)
    }
}

/// https first; http only where private addresses are allowed, and only when there was no answer at all.
async fn ask(client: &GuardedClient, handle: &Handle, now: DateTime<Utc>) -> Result<Jrd, FetchError> {
    let fetch = async |scheme: &str| {
        let url = handle.webfinger_url(scheme).ok_or(FetchError::Refused)?;
        client.get_json(&url, &TYPES, now).await
    };
    let value = match fetch("https").await {
        Err(FetchError::Unreachable | FetchError::TimedOut) if client.allows_plain_http() => {
            fetch("http").await?
        }
        answer => answer?,
    };
    Jrd::read(&value).ok_or(FetchError::NotJson)
}
