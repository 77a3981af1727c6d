//! What the posts of a page quote, as each viewer meets it. Decides nothing about who may see what: that is in the cards.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use sqlx::PgConnection;

use super::Parts;
use crate::app::App;
use crate::db;
use crate::db::posts::Card;
use crate::domain::filter::Filters;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::quote::{Quote, State};
use crate::web::api::entities::filtered::{self, Filtered};
use crate::web::error::ApiResult;

/// What is quoted by the posts of a page.
#[derive(Default)]
pub(super) struct Quoted {
    standing: HashMap<(AccountId, PostId), Standing>,
    /// Viewers, each with an author whom they follow, where it matters.
    pub(super) following: HashSet<(AccountId, AccountId)>,
    /// Posts of which something is known, with their authors.
    pub(super) facts: Vec<i64>,
    /// Of these a viewer may see nothing.
    pub(super) left_out: Vec<PostId>,
}

/// How a quoted post stands for a viewer.
enum Standing {
    Seen(Box<Seen>),
    /// Why they do not meet it, as the client API spells it.
    Kept(&'static str),
}

pub(super) struct Seen {
    pub(super) card: Card,
    pub(super) filtered: Option<Filtered>,
}

impl Quoted {
    /// What a viewer is told of a quote, and the post, where they meet it.
    pub(super) fn stands(&self, viewer: AccountId, quote: &Quote) -> (&'static str, Option<&Seen>) {
        let Some(id) = quote.quoted.filter(|_| quote.state == State::Accepted) else {
            // Who is quoted with their leave was here once.
            return match quote.state {
                State::Accepted => ("deleted", None),
                state => (state.as_str(), None),
            };
        };
        match self.standing.get(&(viewer, id)) {
            Some(Standing::Seen(seen)) => (State::Accepted.as_str(), Some(seen)),
            Some(Standing::Kept(why)) => (why, None),
            None => ("unauthorized", None),
        }
    }
}

/// How deep a quote is: what is quoted in a quote is only named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Depth {
    Whole,
    Named,
}

impl Parts {
    /// Adds what the posts of these cards quote, each for its viewer, and who follows an author that lets only followers quote.
    /// Asks nothing when there is nothing of the kind.
    pub async fn add_quotes(
        &mut self,
        app: &App,
        db: &mut PgConnection,
        met: &[(AccountId, &Card)],
        filters: &HashMap<AccountId, Arc<Filters>>,
    ) -> ApiResult<()> {
        let shown: Vec<_> = met
            .iter()
            .map(|(viewer, card)| (*viewer, card.shown_id))
            .collect();
        let mut authors: Vec<_> = met
            .iter()
            .map(|(viewer, card)| (*viewer, card.shown_id, card.shown_author_id))
            .collect();
        let first = self.meet(app, db, &shown, (Depth::Whole, filters)).await?;
        authors.extend(
            first
                .iter()
                .map(|(viewer, card)| (*viewer, card.id, card.author_id)),
        );
        let shown: Vec<_> = first.iter().map(|(viewer, card)| (*viewer, card.id)).collect();
        self.meet(app, db, &shown, (Depth::Named, filters)).await?;
        self.add_following(db, authors).await
    }

    /// Whether a post is not the same for all who have nothing to do with it.
    pub fn is_personal(&self, card: &Card) -> bool {
        let body = self.posts.get(&card.shown_id);
        body.is_some_and(|body| body.quote.is_some() || body.quote_policy.asks_for_relation())
    }

    /// What must not change for a rendering of these parts to stay right, beside the cards: facts of these, and that nothing is
    /// to be seen of those.
    pub fn quoted(&self) -> (&[i64], &[PostId]) {
        (&self.quoted.facts, &self.quoted.left_out)
    }

