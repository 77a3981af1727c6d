//! What was said below a post, as far as anybody may read it and the viewer wants to. Never shows a direct post.

use std::collections::HashMap;

use sqlx::PgConnection;

use super::shown;
use crate::app::App;
use crate::db;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::web::api::entities::status;
use crate::web::auth::site::href;
use crate::web::pages::{CleanHtml, Comment, Moment};

/// Most comments of a page, and how deep they go.
const MOST: i64 = 100;
const DEEPEST: i32 = 20;

/// The comments in the order of the conversation, and whether there are more.
pub async fn below(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    root: PostId,
) -> sqlx::Result<(Vec<Comment>, bool)> {
    let mut ids = db::timelines::descendants(db, root, DEEPEST, MOST + 1).await?;
    let most = usize::try_from(MOST).unwrap_or_default();
    let more = ids.len() > most;
    ids.truncate(most);
    if ids.is_empty() {
        return Ok((Vec::new(), false));
    }
    let posts: HashMap<PostId, Post> = db::posts::by_ids(db, &ids)
        .await?
        .into_iter()
        .map(|post| (post.id, post))
        .collect();
    let parent = |id: &PostId| posts.get(id).and_then(|post| post.in_reply_to);
    let depths = depths(root, ids.iter().map(|id| (*id, parent(id))));
    let mut cards = db::posts::cards(db, viewer, &ids).await?;
    cards.retain(|card| !card.is_hidden());
    let mut authors: Vec<AccountId> = cards.iter().map(|card| card.author_id).collect();
    authors.sort_unstable();
    authors.dedup();
    let authors = db::accounts::by_ids(db, &authors).await?;
    let comment = |id: &PostId| {
        let card = cards.iter().find(|card| card.id == *id)?;
        let post = posts.get(id).filter(|post| post.audience.is_open())?;
        let author = authors.iter().find(|author| author.id == card.author_id)?;
        Some(Comment {
            author: shown::person(&app.urls, author),
            text: CleanHtml::trust(post.html.clone()),
            language: post.language.clone(),
            page: href(&status::page(&app.urls, post, author).unwrap_or_default()),
            published: Moment(post.created_at),
            depth: depths.get(id).copied().unwrap_or(0),
            photos: post.photos.len(),
            cover: shown::cover(post, author),
        })
    };
    Ok((ids.iter().filter_map(comment).collect(), more))
}

/// How deep each answer is: 0 for one to the post itself. Parents come before their answers.
fn depths(root: PostId, answers: impl Iterator<Item = (PostId, Option<PostId>)>) -> HashMap<PostId, u8> {
    let mut depths: HashMap<PostId, u8> = HashMap::new();
    for (id, parent) in answers {
        let above = parent.filter(|parent| *parent != root);
        let depth = above.and_then(|parent| depths.get(&parent));
        let depth = depth.map_or(0, |depth| depth.saturating_add(1));
        depths.insert(id, depth);
    }
    depths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_set_in_below_what_they_answer() {
        let answers = [
            (2, Some(1)),
            (3, Some(2)),
            (4, Some(3)),
            (5, Some(1)),
            (6, None),
            (7, Some(99)),
        ];
        let answers = answers.map(|(id, parent)| (PostId(id), parent.map(PostId)));
        let depths = depths(PostId(1), answers.into_iter());
        let mut found: Vec<(i64, u8)> = depths.iter().map(|(id, depth)| (id.0, *depth)).collect();
        found.sort_unstable();
        assert_eq!(found, [(2, 0), (3, 1), (4, 2), (5, 0), (6, 0), (7, 0)]);
    }
}
