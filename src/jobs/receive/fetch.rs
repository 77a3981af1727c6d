//! Activities that name something that we do not have: it is fetched, then they are applied. Apart from the rest, so
//! that a slow server holds up only what is about it: of all places, few are one sender's, and few go to one server.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use tokio::sync::Notify;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;
use url::Url;

use super::apply::{self, Applied};
use super::letter;
use crate::actions::read_again::Said;
use crate::actions::{know_post, move_account, read_again};
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::received::{Lending, Parked, Tried};
use crate::domain::account::Account;
use crate::domain::clock::Time;
use crate::domain::ids::HostId;
use crate::domain::urls::authority_of;
use crate::peers::{Behalf, KnowError, Places};

/// Fetched for at once; of one sender; and from one server.
const AT_ONCE: usize = 8;
const OF_EACH: usize = 2;
const FROM_EACH: usize = 2;
/// How long one may take before another process may try it.
const LEASE: TimeDelta = TimeDelta::minutes(5);
const LOOK: Duration = Duration::from_secs(2);
/// When one is looked at again for whose server there is no place.
const NEXT_TURN: TimeDelta = TimeDelta::seconds(5);
const MOST_TRIES: i16 = 5;

/// An activity in hand.
struct Lent {
    parked: Parked,
    /// With its id, says that it is still ours.
    until: Time,
}

struct Lane {
    tasks: JoinSet<()>,
    /// Whose activity each task has.
    busy: HashMap<Id, HostId>,
    /// Whose turn it was last.
    last: HostId,
    places: Places,
}

/// Looks whenever something was `applied`, a place is free again, and now and then.
pub async fn run(app: App, applied: Arc<Notify>, stop: CancellationToken) {
    let mut lane = Lane {
        tasks: JoinSet::new(),
        busy: HashMap::new(),
        last: HostId(0),
        places: Places::default(),
    };
    while !stop.is_cancelled() {
        if let Err(error) = lane.fill(&app).await {
            tracing::error!(%error, "what has to be fetched could not be read");
        }
        tokio::select! {
            Some(ended) = lane.tasks.join_next_with_id() => lane.ended(&app, ended),
            () = applied.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }
    // Whoever stops the process waits for so long as it likes; then their leases end by themselves.
    while lane.tasks.join_next().await.is_some() {}
}

impl Lane {
    /// Takes an activity for every free place, while there are any that are due.
    async fn fill(&mut self, app: &App) -> sqlx::Result<()> {
        let free = AT_ONCE.saturating_sub(self.busy.len());
        if free == 0 {
            return Ok(());
        }
        let now = app.clock.now();
        let lending = Lending {
            most: free as i64,
            each: OF_EACH as i64,
            last: self.last,
            in_hand: &self.in_hand(),
            until: now + LEASE,
        };
        let mut db = app.db.acquire().await?;
        let lent = db::received::lend_fetching(&mut db, lending, now).await?;
        drop(db);
        let last = self.last;
        self.last = lent
            .iter()
            .map(|parked| parked.host_id)
            .max_by_key(|host| (*host <= last, *host))
            .unwrap_or(last);
        for parked in lent {
            let (app, places, host) = (app.clone(), self.places.clone(), parked.host_id);
            let until = lending.until;
            let task = self.tasks.spawn(async move {
                let lent = Lent { parked, until };
                if let Err(error) = settle(&app, &places, &lent).await {
                    let actor = lent.parked.actor_uri;
                    tracing::warn!(actor, %error, "an activity that fetches failed; trying again later");
                }
            });
            self.busy.insert(task.id(), host);
        }
        Ok(())
    }

    fn in_hand(&self) -> Vec<(HostId, i64)> {
        let mut counts: HashMap<HostId, i64> = HashMap::new();
        for host in self.busy.values() {
            *counts.entry(*host).or_default() += 1;
        }
        counts.into_iter().collect()
    }

    fn ended(&mut self, app: &App, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.busy.remove(&id);
        app.bus.wake(Queue::Outbox);
    }
}

async fn settle(app: &App, places: &Places, lent: &Lent) -> sqlx::Result<()> {
    let wanted = wanted(app, lent).await?;
    let Some(object) = wanted.object() else {
        return Ok(());
    };
    let server = authority_of(object).unwrap_or_default();
    let Some(_place) = places.take(&server, FROM_EACH) else {
        return again(app, lent, NEXT_TURN, Tried::Not).await;
    };
    let (got, then) = match &wanted {
        Wanted::Nothing => return Ok(()),
        Wanted::Fetch(object) => {
            let got = know_post::by_uri(app, Behalf::Work, object.as_str()).await;
            (got.map(drop), Then::Apply)
        }
        Wanted::Read(actor, object, said) => {
            let read = read_again::changed(app, actor, object, *said).await;
            (read, Then::Done)
        }
        Wanted::Move(actor, target) => (move_account::remote(app, actor, target).await, Then::Done),
    };
    let tries = lent.parked.tries;
    match got {
        Ok(()) => finish(app, lent, then).await,
        Err(KnowError::Busy | KnowError::Unreachable | KnowError::Internal) if tries < MOST_TRIES => {
            let wait = TimeDelta::seconds(30 << (2 * u32::try_from(tries).unwrap_or_default()));
            again(app, lent, wait, Tried::Once).await
        }
        Err(error) => {
            let actor = &lent.parked.actor_uri;
            tracing::debug!(actor, %error, "not to be had; what names it is dropped");
            finish(app, lent, Then::Done).await
        }
    }
}

async fn again(app: &App, lent: &Lent, wait: TimeDelta, tried: Tried) -> sqlx::Result<()> {
    let mut db = app.db.acquire().await?;
    let at = app.clock.now() + wait;
    db::received::postpone(&mut db, lent.parked.id, lent.until, at, tried).await
}

/// What an activity still needs.
enum Wanted {
    /// It could be applied, or never can be.
    Nothing,
    Fetch(Url),
    Read(Box<Account>, Url, Said),
    Move(Box<Account>, Url),
}

impl Wanted {
    fn object(&self) -> Option<&Url> {
        match self {
            Self::Nothing => None,
            Self::Fetch(object) | Self::Read(_, object, _) | Self::Move(_, object) => Some(object),
        }
    }
}

/// What is to be done when that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Then {
    Apply,
    Done,
}