    /// What these posts quote with leave; gives the cards of what their viewers may see.
    async fn meet(
        &mut self,
        app: &App,
        db: &mut PgConnection,
        shown: &[(AccountId, PostId)],
        (depth, filters): (Depth, &HashMap<AccountId, Arc<Filters>>),
    ) -> ApiResult<Vec<(AccountId, Card)>> {
        let wanted = self.wanted(shown);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let cards = db::posts::cards_for(db, &wanted).await?;
        if depth == Depth::Whole {
            let inside: Vec<Card> = cards.iter().map(|(_, card)| card.clone()).collect();
            self.take(app, db, &inside).await?;
            self.add_votes(db, cards.iter().map(|(viewer, card)| (*viewer, card)))
                .await?;
        }
        for (viewer, card) in &cards {
            self.quoted.facts.extend([card.id.0, card.author_id.0]);
            let standing = self.standing(app, *viewer, card, filters.get(viewer));
            self.quoted.standing.insert((*viewer, card.id), standing);
        }
        let missing = wanted
            .iter()
            .filter(|pair| !self.quoted.standing.contains_key(*pair));
        let missing: Vec<_> = missing.copied().collect();
        self.keep(db, &missing).await?;
        Ok(cards)
    }

    /// Viewers with what is quoted, each pair once, without those that are known already.
    fn wanted(&self, shown: &[(AccountId, PostId)]) -> Vec<(AccountId, PostId)> {
        let quoted = shown.iter().filter_map(|(viewer, post)| {
            let quote = self.posts.get(post)?.quote.as_ref()?;
            let accepted = quote.state == State::Accepted;
            Some((*viewer, quote.quoted.filter(|_| accepted)?))
        });
        let mut wanted: Vec<_> = quoted
            .filter(|pair| !self.quoted.standing.contains_key(pair))
            .collect();
        wanted.sort_unstable();
        wanted.dedup();
        wanted
    }

    fn standing(
        &self,
        app: &App,
        viewer: AccountId,
        card: &Card,
        filters: Option<&Arc<Filters>>,
    ) -> Standing {
        // As they are stored: migrations/0005_relations.sql.
        for (reason, why) in [
            (1, "blocked_account"),
            (8, "blocked_domain"),
            (4, "muted_account"),
        ] {
            if card.reasons & reason != 0 {
                return Standing::Kept(why);
            }
        }
        let filtered = filters.and_then(|theirs| filtered::judge(app, self, viewer, theirs, card, self.now));
        Standing::Seen(Box::new(Seen {
            card: card.clone(),
            filtered,
        }))
    }

    /// What is there, and not for the viewer, is told apart from what is gone.
    async fn keep(&mut self, db: &mut PgConnection, missing: &[(AccountId, PostId)]) -> sqlx::Result<()> {
        if missing.is_empty() {
            return Ok(());
        }
        let ids: Vec<PostId> = missing.iter().map(|(_, post)| *post).collect();
        let there: HashSet<PostId> = db::quotes::there(db, &ids).await?.into_iter().collect();
        for pair in missing {
            let why = match there.contains(&pair.1) {
                true => "unauthorized",
                false => "deleted",
            };
            self.quoted.standing.insert(*pair, Standing::Kept(why));
            self.quoted.left_out.push(pair.1);
        }
        Ok(())
    }

    async fn add_following(
        &mut self,
        db: &mut PgConnection,
        met: Vec<(AccountId, PostId, AccountId)>,
    ) -> ApiResult<()> {
        let asking = met.into_iter().filter(|(viewer, post, author)| {
            let body = self.posts.get(post);
            *viewer != AccountId::NONE
                && viewer != author
                && body.is_some_and(|body| body.quote_policy.asks_for_relation())
        });
        let mut pairs: Vec<_> = asking.map(|(viewer, _, author)| (viewer, author)).collect();
        pairs.sort_unstable();
        pairs.dedup();
        if !pairs.is_empty() {
            let following = db::quotability::following(db, &pairs).await?;
            self.quoted.following.extend(following);
        }
        Ok(())
    }
}
