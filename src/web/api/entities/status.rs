//! The Status entity, in one place. What is the same for every reader is kept ready under (id, version), so that an edit
//! is never missed; numbers and the reader's flags are always fresh. Pieced together as text: a page is 20 of these.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use bytes::Bytes;
use serde::Serialize;
use serde_json::value::RawValue;
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::cards::{self, Met};
use super::filtered::{self, Filtered};
use super::media::{self, Attachment};
use super::poll::{self, Look};
use super::{account, emoji, people, place, time};
use crate::app::App;
use crate::caches::{Author, Body};
use crate::db;
use crate::db::posts::Card;
use crate::db::reactions::Flag;
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::filter::{Contexts, Filters};
use crate::domain::ids::{AccountId, PostId};
use crate::domain::post::Post;
use crate::domain::urls::Urls;
use crate::web::error::ApiResult;

/// A rendered status and what its card said.
#[derive(Debug)]
pub struct Rendered {
    pub card: Card,
    /// Pieced together from JSON; to be looked through again only where something else embeds it.
    pub json: Vec<u8>,
    /// Where the viewer's filters leave it out.
    pub hidden_in: Contexts,
}

impl Rendered {
    pub fn into_json(self) -> Box<RawValue> {
        raw(self.json)
    }
}

fn raw(json: Vec<u8>) -> Box<RawValue> {
    let text = String::from_utf8(json).expect("all its pieces are text");
    RawValue::from_string(text).expect("all its pieces are JSON")
}

/// The part that is the same for every reader, but for `account`, `sensitive`, `reblog`, `poll`, numbers and flags.
#[derive(Serialize)]
struct Common<'a> {
    id: PostId,
    created_at: String,
    in_reply_to_id: Option<PostId>,
    in_reply_to_account_id: Option<AccountId>,
    spoiler_text: &'a str,
    visibility: &'a str,
    language: Option<&'a str>,
    uri: String,
    url: Option<String>,
    edited_at: Option<String>,
    content: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    application: Option<Value>,
    media_attachments: Vec<Attachment>,
    mentions: Vec<Value>,
    tags: Vec<Value>,
    emojis: Vec<emoji::Entity>,
    card: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<place::Entity>,
}

/// Statuses in the order of `ids`, without those that `viewer` may not see.
pub async fn many(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    ids: &[PostId],
) -> ApiResult<Vec<Rendered>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let Met { cards, filters } = cards::of(app, db, viewer, ids, None).await?;
    let mut parts = Parts::gather(app, db, &cards).await?;
    parts
        .add_votes(db, cards.iter().map(|card| (viewer, card)))
        .await?;
    let now = app.clock.now();
    let mut by_id: HashMap<PostId, Card> = cards.into_iter().map(|card| (card.id, card)).collect();
    let rendered = ids.iter().filter_map(|id| {
        let card = by_id.remove(id)?;
        let filtered = filtered::judge(app, &parts, viewer, &filters, &card, now);
        parts.render(card, viewer, filtered)
    });
    Ok(rendered.collect())
}

/// One status, if `viewer` may see it.
pub async fn one(
    app: &App,
    db: &mut PgConnection,
    viewer: AccountId,
    id: PostId,
) -> ApiResult<Option<Rendered>> {
    Ok(many(app, db, viewer, &[id]).await?.pop())
}

/// Statuses by cards of which each says what its viewer may see, one rendering for each; without those of which a part went
/// away. For telling many of one post: what is the same for all of them is gathered once.
pub async fn for_viewers(
    app: &App,
    db: &mut PgConnection,
    cards: Vec<(AccountId, Card)>,
    filters: &HashMap<AccountId, Arc<Filters>>,
) -> ApiResult<Vec<(AccountId, Rendered)>> {
    let (viewers, cards): (Vec<AccountId>, Vec<Card>) = cards.into_iter().unzip();
    let mut parts = Parts::gather(app, db, &cards).await?;
    parts.add_votes(db, viewers.iter().copied().zip(&cards)).await?;
    let now = app.clock.now();
    let rendered = viewers.into_iter().zip(cards).filter_map(|(viewer, card)| {
        let filters = filters.get(&viewer);
        let filtered = filters.and_then(|theirs| filtered::judge(app, &parts, viewer, theirs, &card, now));
        Some((viewer, parts.render(card, viewer, filtered)?))
    });
    Ok(rendered.collect())
}

/// A status that was written a moment ago: nobody has done anything with it, so nothing is asked of the database.
pub fn fresh(app: &App, post: &Post, author: &Account) -> Box<RawValue> {
    to_its_author(app, post, author, [0; 3])
}

/// A status to whoever wrote it, without what they did with it themselves; also one that nobody may see. The numbers are those
/// of likes, reposts and replies.
pub fn to_its_author(app: &App, post: &Post, author: &Account, numbers: [i32; 3]) -> Box<RawValue> {
    let [likes, reposts, replies] = numbers;
    let card = Card {
        id: post.id,
        version: post.version,
        author_id: author.id,
        author_version: author.version,
        audience: post.audience,
        shown_id: post.id,
        shown_version: post.version,
        shown_author_id: author.id,
        shown_author_version: author.version,
        likes,
        reposts,
        replies,
        flags: 0,
        reasons: 0,
    };
    let body = body(&app.urls, post, author);
    app.caches.posts.insert((post.id, post.version), body.clone());
    let parts = Parts {
        posts: HashMap::from([(post.id, body)]),
        accounts: HashMap::from([(
            author.id,
            keep_account(app, author, &account::entity(&app.urls, author)),
        )]),
        votes: HashMap::new(),
        now: app.clock.now(),
    };
    let mut json = Vec::new();
    parts
        .write(&mut json, &card, author.id, None)
        .expect("both parts are there");
    raw(json)
}

