//! What our people do, as bodies of letters. Never chooses who gets one.

use tintype_federation::vocab::outgoing::{self, Document, activity};
use tintype_federation::vocab::public;
use url::Url;

use super::address;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::clock::Time;
use crate::domain::ids::PostId;
use crate::domain::urls::Urls;

/// Runs `build` with the deed of `actor` under the address `id`, and gives the body.
pub(super) fn body(actor: &str, id: &str, build: impl FnOnce(activity::Deed<'_>) -> Document) -> String {
    let (actor, id) = (address(actor), address(id));
    text(&build(activity::Deed {
        id: &id,
        actor: &actor,
    }))
}

pub(super) fn text(document: &Document) -> String {
    String::from_utf8(document.to_bytes().into()).expect("JSON is UTF-8")
}

/// A post of `author`, whose document is `note`.
pub fn create(urls: &Urls, author: &Account, post: PostId, note: &Document) -> String {
    let id = urls.post_activity(&author.username, post);
    body(&author.uri, &id, |deed| activity::create(deed, note))
}

/// The post's document with its edit.
pub fn update_post(author: &Account, note: &Document, now: Time) -> String {
    let id = format!("{}#updates/{}", note.id(), now.timestamp_millis());
    body(&author.uri, &id, |deed| activity::update(deed, note, &[], &[]))
}

/// The actor's document with its change.
pub fn update_actor(account: &Account, actor: &Document, now: Time) -> String {
    let id = format!("{}#updates/{}", account.uri, now.timestamp_millis());
    let to = [public()];
    body(&account.uri, &id, |deed| activity::update(deed, actor, &to, &[]))
}

/// A post is deleted. Addressed to everybody, as Mastodon does: a tombstone tells nothing.
pub fn delete_post(urls: &Urls, author: &Account, post: PostId) -> String {
    let object = urls.post(&author.username, post);
    let id = format!("{object}#delete");
    let to = [public()];
    body(&author.uri, &id, |deed| {
        activity::delete(deed, &address(&object), &to, &[])
    })
}

/// The account itself is deleted.
pub fn delete_actor(account: &Account) -> String {
    let to = [public()];
    body(&account.uri, &format!("{}#delete", account.uri), |deed| {
        activity::delete_actor(deed, &to)
    })
}

/// A repost, which is a post row with an id of its own.
#[derive(Clone, Copy, Debug)]
pub struct Repost<'a> {
    pub id: PostId,
    pub audience: Audience,
    pub created_at: Time,
    /// URI of the post inside.
    pub object: &'a str,
    /// URI of its author.
    pub object_author: &'a str,
}

fn announcement(urls: &Urls, author: &Account, repost: &Repost<'_>) -> Document {
    let id = address(&urls.post_activity(&author.username, repost.id));
    let (to, cc) = recipients(author, repost.audience, &[address(repost.object_author)]);
    let actor = address(&author.uri);
    let deed = activity::Deed {
        id: &id,
        actor: &actor,
    };
    activity::announce(deed, &address(repost.object), repost.created_at, &to, &cc)
}

pub fn announce(urls: &Urls, author: &Account, repost: &Repost<'_>) -> String {
    text(&announcement(urls, author, repost))
}

pub fn undo_announce(urls: &Urls, author: &Account, repost: &Repost<'_>) -> String {
    undo(author, &announcement(urls, author, repost))
}

/// `server`, which is this server's own actor, announces the post of URI `object` to relays.
pub fn announce_as_server(server: &Account, post: PostId, object: &str, now: Time) -> String {
    let id = format!("{}#announces/{post}", server.uri);
    let to = [public()];
    body(&server.uri, &id, |deed| {
        activity::announce(deed, &address(object), now, &to, &[])
    })
}

/// The announcement as an item of a collection.
pub fn announce_document(urls: &Urls, author: &Account, repost: &Repost<'_>) -> Document {
    announcement(urls, author, repost)
}

/// The creation as an item of a collection.
pub fn create_document(urls: &Urls, author: &Account, post: PostId, note: &Document) -> Document {
    let id = address(&urls.post_activity(&author.username, post));
    activity::create(
        activity::Deed {
            id: &id,
            actor: &address(&author.uri),
        },
        note,
    )
}

fn undo(account: &Account, original: &Document) -> String {
    let id = original.id();
    let ending = if id.contains('#') { "/undo" } else { "#undo" };
    body(&account.uri, &format!("{id}{ending}"), |deed| {
        activity::undo(deed, original)
    })
}

