//! Workers that make waiting pictures ready. Never takes more of them than it has hands for.

use std::collections::HashMap;
use std::time::Duration;

use chrono::TimeDelta;
use sqlx::PgConnection;
use tokio::task::{Id, JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::actions::develop;
use crate::app::App;
use crate::bus::Queue;
use crate::db;
use crate::db::media_queue::{Due, Priority, Taken, at_once};
use crate::domain::clock::Time;
use crate::domain::ids::MediaId;

/// How long work that nobody announced may lie.
const LOOK_AGAIN: Duration = Duration::from_secs(3);

/// Which pictures some of the workers are for, so that none of these waits behind the others. Pixels are bounded
/// elsewhere, by cores and memory; a remote picture mostly waits for its server.
#[derive(Clone, Copy, Debug)]
enum Lane {
    /// Uploads of people here.
    Here,
    /// Remote pictures that somebody is looking for at this moment.
    Wanted,
    /// All remote pictures.
    Remote,
    /// Videos of people here.
    Videos,
}

impl Lane {
    /// What its workers take first, and what one of them takes while none has anything to do: whatever comes meanwhile finds the
    /// rest of them free.
    fn priorities(self) -> (Priority, &'static [Priority]) {
        match self {
            Self::Here => (
                Priority::Awaited,
                &[Priority::Better, Priority::Anew, Priority::Smaller],
            ),
            Self::Remote => (Priority::Awaited, &[Priority::Better, Priority::Anew]),
            Self::Wanted => (Priority::Awaited, &[]),
            Self::Videos => (Priority::Video, &[Priority::Streams]),
        }
    }
}

struct Workers {
    lane: Lane,
    most: usize,
    tasks: JoinSet<()>,
    busy: HashMap<Id, Busy>,
    /// Whether pictures wait for the first one of their server.
    awaits_first: bool,
}

/// A picture that a worker has, and the server that it comes from.
struct Busy {
    id: MediaId,
    host: Option<String>,
}

/// Workers that one server may keep busy in a lane, so that a slow one leaves some to the others; and one from which no
/// picture has come yet.
const EACH_HOST: usize = 2;
const EACH_UNPROVED: usize = 1;
/// Times that more is looked for in one go, when all that was taken has to wait for others of its server.
const MOST_ROUNDS: usize = 50;
/// When a picture is looked at again whose server keeps enough workers busy.
const NEXT_TURN: TimeDelta = TimeDelta::seconds(5);
/// The same while its server is being found out about: its first picture is mostly there long before, and then the others
/// of the same post shall not keep their reader waiting.
const NEXT_TURN_OF_NEW: TimeDelta = TimeDelta::seconds(1);
/// How soon to look again when pictures of such a server wait.
const LOOK_AGAIN_SOON: Duration = Duration::from_secs(1);

/// Works until `stop`, then hands back what is not finished.
pub async fn run(app: App, stop: CancellationToken) {
    let [mut here, mut wanted, mut remote, mut videos] = [
        Workers::new(Lane::Here, 2),
        Workers::new(Lane::Wanted, 8),
        Workers::new(Lane::Remote, 8),
        // One uses several cores.
        Workers::new(Lane::Videos, 1),
    ];
    while !stop.is_cancelled() {
        for workers in [&mut here, &mut wanted, &mut remote, &mut videos] {
            if let Err(error) = workers.fill(&app).await {
                tracing::warn!(%error, "pictures cannot be taken from their queue");
            }
        }
        let awaits_first = [&here, &wanted, &remote].iter().any(|lane| lane.awaits_first);
        let pause = if awaits_first { LOOK_AGAIN_SOON } else { LOOK_AGAIN };
        tokio::select! {
            () = stop.cancelled() => {}
            () = app.bus.woken(Queue::Media) => {}
            () = here.one_ends() => {}
            () = wanted.one_ends() => {}
            () = remote.one_ends() => {}
            () = videos.one_ends() => {}
            () = tokio::time::sleep(pause) => {}
        }
    }
    for workers in [here, wanted, remote, videos] {
        if let Err(error) = workers.stop(&app).await {
            tracing::warn!(%error, "pictures were not handed back; they are taken up when their lease ends");
        }
    }
}

impl Workers {
    fn new(lane: Lane, most: usize) -> Self {
        Self {
            lane,
            most,
            tasks: JoinSet::new(),
            busy: HashMap::new(),
            awaits_first: false,
        }
    }

    /// Takes a picture for every free worker, while there are any: past those that have to wait, however many they are.
    async fn fill(&mut self, app: &App) -> sqlx::Result<()> {
        self.awaits_first = false;
        let (first, at_leisure) = self.lane.priorities();
        for _ in 0..MOST_ROUNDS {
            let free = self.most.saturating_sub(self.busy.len());
            if free == 0 || self.take(app, free, first).await? == 0 {
                break;
            }
        }
        for priority in at_leisure {
            if self.busy.is_empty() {
                self.take(app, 1, *priority).await?;
            }
        }
        Ok(())
    }

    /// Takes up to so many; how many these were, put off or not.
    async fn take(&mut self, app: &App, free: usize, priority: Priority) -> sqlx::Result<usize> {
        let now = app.clock.now();
        let due = Due {
            remote: matches!(self.lane, Lane::Wanted | Lane::Remote),
            priority,
            until: match self.lane {
                Lane::Wanted => at_once(),
                Lane::Here | Lane::Remote | Lane::Videos => now,
            },
        };
        let mut db = app.db.acquire().await?;
        let most = i64::try_from(free).unwrap_or(1);
        let all = db::media_queue::take(&mut db, due, now + develop::LEASE, most).await?;
        let many = all.len();
        for taken in all {
            if self.put_off(app, &mut db, &taken, now).await? {
                continue;
            }
            let app = app.clone();
            let busy = Busy {
                id: taken.id,
                host: taken.remote_host.clone(),
            };
            let task = self.tasks.spawn(async move {
                if let Err(error) = develop::one(&app, &taken).await {
                    tracing::warn!(picture = %taken.id, %error, "what came of a picture was not written down");
                }
            });
            self.busy.insert(task.id(), busy);
        }
        Ok(many)
    }

    /// Whether a picture has to wait for the sake of its server, or of the others.
    async fn put_off(
        &mut self,
        app: &App,
        db: &mut PgConnection,
        taken: &Taken,
        now: Time,
    ) -> sqlx::Result<bool> {
        let Some(host) = taken.remote_host.as_deref() else {
            return Ok(false);
        };
        if let Some(until) = app.peers.pictures.resting(host, now) {
            db::media_waits::await_host(db, taken.id, until, None).await?;
            return Ok(true);
        }
        let enough = self.has_enough_of(app, host);
        if enough {
            let hosts = &app.peers.pictures;
            let is_new = !hosts.is_proved(host) && !hosts.is_failing(host);
            self.awaits_first |= is_new;
            let next = if is_new { NEXT_TURN_OF_NEW } else { NEXT_TURN };
            db::media_waits::hand_back(db, &[taken.id], now + next).await?;
        }
        Ok(enough)
    }

    /// A server that failed last time, or gave no picture yet, is asked for one, to find out; any other for two at a time.
    /// And there is no end of names that nobody has heard of: all of them together keep half of the workers at the most.
    fn has_enough_of(&self, app: &App, host: &str) -> bool {
        let hosts = &app.peers.pictures;
        let is_proved = |host: &str| hosts.is_proved(host) && !hosts.is_failing(host);
        let busy = || self.busy.values().filter_map(|busy| busy.host.as_deref());
        let of_this = busy().filter(|busy| *busy == host).count();
        if is_proved(host) {
            return of_this >= EACH_HOST;
        }
        let unproved = busy().filter(|busy| !is_proved(busy)).count();
        of_this >= EACH_UNPROVED || unproved >= self.most / 2
    }

    /// Waits until a worker is free again; for ever when none is busy.
    async fn one_ends(&mut self) {
        match self.tasks.join_next_with_id().await {
            Some(ended) => self.ended(ended),
            None => std::future::pending().await,
        }
    }

    fn ended(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = match ended {
            Ok((id, ())) => id,
            Err(error) => error.id(),
        };
        self.busy.remove(&id);
    }

    async fn stop(mut self, app: &App) -> sqlx::Result<()> {
        self.tasks.abort_all();
        while let Some(ended) = self.tasks.join_next_with_id().await {
            // Those that came to an end have no row that is taken.
            if ended.is_ok() {
                self.ended(ended);
            }
        }
        let left: Vec<MediaId> = self.busy.into_values().map(|busy| busy.id).collect();
        if left.is_empty() {
            return Ok(());
        }
        let mut db = app.db.acquire().await?;
        db::media_waits::hand_back(&mut db, &left, app.clock.now()).await
    }
}
