//! What the statuses of a page are pieced together from: what is the same for every reader of each post, the authors, and what
//! viewers chose in polls. Decides nothing about who may see what: that is in the cards.

use std::collections::{HashMap, HashSet};

use bytes::Bytes;
use sqlx::PgConnection;

use super::quoted::Quoted;
use super::{Rendered, common};
use crate::app::App;
use crate::caches::{Author, Body};
use crate::db;
use crate::db::posts::Card;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::ids::{AccountId, PostId};
use crate::domain::poll::Poll;
use crate::domain::post::Post;
use crate::web::api::entities::filtered::Filtered;
use crate::web::api::entities::poll::{self, Look};
use crate::web::api::entities::{account, people};
use crate::web::error::ApiResult;

/// The ready parts of a page.
pub struct Parts {
    pub(super) posts: HashMap<PostId, Body>,
    accounts: HashMap<AccountId, Author>,
    /// What viewers chose in polls.
    votes: HashMap<(AccountId, PostId), Vec<i16>>,
    pub(super) quoted: Quoted,
    pub(super) now: Time,
}

impl Parts {
    /// Of one post and its author, without asking for anything.
    pub fn of_one(app: &App, post: &Post, author: &Account) -> Self {
        let body = common::body(&app.urls, post, author);
        app.caches.posts.insert((post.id, post.version), body.clone());
        let written_by = keep_account(app, author, &account::entity(&app.urls, author));
        Self {
            posts: HashMap::from([(post.id, body)]),
            accounts: HashMap::from([(author.id, written_by)]),
            votes: HashMap::new(),
            quoted: Quoted::default(),
            now: app.clock.now(),
        }
    }

    pub async fn gather(app: &App, db: &mut PgConnection, cards: &[Card]) -> ApiResult<Self> {
        let mut parts = Self {
            posts: HashMap::new(),
            accounts: HashMap::new(),
            votes: HashMap::new(),
            quoted: Quoted::default(),
            now: app.clock.now(),
        };
        parts.take(app, db, cards).await?;
        Ok(parts)
    }

    /// Takes in what these cards need besides.
    pub(super) async fn take(&mut self, app: &App, db: &mut PgConnection, cards: &[Card]) -> ApiResult<()> {
        let mut missing_posts = HashSet::new();
        let mut missing_accounts = HashSet::new();
        for card in cards {
            let own = ((card.id, card.version), (card.author_id, card.author_version));
            let inside = (
                (card.shown_id, card.shown_version),
                (card.shown_author_id, card.shown_author_version),
            );
            let inside = (card.shown_id != card.id).then_some(inside);
            for (post, author) in std::iter::once(own).chain(inside) {
                match app.caches.posts.get(&post) {
                    Some(body) => drop(self.posts.insert(post.0, body)),
                    None => drop(missing_posts.insert(post.0)),
                }
                if self.accounts.contains_key(&author.0) {
                    continue;
                }
                match app.caches.accounts.get(&author) {
                    Some(known) => drop(self.accounts.insert(author.0, known)),
                    None => drop(missing_accounts.insert(author.0)),
                }
            }
        }
        self.fill(app, db, missing_posts, missing_accounts).await
    }

    async fn fill(
        &mut self,
        app: &App,
        db: &mut PgConnection,
        posts: HashSet<PostId>,
        mut accounts: HashSet<AccountId>,
    ) -> ApiResult<()> {
        let posts = match posts.len() {
            0 => Vec::new(),
            _ => db::posts::by_ids(db, &posts.into_iter().collect::<Vec<_>>()).await?,
        };
        // A body needs its author's name in its address.
        accounts.extend(posts.iter().map(|post| post.author_id));
        if accounts.is_empty() {
            return Ok(());
        }
        let accounts = db::accounts::by_ids(db, &accounts.into_iter().collect::<Vec<_>>()).await?;
        let shown: Vec<&Account> = accounts.iter().collect();
        for (account, entity) in accounts.iter().zip(people::entities(app, db, &shown).await?) {
            self.accounts
                .insert(account.id, keep_account(app, account, &entity));
        }
        for post in &posts {
            let Some(author) = accounts.iter().find(|account| account.id == post.author_id) else {
                continue;
            };
            let body = common::body(&app.urls, post, author);
            app.caches.posts.insert((post.id, post.version), body.clone());
            self.posts.insert(post.id, body);
        }
        Ok(())
    }

    /// Adds what viewers chose in the polls of their cards; asks nothing when none of them voted.
    pub async fn add_votes<'a>(
        &mut self,
        db: &mut PgConnection,
        met: impl Iterator<Item = (AccountId, &'a Card)>,
    ) -> sqlx::Result<()> {
        let voted = met.filter(|(_, card)| card.flags & Flag::Voted as i16 != 0);
        let voted: Vec<_> = voted.map(|(viewer, card)| (viewer, card.shown_id)).collect();
        if !voted.is_empty() {
            self.votes.extend(db::polls::choices(db, &voted).await?);
        }
        Ok(())
    }

