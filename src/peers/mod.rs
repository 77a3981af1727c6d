//! The way to other servers, and what a process remembers of them. Everything here may be dropped at any time.

mod fetches;
mod knocks;
mod looking;
mod picture_hosts;
mod places;

use std::collections::{HashMap, HashSet};
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::{Duration, Instant};

use moka::{Expiry, future, sync};
use tintype_federation::fetch::{GuardedClient, Signer};
use tintype_federation::key::PublicKey;
use tintype_federation::push::VapidKey;
use tintype_federation::synchronization::FollowersDigest;
use tokio::sync::OnceCell;

use crate::db::policies::Severity;
use crate::domain::ids::{AccountId, HostId, PostId};
use crate::domain::relay::RelayWays;

pub use fetches::{Behalf, Fetches};
pub use looking::{Look, Looking};
pub use picture_hosts::PictureHosts;
pub use places::Places;

const KEY_TRUST: Duration = Duration::from_secs(3600);
/// How long an admin's decision about a domain may go unnoticed here.
const POLICY_TRUST: Duration = Duration::from_secs(5);
/// Nobody is read again sooner than this, whoever asks.
const READ_AGAIN_AFTER: Duration = Duration::from_secs(300);
/// Nor a post.
const POST_AGAIN_AFTER: Duration = Duration::from_secs(60);
/// Nor is a post looked for answers under it.
const LOOK_UNDER_AFTER: Duration = Duration::from_secs(900);
/// How old the count of what waits for a host may be.
const COUNT_TRUST: Duration = Duration::from_secs(5);
/// How long the same statement about followers says nothing new.
const STATED_TRUST: Duration = Duration::from_secs(60);
const FOUND_TRUST: Duration = Duration::from_secs(2);
const ABSENCE_TRUST: Duration = Duration::from_secs(900);
const TROUBLE_TRUST: Duration = Duration::from_secs(60);

/// Why somebody or something elsewhere cannot be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KnowError {
    /// Not an address or name that leads anywhere.
    #[error("there is nobody and nothing of that name")]
    Unknown,
    /// It was there, and its server says that it is deleted.
    #[error("deleted")]
    Gone,
    /// The domain is suspended here.
    #[error("the domain is suspended")]
    Suspended,
    /// The document is not what it should be, or not its server's to give.
    #[error("the document is not acceptable")]
    Unacceptable,
    /// The server does not answer as it should; later it may.
    #[error("the server does not answer")]
    Unreachable,
    /// Too much is being fetched already.
    #[error("too many fetches at once")]
    Busy,
    /// Our own trouble; it is logged where it happened.
    #[error("the database or a key failed")]
    Internal,
}

/// Somebody's key, ready to verify with.
#[derive(Clone, Debug)]
pub struct KnownKey {
    pub key: PublicKey,
    pub actor: String,
    pub account: AccountId,
    pub host: HostId,
}

/// The guarded client with what is remembered beside it.
pub struct Peers {
    client: GuardedClient,
    /// What is being fetched.
    pub fetches: Fetches,
    /// URI or handle → who that is; also who it is not.
    pub found: future::Cache<String, Result<AccountId, KnowError>>,
    /// URI → the post there, or that there is none.
    pub found_posts: future::Cache<String, Result<PostId, KnowError>>,
    /// Who was read again lately.
    pub refreshed: future::Cache<AccountId, Result<(), KnowError>>,
    /// Posts that were read again lately, because a peer said that they changed.
    pub read_again: sync::Cache<String, ()>,
    /// Posts under which answers were looked for lately, and how far that has come; none: it is of here, or not for all.
    pub looked_under: sync::Cache<PostId, Option<Looking>>,
    /// People elsewhere whose pages were looked at lately, and how far it has come to read what they posted; none: nothing is to be read.
    pub looked_at: sync::Cache<AccountId, Option<Looking>>,
    /// Key id → key.
    pub keys: sync::Cache<String, Arc<KnownKey>>,
    pub policies: sync::Cache<(), Arc<HashMap<String, Severity>>>,
    /// The hosts with which this server speaks, where it speaks with no others.
    pub allowed: sync::Cache<(), Arc<HashSet<String>>>,
    /// In which ways there are relays that take what is public here.
    pub relays: sync::Cache<(), RelayWays>,
    /// What people elsewhere said lately about who here follows them.
    pub stated: sync::Cache<AccountId, FollowersDigest>,
    /// How many activities of a host wait.
    pub waiting: sync::Cache<HostId, Arc<AtomicI64>>,
    /// The instance's actor, who signs our requests.
    pub signer: OnceCell<Signer>,
    /// By which push services know this server.
    pub push_key: OnceCell<VapidKey>,
    /// Servers whose pictures cannot be had just now.
    pub pictures: PictureHosts,
}

impl Peers {
    pub fn new(client: GuardedClient) -> Self {
        Self {
            client,
            fetches: Fetches::default(),
            found: future::Cache::builder()
                .max_capacity(20_000)
                .expire_after(ByAnswer)
                .build(),
            found_posts: future::Cache::builder()
                .max_capacity(20_000)
                .expire_after(ByAnswer)
                .build(),
            refreshed: future::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(READ_AGAIN_AFTER)
                .build(),
            read_again: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(POST_AGAIN_AFTER)
                .build(),
            looked_under: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(LOOK_UNDER_AFTER)
                .build(),
            looked_at: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(LOOK_UNDER_AFTER)
                .build(),
            keys: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(KEY_TRUST)
                .build(),
            policies: sync::Cache::builder()
                .max_capacity(1)
                .time_to_live(POLICY_TRUST)
                .build(),
            allowed: sync::Cache::builder()
                .max_capacity(1)
                .time_to_live(POLICY_TRUST)
                .build(),
            relays: sync::Cache::builder()
                .max_capacity(1)
                .time_to_live(POLICY_TRUST)
                .build(),
            stated: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(STATED_TRUST)
                .build(),
            waiting: sync::Cache::builder()
                .max_capacity(20_000)
                .time_to_live(COUNT_TRUST)
                .build(),
            signer: OnceCell::new(),
            push_key: OnceCell::new(),
            pictures: PictureHosts::default(),
        }
    }
}

impl Deref for Peers {
    type Target = GuardedClient;
    fn deref(&self) -> &GuardedClient {
        &self.client
    }
}

/// Who is found is in the database; who is not, is not asked for again so soon.
struct ByAnswer;

impl<T> Expiry<String, Result<T, KnowError>> for ByAnswer {
    fn expire_after_create(&self, _: &String, answer: &Result<T, KnowError>, _: Instant) -> Option<Duration> {
        Some(match answer {
            Ok(_) => FOUND_TRUST,
            Err(KnowError::Unreachable | KnowError::Busy | KnowError::Internal) => TROUBLE_TRUST,
            Err(_) => ABSENCE_TRUST,
        })
    }
}
