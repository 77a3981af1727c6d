//! The List entity. Never says who is in it.

use serde::Serialize;

use crate::db::lists::List;
use crate::domain::ids::ListId;

#[derive(Debug, Serialize)]
pub struct Entity {
    pub id: ListId,
    pub title: String,
    pub replies_policy: &'static str,
    pub exclusive: bool,
}

pub fn entity(list: List) -> Entity {
    Entity {
        id: list.id,
        title: list.title,
        replies_policy: list.replies.as_str(),
        exclusive: list.exclusive,
    }
}
