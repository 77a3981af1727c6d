//! The door for other servers: who is here, what they posted, and the inbox. Holds no rules about what is said there.

mod actor;
mod answer;
mod collections;
mod documents;
mod host_meta;
mod inbox;
mod keys;
pub mod negotiate;
mod nodeinfo;
mod objects;
mod reader;
mod refusal;
mod relayed;
mod stamps;
mod synchronization;
mod webfinger;

/// The same documents under the addresses of pages.
pub use actor::show as show_actor;
pub use nodeinfo::{document as nodeinfo_document, usage};
pub use objects::{Asked as AskedPost, show as show_post};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::app::App;

/// The largest letter that is taken.
const LARGEST_LETTER: usize = 1024 * 1024;
pub fn routes() -> Router<App> {
    Router::new()
        .route("/.well-known/webfinger", get(webfinger::show))
        .route("/.well-known/host-meta", get(host_meta::xrd))
        .route("/.well-known/host-meta.json", get(host_meta::jrd))
        .route("/.well-known/nodeinfo", get(nodeinfo::well_known))
        .route("/nodeinfo/2.0", get(nodeinfo::v2_0))
        .route("/nodeinfo/2.1", get(nodeinfo::v2_1))
        .route("/actor", get(actor::instance))
        .route("/actor/outbox", get(collections::instance_outbox))
        .route("/users/{name}", get(actor::show))
        .route("/users/{name}/outbox", get(collections::outbox))
        .route("/users/{name}/followers", get(collections::followers))
        .route("/users/{name}/following", get(collections::following))
        .route(
            "/users/{name}/followers_synchronization",
            get(synchronization::followers),
        )
        .route("/users/{name}/collections/featured", get(collections::featured))
        .route("/users/{name}/posts/{id}", get(objects::show))
        .route("/users/{name}/posts/{id}/activity", get(objects::activity))
        .route("/users/{name}/posts/{id}/replies", get(objects::replies))
        .route("/users/{name}/posts/{id}/likes", get(objects::likes))
        .route("/users/{name}/posts/{id}/shares", get(objects::shares))
        .route("/users/{name}/stamps/{id}", get(stamps::show))
        .merge(inboxes())
}

fn inboxes() -> Router<App> {
    Router::new()
        .route("/inbox", post(inbox::shared))
        .route("/actor/inbox", post(inbox::shared))
        .route("/users/{name}/inbox", post(inbox::personal))
        .layer(DefaultBodyLimit::max(LARGEST_LETTER))
}
