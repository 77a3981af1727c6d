//! Posts as each of many viewers sees them: once for all between whom and the post there is nothing, once for each of the
//! others. Who may not see it, or keeps its people out of feeds, has none.

use std::collections::{HashMap, HashSet};

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::ids::{AccountId, PostId};
use crate::web::api::entities::status;
use crate::web::error::ApiResult;

#[derive(Default)]
pub struct Rendered {
    /// For whoever is not asked about alone.
    plain: HashMap<PostId, String>,
    /// Who was asked about alone, and what came of it.
    own: HashMap<(PostId, AccountId), Option<String>>,
}

impl Rendered {
    pub async fn make(
        app: &App,
        db: &mut PgConnection,
        wanted: &[(PostId, &HashSet<AccountId>)],
    ) -> ApiResult<Self> {
        let ids: Vec<PostId> = wanted.iter().map(|(post, _)| *post).collect();
        let anybody = db::posts::cards(db, AccountId::NONE, &ids).await?;
        let open: HashMap<PostId, Card> = anybody.into_iter().map(|card| (card.id, card)).collect();
        let alone = alone(db, wanted, &open).await?;
        let mut cards = db::posts::cards_for(db, &alone).await?;
        cards.retain(|(_, card)| !card.is_hidden());
        let mut made = Self {
            own: alone
                .into_iter()
                .map(|(viewer, post)| ((post, viewer), None))
                .collect(),
            ..Self::default()
        };
        // One of the others stands for all of them.
        let mut first: HashMap<PostId, AccountId> = HashMap::new();
        for (post, viewers) in wanted {
            let other = viewers
                .iter()
                .find(|viewer| !made.own.contains_key(&(*post, **viewer)));
            if let (Some(viewer), Some(card)) = (other, open.get(post)) {
                first.insert(*post, *viewer);
                cards.push((*viewer, card.clone()));
            }
        }
        for (viewer, rendered) in status::for_viewers(app, db, cards).await? {
            let post = rendered.card.id;
            let json = rendered.into_json().get().to_owned();
            match first.get(&post) == Some(&viewer) {
                true => drop(made.plain.insert(post, json)),
                false => drop(made.own.insert((post, viewer), Some(json))),
            }
        }
        Ok(made)
    }

    pub fn of(&self, post: PostId, viewer: AccountId) -> Option<&str> {
        match self.own.get(&(post, viewer)) {
            Some(own) => own.as_deref(),
            None => self.plain.get(&post).map(String::as_str),
        }
    }
}

/// Those who do not meet a post as anybody does: everybody, when it is not for everybody, else those between whom and the
/// post there is something. Where filters come in: whoever has one that may match is one of them.
async fn alone(
    db: &mut PgConnection,
    wanted: &[(PostId, &HashSet<AccountId>)],
    open: &HashMap<PostId, Card>,
) -> ApiResult<Vec<(AccountId, PostId)>> {
    let mut alone = Vec::new();
    let mut asked: HashSet<AccountId> = HashSet::new();
    for (post, viewers) in wanted {
        match open.contains_key(post) {
            true => asked.extend(viewers.iter()),
            false => alone.extend(viewers.iter().map(|viewer| (*viewer, *post))),
        }
    }
    if asked.is_empty() {
        return Ok(alone);
    }
    let asked: Vec<AccountId> = asked.into_iter().collect();
    let posts: Vec<PostId> = open.keys().copied().collect();
    let between = db::live::between(db, &asked, &posts).await?;
    let by_post: HashMap<PostId, &HashSet<AccountId>> = wanted.iter().copied().collect();
    let theirs =
        |viewer: &AccountId, post: &PostId| by_post.get(post).is_some_and(|viewers| viewers.contains(viewer));
    alone.extend(between.into_iter().filter(|(viewer, post)| theirs(viewer, post)));
    Ok(alone)
}
