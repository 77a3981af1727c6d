//! What a process remembers for speed. Everything here may be dropped at any time.

mod asked;
mod cards;
mod changes;
mod check;
mod pages;
mod papers;
mod viewed;

use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use moka::future;
use moka::sync::Cache;
use serde_json::Value;

pub use asked::{Asked, Asker};
pub use cards::{Cards, Read};
pub use changes::{Depends, Question};
pub use check::Check;
pub use pages::{Made, Page, Pages};
pub use papers::{Paper, Papers};
pub use viewed::Viewed;

use crate::db::hosts::Usage;
use crate::domain::account::Account;
use crate::domain::audience::Audience;
use crate::domain::barred::Barred;
use crate::domain::filter::Filters;
use crate::domain::grant::Grant;
use crate::domain::ids::{AccountId, AppId, PostId};
use crate::domain::poll::Poll;
use crate::domain::post::AppShown;
use crate::domain::quote::{Policy, Quote};

/// How long another process's revocation of a token may go unnoticed here.
const TOKEN_TRUST: Duration = Duration::from_secs(5);
/// How long another process's change of the networks that are kept out may go unnoticed here.
const BARRED_TRUST: Duration = Duration::from_secs(5);
/// How old the numbers of an author inside a post may be.
const ACCOUNT_TRUST: Duration = Duration::from_secs(10);
/// Longer than any stretch in which requests are counted.
pub const ASKED_KEPT: Duration = Duration::from_secs(35 * 60);
/// How old the numbers of the instance may be.
const ABOUT_TRUST: Duration = Duration::from_secs(60);

/// What is the same for every reader of a post.
#[derive(Clone, Debug)]
pub struct Body {
    pub json: Bytes,
    /// As its author said.
    pub sensitive: bool,
    /// How it is shown depends on the reader and on the time.
    pub poll: Option<Arc<Poll>>,
    /// Emojis of what it asks, as JSON.
    pub poll_emojis: Vec<Value>,
    pub audience: Audience,
    /// How it is shown depends on the reader.
    pub quote: Option<Arc<Quote>>,
    pub quote_policy: Policy,
}

/// What is the same for every reader of an account.
#[derive(Clone, Debug)]
pub struct Author {
    pub json: Bytes,
    /// A moderator covers the pictures of all their posts.
    pub sensitized: bool,
}

/// Bounded by weight; keyed by version, so that an edit is never missed.
#[derive(Clone)]
pub struct Caches {
    /// Hash of a token → what it allows.
    pub grants: Cache<[u8; 32], Arc<Grant>>,
    /// The part of a post that is the same for every reader.
    pub posts: Cache<(PostId, i32), Body>,
    /// What posts are known to be, checked with every page.
    pub cards: Cards,
    /// The question what has changed, asked once for all who wait for it.
    pub check: Check,
    /// Home pages as they were written, checked before they are given again.
    pub pages: Pages,
    /// Somebody's filters, by their version.
    pub filters: Cache<(AccountId, i32), Arc<Filters>>,
    /// The words of a post as filters look through them. Only of posts that were shown to somebody who has filters.
    pub words: Cache<(PostId, i32), Arc<str>>,
    /// An account's JSON.
    pub accounts: Cache<(AccountId, i32), Author>,
    /// Whole accounts, for what does not need to be fresh to the second.
    pub people: Cache<AccountId, Arc<Account>>,
    /// Whom a name here means, as it was spelled. It means nobody else later but after they were removed whole.
    pub names: Cache<Box<str>, AccountId>,
    /// Documents about people here.
    pub papers: Papers,
    /// What an instance tells about itself and is dear to count, as it was written, by what it is.
    pub about: Cache<&'static str, Bytes>,
    /// What directories are told about this server's use.
    pub usage: Cache<(), Usage>,
    /// Client programs as posts name them; they never change.
    pub apps: Cache<AppId, AppShown>,
    /// Networks that are kept out, asked with every request.
    pub barred: future::Cache<(), Arc<Barred>>,
    /// How often each program asked lately.
    pub asked: Asked,
    /// Stored pictures that were looked at, until it is written down.
    pub viewed: Viewed,
}

impl Caches {
    /// Drops everything, when the rows below were exchanged.
    pub fn clear(&self) {
        self.grants.invalidate_all();
        self.posts.invalidate_all();
        self.cards.clear();
        self.filters.invalidate_all();
        self.words.invalidate_all();
        self.accounts.invalidate_all();
        self.people.invalidate_all();
        self.names.invalidate_all();
        self.papers.clear();
        self.about.invalidate_all();
        self.usage.invalidate_all();
        self.apps.invalidate_all();
        self.barred.invalidate_all();
    }

    /// Drops how an account is shown inside its posts, after a change of its numbers here: whoever made it sees it at once.
    pub fn forget_numbers(&self, account: &Account) {
        self.accounts.invalidate(&(account.id, account.version));
    }

    /// Drops what is known of an account after a change here.
    pub fn forget_account(&self, id: AccountId) {
        self.people.invalidate(&id);
    }
}

impl Default for Caches {
    fn default() -> Self {
        let weigh = |bytes: &Bytes| u32::try_from(bytes.len() + 64).unwrap_or(u32::MAX);
        let cards = Cards::default();
        Self {
            grants: Cache::builder()
                .max_capacity(50_000)
                .time_to_live(TOKEN_TRUST)
                .build(),
            posts: Cache::builder()
                .max_capacity(96 << 20)
                .weigher(move |_, body: &Body| weigh(&body.json))
                .build(),
            check: Check::default(),
            pages: Pages::new(cards.clone()),
            cards,
            filters: Cache::builder()
                .max_capacity(32 << 20)
                .weigher(|_, filters: &Arc<Filters>| u32::try_from(filters.weight()).unwrap_or(u32::MAX))
                .build(),
            words: Cache::builder()
                .max_capacity(32 << 20)
                .weigher(|_, words: &Arc<str>| u32::try_from(words.len() + 64).unwrap_or(u32::MAX))
                .build(),
            accounts: Cache::builder()
                .max_capacity(32 << 20)
                .weigher(move |_, author: &Author| weigh(&author.json))
                .time_to_live(ACCOUNT_TRUST)
                .build(),
            people: Cache::builder()
                .max_capacity(10_000)
                .time_to_live(ACCOUNT_TRUST)
                .build(),
            names: Cache::builder().max_capacity(10_000).build(),
            papers: Papers::default(),
            about: Cache::builder()
                .max_capacity(16)
                .time_to_live(ABOUT_TRUST)
                .build(),
            usage: Cache::builder().max_capacity(1).time_to_live(ABOUT_TRUST).build(),
            apps: Cache::builder().max_capacity(10_000).build(),
            barred: future::Cache::builder()
                .max_capacity(1)
                .time_to_live(BARRED_TRUST)
                .build(),
            asked: Asked::kept_for(ASKED_KEPT),
            viewed: Viewed::default(),
        }
    }
}
