//! Posts as each of many viewers sees them: once for all between whom and the post there is nothing, once for each of the
//! others. Who may not see it, or keeps its people out of feeds, has none.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sqlx::PgConnection;

use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::filter::{Context, Contexts, Filters};
use crate::domain::ids::{AccountId, PostId};
use crate::web::api::entities::filtered::judge;
use crate::web::api::entities::status::Parts;
use crate::web::api::entities::{filters, status};
use crate::web::error::ApiResult;

#[derive(Default)]
pub struct Rendered {
    /// For whoever is not asked about alone.
    plain: HashMap<PostId, String>,
    /// Who was asked about alone, and what came of it.
    own: HashMap<(PostId, AccountId), Option<Own>>,
}

/// A post as one viewer sees it.
struct Own {
    json: String,
    /// Where their filters leave it out.
    hidden_in: Contexts,
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
        let viewers: HashSet<AccountId> = wanted
            .iter()
            .flat_map(|(_, theirs)| theirs.iter())
            .copied()
            .collect();
        let filters = filters::of_all(app, db, &Vec::from_iter(viewers)).await?;
        let mut alone = alone(db, wanted, &open).await?;
        alone.extend(personal(app, db, wanted, &open).await?);
        alone.extend(filtered(app, db, wanted, (&open, &filters)).await?);
        alone.sort_unstable();
        alone.dedup();
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
        for (viewer, rendered) in status::for_viewers(app, db, cards, &filters).await? {
            let (post, hidden_in) = (rendered.card.id, rendered.hidden_in);
            let json = rendered.into_json().get().to_owned();
            match first.get(&post) == Some(&viewer) {
                true => drop(made.plain.insert(post, json)),
                false => drop(made.own.insert((post, viewer), Some(Own { json, hidden_in }))),
            }
        }
        Ok(made)
    }

    pub fn of(&self, post: PostId, viewer: AccountId, context: Context) -> Option<&str> {
        let Some(own) = self.own.get(&(post, viewer)) else {
            return self.plain.get(&post).map(String::as_str);
        };
        let shown = own.as_ref().filter(|own| !own.hidden_in.has(context));
        shown.map(|own| own.json.as_str())
    }
}

/// Those who do not meet a post as anybody does: everybody, when it is not for everybody, else those between whom and the
/// post there is something. Whose filters meet it is one of them as well: `filtered`.
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

/// All viewers of an open post that is not the same for everybody: it quotes another, which may not be for all of them.
async fn personal(
    app: &App,
    db: &mut PgConnection,
    wanted: &[(PostId, &HashSet<AccountId>)],
    open: &HashMap<PostId, Card>,
) -> ApiResult<Vec<(AccountId, PostId)>> {
    let cards: Vec<Card> = open.values().cloned().collect();
    let personal = status::personal(app, db, &cards).await?;
    let theirs = wanted.iter().filter(|(post, _)| personal.contains(post));
    let pairs = theirs.flat_map(|(post, viewers)| viewers.iter().map(move |viewer| (*viewer, *post)));
    Ok(pairs.collect())
}

/// Those who have a filter that meets an open post which they would get.
async fn filtered(
    app: &App,
    db: &mut PgConnection,
    wanted: &[(PostId, &HashSet<AccountId>)],
    (open, filters): (&HashMap<PostId, Card>, &HashMap<AccountId, Arc<Filters>>),
) -> ApiResult<Vec<(AccountId, PostId)>> {
    if filters.is_empty() {
        return Ok(Vec::new());
    }
    let cards: Vec<Card> = open.values().cloned().collect();
    let parts = Parts::gather(app, db, &cards).await?;
    let now = app.clock.now();
    let mut filtered = Vec::new();
    for (post, viewers) in wanted {
        let Some(card) = open.get(post) else { continue };
        for viewer in *viewers {
            let theirs = filters.get(viewer);
            if theirs.is_some_and(|theirs| judge(app, &parts, *viewer, theirs, card, now).is_some()) {
                filtered.push((*viewer, *post));
            }
        }
    }
    Ok(filtered)
}