/// The ready parts of a page.
pub struct Parts {
    posts: HashMap<PostId, Body>,
    accounts: HashMap<AccountId, Author>,
    /// What viewers chose in polls.
    votes: HashMap<(AccountId, PostId), Vec<i16>>,
    now: Time,
}

impl Parts {
    pub async fn gather(app: &App, db: &mut PgConnection, cards: &[Card]) -> ApiResult<Self> {
        let mut parts = Self {
            posts: HashMap::new(),
            accounts: HashMap::new(),
            votes: HashMap::new(),
            now: app.clock.now(),
        };
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
                    Some(body) => drop(parts.posts.insert(post.0, body)),
                    None => drop(missing_posts.insert(post.0)),
                }
                if parts.accounts.contains_key(&author.0) {
                    continue;
                }
                match app.caches.accounts.get(&author) {
                    Some(known) => drop(parts.accounts.insert(author.0, known)),
                    None => drop(missing_accounts.insert(author.0)),
                }
            }
        }
        parts.fill(app, db, missing_posts, missing_accounts).await?;
        Ok(parts)
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
            let body = body(&app.urls, post, author);
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

    /// None when a part went away between two queries.
    fn render(&self, card: Card, viewer: AccountId, filtered: Option<Filtered>) -> Option<Rendered> {
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
            json.extend_from_slice(b",\"reblog\":null}");
        } else {
            json.extend_from_slice(b",\"reblog\":");
            self.write_one(
                json,
                card.shown_id,
                card.shown_author_id,
                card,
                (viewer, filtered),
            )?;
            json.extend_from_slice(b",\"reblog\":null}}");
        }
        Some(())
    }

    fn write_one(
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
            flags,
            ..
        } = card;
        let (likes, reposts, replies) = (likes.max(&0), reposts.max(&0), replies.max(&0));
        write!(
            json,
            ",\"favourites_count\":{likes},\"reblogs_count\":{reposts},\"replies_count\":{replies},\"quotes_count\":0"
        )
        .ok()?;
        if viewer != AccountId::NONE {
            let flag = |bit: i16| flags & bit != 0;
            write!(
                json,
                ",\"favourited\":{},\"reblogged\":{},\"bookmarked\":{},\"muted\":{},\"filtered\":",
                flag(1),
                flag(2),
                flag(4),
                flag(16)
            )
            .ok()?;
            json.extend_from_slice(filtered);
            // A repost cannot be pinned.
            if author == viewer && post == card.shown_id {
                write!(json, ",\"pinned\":{}", flag(8)).ok()?;
            }
        }
        Some(())
    }
}

impl Parts {
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

/// The address of a post: given by its server, or our own.
pub fn uri(urls: &Urls, post: &Post, author: &Account) -> String {
    match (&post.uri, post.repost_of) {
        (Some(uri), _) => uri.clone(),
        (None, Some(_)) => urls.post_activity(&author.username, post.id),
        (None, None) => urls.post(&author.username, post.id),
    }
}

/// The page of a post, for people.
pub fn page(urls: &Urls, post: &Post, author: &Account) -> Option<String> {
    match (&post.uri, post.repost_of) {
        (Some(uri), _) => post.url.clone().or_else(|| Some(uri.clone())),
        (None, Some(_)) => None,
        (None, None) => Some(urls.post_page(&author.username, post.id)),
    }
}

/// JSON of the unchanging part, without its closing brace.
fn body(urls: &Urls, post: &Post, author: &Account) -> Body {
    let common = Common {
        id: post.id,
        created_at: time(post.created_at),
        in_reply_to_id: post.in_reply_to,
        in_reply_to_account_id: post.in_reply_to.and(post.reply_to_author),
        spoiler_text: &post.summary,
        visibility: post.audience.as_str(),
        language: post.language.as_deref(),
        uri: uri(urls, post, author),
        url: page(urls, post, author),
        edited_at: post.edited_at.map(time),
        content: &post.html,
        application: post
            .app
            .as_ref()
            .map(|app| json!({ "name": app.name, "website": app.website })),
        media_attachments: post
            .photos
            .iter()
            .map(|photo| media::attachment(urls, photo))
            .collect(),
        mentions: mentions(post),
        tags: post
            .tags
            .iter()
            .map(|tag| json!({ "name": tag, "url": urls.tag_page(tag) }))
            .collect(),
        emojis: emoji::all(urls, &post.emojis),
        card: None,
        place: post.place.as_ref().map(|one| place::entity(urls, one)),
    };
    let mut bytes = serde_json::to_vec(&common).expect("an entity is plain data");
    bytes.pop();
    Body {
        json: bytes.into(),
        sensitive: post.sensitive,
        poll: post.poll.clone().map(|poll| Arc::new(poll.0)),
        poll_emojis: poll::emojis(urls, post).unwrap_or_default(),
    }
}

fn mentions(post: &Post) -> Vec<Value> {
    let mentions = post.mentions.iter();
    mentions
        .map(|mention| {
            let acct = match &mention.authority {
                Some(authority) => format!("{}@{authority}", mention.username),
                None => mention.username.clone(),
            };
            json!({ "id": mention.id, "username": mention.username, "url": mention.url, "acct": acct })
        })
        .collect()
}