fn on_object(
    account: &Account,
    id: &str,
    object: &str,
    build: fn(activity::Deed<'_>, &Url) -> Document,
) -> Document {
    let (id, actor) = (address(id), address(&account.uri));
    build(
        activity::Deed {
            id: &id,
            actor: &actor,
        },
        &address(object),
    )
}

/// `id`: the Like's own address; `object`: the post's URI.
pub fn like(account: &Account, id: &str, object: &str) -> String {
    text(&on_object(account, id, object, activity::like))
}

/// `account` chooses `option` of the poll of URI `poll`, by `author`. `id`: the vote's own address.
pub fn vote(account: &Account, id: &str, poll: &str, option: &str, author: &str) -> String {
    let (note, poll, author) = (address(id), address(poll), address(author));
    body(&account.uri, &format!("{id}/activity"), |deed| {
        outgoing::vote(deed, &note, &poll, option, &author)
    })
}

pub fn undo_like(account: &Account, id: &str, object: &str) -> String {
    undo(account, &on_object(account, id, object, activity::like))
}

/// `id`: the Follow's own address; `object`: the URI of whom.
pub fn follow(account: &Account, id: &str, object: &str) -> String {
    text(&on_object(account, id, object, activity::follow))
}

pub fn undo_follow(account: &Account, id: &str, object: &str) -> String {
    undo(account, &on_object(account, id, object, activity::follow))
}

pub fn block(account: &Account, id: &str, object: &str) -> String {
    text(&on_object(account, id, object, activity::block))
}

pub fn undo_block(account: &Account, id: &str, object: &str) -> String {
    undo(account, &on_object(account, id, object, activity::block))
}

/// The actor of URI `actor`, which is this server, reports somebody elsewhere, who is the first of `objects`, and their posts.
pub fn flag(actor: &str, id: &str, objects: &[String], comment: &str) -> String {
    let objects: Vec<Url> = objects.iter().map(|object| address(object)).collect();
    body(actor, id, |deed| activity::flag(deed, &objects, comment))
}

/// `account` has moved to the actor of URI `target`.
pub fn move_account(account: &Account, target: &str, now: Time) -> String {
    let id = format!("{}#moves/{}", account.uri, now.timestamp_millis());
    let (target, to) = (address(target), [address(&account.followers_url)]);
    body(&account.uri, &id, |deed| activity::move_to(deed, &target, &to))
}

/// What happened to the collection of posts at the top of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Featured {
    Added,
    Removed,
}

/// `account` put the post of URI `post` into that collection, or took it out. `id`: the activity's own address.
pub fn featured(account: &Account, id: &str, post: &str, change: Featured) -> String {
    let (post, target) = (address(post), address(&account.featured_url));
    let (to, cc) = ([public()], [address(&account.followers_url)]);
    body(&account.uri, id, |deed| match change {
        Featured::Added => activity::add(deed, &post, &target, &to, &cc),
        Featured::Removed => activity::remove(deed, &post, &target, &to, &cc),
    })
}

/// `account` grants the follow of address `follow` by `follower`. `id`: the answer's own address.
pub fn accept(account: &Account, id: &str, follow: &str, follower: &str) -> String {
    let (follow, follower) = (address(follow), address(follower));
    let asked = activity::Deed {
        id: &follow,
        actor: &follower,
    };
    body(&account.uri, id, |deed| activity::accept(deed, asked))
}

/// `account` refuses that follow, or ends it.
pub fn reject(account: &Account, id: &str, follow: &str, follower: &str) -> String {
    let (follow, follower) = (address(follow), address(follower));
    let asked = activity::Deed {
        id: &follow,
        actor: &follower,
    };
    body(&account.uri, id, |deed| activity::reject(deed, asked))
}

/// `to` and `cc` of something by `author`: `named` are told in any case.
pub fn recipients(author: &Account, audience: Audience, named: &[Url]) -> (Vec<Url>, Vec<Url>) {
    let followers = || address(&author.followers_url);
    let with = |first: Url| std::iter::once(first).chain(named.iter().cloned()).collect();
    match audience {
        Audience::Public => (vec![public()], with(followers())),
        Audience::Unlisted => (vec![followers()], with(public())),
        Audience::Followers => (vec![followers()], named.to_vec()),
        Audience::Direct => (named.to_vec(), Vec::new()),
    }
}