/// Applies it, if nothing is missing any more. Whose lease has ended does nothing: it is somebody else's.
async fn wanted(app: &App, lent: &Lent) -> sqlx::Result<Wanted> {
    let parked = &lent.parked;
    let mut tx = app.db.begin().await?;
    if !db::received::remove(&mut tx, parked.id, lent.until).await? {
        return Ok(Wanted::Nothing);
    }
    let hash = std::slice::from_ref(&parked.hash);
    // It was taken back meanwhile, or came once more and found what it needs.
    let is_new = !db::received::mark_applied(&mut tx, hash, app.clock.now())
        .await?
        .is_empty();
    let actor = match db::accounts::id_by_uri(&mut tx, &parked.actor_uri).await? {
        Some(id) => db::accounts::by_id(&mut tx, id).await?,
        None => None,
    };
    if let (Some(actor), Some(envelope), true) = (
        actor.filter(|actor| actor.is_active()),
        letter::read(parked),
        is_new,
    ) {
        match apply::one(app, &mut tx, &actor, &envelope).await? {
            Applied::NeedsFetch(object) => return Ok(Wanted::Fetch(object)),
            Applied::NeedsReading(object, said) => return Ok(Wanted::Read(Box::new(actor), object, said)),
            Applied::NeedsProof(target) => return Ok(Wanted::Move(Box::new(actor), target)),
            Applied::Done => {}
        }
    }
    tx.commit().await?;
    Ok(Wanted::Nothing)
}

/// Applies it now that what it named is there, or takes it out.
async fn finish(app: &App, lent: &Lent, then: Then) -> sqlx::Result<()> {
    if then == Then::Apply && matches!(wanted(app, lent).await?, Wanted::Nothing) {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    if db::received::remove(&mut tx, lent.parked.id, lent.until).await? {
        let hash = std::slice::from_ref(&lent.parked.hash);
        db::received::mark_applied(&mut tx, hash, app.clock.now()).await?;
    }
    tx.commit().await
}
