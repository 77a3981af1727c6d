//! Leave to fetch people and posts: so many at once on each one's behalf, and few of these from one server. Nobody waits,
//! and what strangers have us fetch takes no place from people here.

use tintype_federation::origin::origin;
use tokio::sync::{Semaphore, TryAcquireError};
use url::Url;

use super::KnowError;
use super::places::{Place, Places};

/// On whose behalf something is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behalf {
    /// Somebody who lives here, and waits for it.
    Here,
    /// Whoever knocks: a server whose key is new, a visitor who wants to follow from elsewhere.
    Stranger,
    /// Work of our own that can wait.
    Work,
}

/// Most of them only wait for an answer of at most a megabyte.
const FOR_EACH: usize = 48;
/// A server that is slow, or means to be, is asked no more than this on one behalf.
const FROM_EACH_SERVER: usize = 4;

/// What is being fetched by this process.
#[derive(Debug)]
pub struct Fetches {
    here: Lane,
    strangers: Lane,
    work: Lane,
}

#[derive(Debug)]
struct Lane {
    all: Semaphore,
    servers: Places,
}

/// Leave to fetch from one server, until it is dropped.
#[derive(Debug)]
pub struct Fetch<'a> {
    _all: tokio::sync::SemaphorePermit<'a>,
    _server: Place,
}

impl Default for Fetches {
    fn default() -> Self {
        Self {
            here: Lane::new(),
            strangers: Lane::new(),
            work: Lane::new(),
        }
    }
}

impl Lane {
    fn new() -> Self {
        Self {
            all: Semaphore::new(FOR_EACH),
            servers: Places::default(),
        }
    }
}

impl Fetches {
    /// A place for one fetch from the server of this address; whoever finds none is told to come again.
    pub fn begin(&self, behalf: Behalf, from: &Url) -> Result<Fetch<'_>, KnowError> {
        let lane = match behalf {
            Behalf::Here => &self.here,
            Behalf::Stranger => &self.strangers,
            Behalf::Work => &self.work,
        };
        let server = origin(from).ok_or(KnowError::Unknown)?;
        let place = lane.servers.take(&server, FROM_EACH_SERVER);
        let place = place.ok_or(KnowError::Busy)?;
        let all = lane.all.try_acquire().map_err(busy)?;
        Ok(Fetch {
            _all: all,
            _server: place,
        })
    }
}

/// None is free; they are never closed.
fn busy(_: TryAcquireError) -> KnowError {
    KnowError::Busy
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(server: usize) -> Url {
        Url::parse(&format!("https://{server}.example/users/zed")).unwrap()
    }

    #[test]
    fn one_server_takes_no_place_of_anothers() {
        let fetches = Fetches::default();
        let mut held = Vec::new();
        for _ in 0..FROM_EACH_SERVER {
            held.push(fetches.begin(Behalf::Stranger, &at(1)).unwrap());
        }
        let one_more = fetches.begin(Behalf::Stranger, &at(1));
        assert_eq!(one_more.unwrap_err(), KnowError::Busy);
        assert!(fetches.begin(Behalf::Stranger, &at(2)).is_ok());
        held.pop();
        assert!(fetches.begin(Behalf::Stranger, &at(1)).is_ok());
    }

    #[test]
    fn however_many_strangers_knock_people_here_and_our_own_work_go_on() {
        let fetches = Fetches::default();
        let held: Vec<_> = (0..)
            .map_while(|server| fetches.begin(Behalf::Stranger, &at(server)).ok())
            .collect();
        assert_eq!(held.len(), FOR_EACH);
        for behalf in [Behalf::Here, Behalf::Work] {
            assert!(fetches.begin(behalf, &at(0)).is_ok(), "{behalf:?}");
        }
    }
}
