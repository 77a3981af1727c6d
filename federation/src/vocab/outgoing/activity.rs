//! Activities that we send, in the shapes that all peers read: objects by address where Pixelfed wants a string, the whole
//! original in Accept, Reject and Undo. Never nests deeper than Pixelfed's eight levels.

use activitypub_federation::kinds::activity::{
    AcceptType, AddType, AnnounceType, BlockType, CreateType, DeleteType, FlagType, FollowType, LikeType,
    MoveType, RejectType, RemoveType, UndoType, UpdateType,
};
use activitypub_federation::kinds::object::TombstoneType;
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use url::Url;

use super::{Document, plain, time};

/// Who does what under which address.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    /// The activity's address, on the actor's server.
    pub id: &'a Url,
    /// Who does it.
    pub actor: &'a Url,
}

/// `actor` asks to follow `object`.
pub fn follow(deed: Deed<'_>, object: &Url) -> Document {
    simple(deed, plain(FollowType::Follow), json!(object))
}

/// The actor grants a follow: `follow` is the request as it came (its address, who asked; whom is the actor).
pub fn accept(deed: Deed<'_>, follow: Deed<'_>) -> Document {
    simple(deed, plain(AcceptType::Accept), whole_follow(deed, follow))
}

/// The actor refuses a follow, or ends one that it granted.
pub fn reject(deed: Deed<'_>, follow: Deed<'_>) -> Document {
    simple(deed, plain(RejectType::Reject), whole_follow(deed, follow))
}

/// The actor takes back `original`, which goes along as a whole: Pixelfed does not look one up.
pub fn undo(deed: Deed<'_>, original: &Document) -> Document {
    let mut document = simple(deed, plain(UndoType::Undo), original.inside());
    copy_recipients(&mut document, original);
    document.terms.clone_from(&original.terms);
    document
}

/// A new post. Recipients and date are the post's own.
pub fn create(deed: Deed<'_>, note: &Document) -> Document {
    let mut document = simple(deed, plain(CreateType::Create), note.inside());
    copy_recipients(&mut document, note);
    document
        .body
        .insert("published".to_owned(), note.get("published"));
    document.terms.clone_from(&note.terms);
    document
}

/// A changed post or actor, as a whole. `to` and `cc` are for actors; a post has its own.
pub fn update(deed: Deed<'_>, object: &Document, to: &[Url], cc: &[Url]) -> Document {
    let mut document = simple(deed, plain(UpdateType::Update), object.inside());
    address(&mut document, to, cc);
    copy_recipients(&mut document, object);
    document.terms.clone_from(&object.terms);
    document
}

/// A post is deleted.
pub fn delete(deed: Deed<'_>, object: &Url, to: &[Url], cc: &[Url]) -> Document {
    let tombstone = json!({ "id": object, "type": TombstoneType::Tombstone });
    let mut document = simple(deed, plain(DeleteType::Delete), tombstone);
    address(&mut document, to, cc);
    document
}

/// The actor itself is deleted.
pub fn delete_actor(deed: Deed<'_>, to: &[Url]) -> Document {
    let mut document = simple(deed, plain(DeleteType::Delete), json!(deed.actor));
    address(&mut document, to, &[]);
    document
}

/// The actor lives at `target` from now on, as both of their documents say.
pub fn move_to(deed: Deed<'_>, target: &Url, to: &[Url]) -> Document {
    let document = simple(deed, plain(MoveType::Move), json!(deed.actor));
    collected(document, target, to, &[])
}

/// The actor likes a post.
pub fn like(deed: Deed<'_>, object: &Url) -> Document {
    simple(deed, plain(LikeType::Like), json!(object))
}

/// The actor shares a post.
pub fn announce(deed: Deed<'_>, object: &Url, published: DateTime<Utc>, to: &[Url], cc: &[Url]) -> Document {
    let mut document = simple(deed, plain(AnnounceType::Announce), json!(object));
    document.body.insert("published".to_owned(), time(published));
    address(&mut document, to, cc);
    document
}

/// The actor blocks another.
pub fn block(deed: Deed<'_>, object: &Url) -> Document {
    simple(deed, plain(BlockType::Block), json!(object))
}

/// The actor puts `object` into its collection `target`, as a rule a post at the top of its profile.
pub fn add(deed: Deed<'_>, object: &Url, target: &Url, to: &[Url], cc: &[Url]) -> Document {
    collected(simple(deed, plain(AddType::Add), json!(object)), target, to, cc)
}

/// The actor takes `object` out of that collection.
pub fn remove(deed: Deed<'_>, object: &Url, target: &Url, to: &[Url], cc: &[Url]) -> Document {
    collected(
        simple(deed, plain(RemoveType::Remove), json!(object)),
        target,
        to,
        cc,
    )
}

fn collected(mut document: Document, target: &Url, to: &[Url], cc: &[Url]) -> Document {
    document.body.insert("target".to_owned(), json!(target));
    address(&mut document, to, cc);
    document
}

/// A report, from the instance's own actor: the reported actor first, then its posts.
pub fn flag(deed: Deed<'_>, objects: &[Url], content: &str) -> Document {
    let mut document = simple(deed, plain(FlagType::Flag), json!(objects));
    document.body.insert("content".to_owned(), json!(content));
    if let Some(reported) = objects.first() {
        address(&mut document, std::slice::from_ref(reported), &[]);
    }
    document
}

fn simple(deed: Deed<'_>, kind: Value, object: Value) -> Document {
    let body = json!({ "id": deed.id, "type": kind, "actor": deed.actor, "object": object });
    Document::new(body, [])
}

fn whole_follow(answer: Deed<'_>, follow: Deed<'_>) -> Value {
    json!({ "id": follow.id, "type": FollowType::Follow, "actor": follow.actor, "object": answer.actor })
}

fn address(document: &mut Document, to: &[Url], cc: &[Url]) {
    document.body.insert("to".to_owned(), json!(to));
    document.body.insert("cc".to_owned(), json!(cc));
}

fn copy_recipients(document: &mut Document, from: &Document) {
    for key in ["to", "cc"] {
        let value = from.get(key);
        if !value.is_null() {
            document.body.insert(key.to_owned(), value);
        }
    }
}