    /// When a poll ends, the first that does.
    pub fn next_end(&self) -> Option<Time> {
        let polls = self.posts.values().filter_map(|body| body.poll.as_ref());
        polls
            .filter(|poll| !poll.ended)
            .filter_map(|poll| poll.expires_at)
            .filter(|end| *end > self.now)
            .min()
    }

    /// What is the same for every reader of a post, without the closing brace.
    pub fn body(&self, post: PostId) -> Option<&Bytes> {
        self.posts.get(&post).map(|body| &body.json)
    }

    pub fn poll(&self, post: PostId) -> Option<&Poll> {
        self.posts.get(&post)?.poll.as_deref()
    }

    /// None when a part went away between two queries.
    pub(super) fn render(
        &self,
        card: Card,
        viewer: AccountId,
        filtered: Option<Filtered>,
    ) -> Option<Rendered> {
        let mut json = Vec::with_capacity(4_096);
        self.write(&mut json, &card, viewer, filtered.as_ref())?;
        Some(Rendered {
            card,
            json,
            hidden_in: filtered.map(|filtered| filtered.hidden_in).unwrap_or_default(),
        })
    }

    /// None when a part went away between two queries; then what was written is of no use.
    pub fn write(
        &self,
        json: &mut Vec<u8>,
        card: &Card,
        viewer: AccountId,
        filtered: Option<&Filtered>,
    ) -> Option<()> {
        let filtered: &[u8] = filtered.map_or(b"[]", |filtered| &filtered.json);
        self.write_one(json, card.id, card.author_id, card, (viewer, filtered))?;
        if card.id == card.shown_id {
            self.write_quote(json, card.id, viewer)?;
            json.extend_from_slice(b",\"reblog\":null}");
        } else {
            json.extend_from_slice(b",\"quote\":null,\"reblog\":");
            self.write_one(
                json,
                card.shown_id,
                card.shown_author_id,
                card,
                (viewer, filtered),
            )?;
            self.write_quote(json, card.shown_id, viewer)?;
            json.extend_from_slice(b",\"reblog\":null}}");
        }
        Some(())
    }

    pub(super) fn write_one(
        &self,
        json: &mut Vec<u8>,
        post: PostId,
        author: AccountId,
        card: &Card,
        (viewer, filtered): (AccountId, &[u8]),
    ) -> Option<()> {
        use std::io::Write as _;
        let body = self.posts.get(&post)?;
        json.extend_from_slice(&body.json);
        let written_by = self.accounts.get(&author)?;
        // Its author sees what they said themselves: their app sends it back with an edit.
        let sensitive = body.sensitive || (written_by.sensitized && author != viewer);
        write!(json, ",\"sensitive\":{sensitive}").ok()?;
        self.write_poll(json, post, author, viewer);
        json.extend_from_slice(b",\"account\":");
        json.extend_from_slice(&written_by.json);
        let Card {
            likes,
            reposts,
            replies,
            quotes,
            flags,
            ..
        } = card;
        let [likes, reposts, replies, quotes] =
            [likes, reposts, replies, quotes].map(|number| number.max(&0));
        write!(
            json,
            ",\"favourites_count\":{likes},\"reblogs_count\":{reposts},\"replies_count\":{replies},\"quotes_count\":{quotes}"
        )
        .ok()?;
        // Of a repost, what is said of the post inside.
        let quotable = self.posts.get(&card.shown_id)?;
        self.write_approval(json, quotable, card.shown_author_id, viewer)?;
        if viewer != AccountId::NONE {
            let has = |flag: Flag| flags & flag as i16 != 0;
            write!(
                json,
                ",\"favourited\":{},\"reblogged\":{},\"bookmarked\":{},\"muted\":{},\"filtered\":",
                has(Flag::Liked),
                has(Flag::Reposted),
                has(Flag::Bookmarked),
                has(Flag::ThreadMuted)
            )
            .ok()?;
            json.extend_from_slice(filtered);
            // A repost cannot be pinned.
            if author == viewer && post == card.shown_id {
                write!(json, ",\"pinned\":{}", has(Flag::Pinned)).ok()?;
            }
        }
        Some(())
    }

    fn write_poll(&self, json: &mut Vec<u8>, post: PostId, author: AccountId, viewer: AccountId) {
        let body = self.posts.get(&post);
        let asked = body.and_then(|body| Some((&**body.poll.as_ref()?, &body.poll_emojis[..])));
        let Some(asked) = asked else {
            json.extend_from_slice(b",\"poll\":null");
            return;
        };
        let look = Look {
            viewer,
            now: self.now,
            chosen: self.votes.get(&(viewer, post)).map_or(&[], Vec::as_slice),
        };
        json.extend_from_slice(b",\"poll\":");
        let entity = poll::entity(post, author, asked, &look);
        serde_json::to_writer(json, &entity).expect("an entity is plain data");
    }
}

fn keep_account(app: &App, account: &Account, entity: &account::Entity) -> Author {
    let author = Author {
        json: Bytes::from(serde_json::to_vec(entity).expect("an entity is plain data")),
        sensitized: account.sensitized,
    };
    app.caches
        .accounts
        .insert((account.id, account.version), author.clone());
    author
}
