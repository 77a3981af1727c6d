//! Leave to fetch people and posts: so many at once on each one's behalf, few of these from one server, and few for one
//! person. Nobody waits, and what strangers have us fetch takes no place from people here.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use tokio::sync::{Semaphore, TryAcquireError};
use url::{Host, Url};

use super::KnowError;
use super::places::{Place, Places};
use crate::domain::ids::AccountId;
use crate::domain::network::neighbourhood;

/// On whose behalf something is fetched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Behalf {
    /// Somebody who lives here, and waits for it.
    Here(AccountId),
    /// A visitor at this address, who wants to follow from elsewhere. A stranger too.
    Visitor(IpAddr),
    /// Whoever knocks: a server whose key is new.
    Stranger,
    /// Work of our own that can wait.
    Work,
}

/// Most of them only wait for an answer of at most a megabyte.
const FOR_EACH: usize = 48;
/// A server that is slow, or means to be, is asked no more than this on one behalf, by whichever of its ports.
const FROM_EACH_SERVER: usize = 4;
/// Nor are all that somebody can name with one domain of theirs.
const FROM_EACH_SITE: usize = 12;
/// Nor has one person, or one address, more of our places than this: some are left for all others. A post takes one for
/// itself and one for its author.
const FOR_EACH_ASKER: usize = 8;
/// What strangers may have us fetch from one site in a minute: who knocks with names of a third's is to be no burden to them.
const FOR_STRANGERS_A_MINUTE: u32 = 120;
const MINUTE: Duration = Duration::from_secs(60);
const SITES: u64 = 20_000;

/// What is being fetched by this process.
#[derive(Debug)]
pub struct Fetches {
    here: Lane,
    strangers: Lane,
    work: Lane,
    /// How often strangers had us ask each site within its minute.
    knocked: Cache<String, Arc<AtomicU32>>,
}

#[derive(Debug)]
struct Lane {
    all: Semaphore,
    servers: Places,
    sites: Places,
    askers: Places,
}

/// Leave to fetch from one server, until it is dropped.
#[derive(Debug)]
pub struct Fetch<'a> {
    _all: tokio::sync::SemaphorePermit<'a>,
    _server: Place,
    _site: Place,
    _asker: Option<Place>,
}

impl Default for Fetches {
    fn default() -> Self {
        Self {
            here: Lane::new(),
            strangers: Lane::new(),
            work: Lane::new(),
            knocked: Cache::builder().max_capacity(SITES).time_to_live(MINUTE).build(),
        }
    }
}

impl Lane {
    fn new() -> Self {
        Self {
            all: Semaphore::new(FOR_EACH),
            servers: Places::default(),
            sites: Places::default(),
            askers: Places::default(),
        }
    }
}

impl Fetches {
    /// A place for one fetch from the server of this address; whoever finds none is told to come again.
    pub fn begin(&self, behalf: Behalf, from: &Url) -> Result<Fetch<'_>, KnowError> {
        let lane = match behalf {
            Behalf::Here(_) => &self.here,
            Behalf::Visitor(_) | Behalf::Stranger => &self.strangers,
            Behalf::Work => &self.work,
        };
        let host = from.host().ok_or(KnowError::Unknown)?;
        let site = site(&host);
        let server = lane.servers.take(&host.to_string(), FROM_EACH_SERVER);
        let server = server.ok_or(KnowError::Busy)?;
        let place = lane.sites.take(&site, FROM_EACH_SITE).ok_or(KnowError::Busy)?;
        let asker = match asker(behalf) {
            Some(asker) => Some(lane.askers.take(&asker, FOR_EACH_ASKER).ok_or(KnowError::Busy)?),
            None => None,
        };
        let all = lane.all.try_acquire().map_err(busy)?;
        if matches!(behalf, Behalf::Visitor(_) | Behalf::Stranger) && !self.may_knock(site) {
            return Err(KnowError::Busy);
        }
        Ok(Fetch {
            _all: all,
            _server: server,
            _site: place,
            _asker: asker,
        })
    }

    fn may_knock(&self, site: String) -> bool {
        let knocked = self.knocked.get_with(site, Arc::default);
        knocked.fetch_add(1, Ordering::Relaxed) < FOR_STRANGERS_A_MINUTE
    }
}

/// Who is counted by themselves.
fn asker(behalf: Behalf) -> Option<String> {
    match behalf {
        Behalf::Here(person) => Some(person.to_string()),
        Behalf::Visitor(address) => Some(neighbourhood(address).to_string()),
        Behalf::Stranger | Behalf::Work => None,
    }
}

/// What one owner can name without end: the last two labels of a name. Names below a suffix such as `co.uk` share too, which
/// costs them little.
fn site(host: &Host<&str>) -> String {
    match host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let start = name.rmatch_indices('.').nth(1).map_or(0, |(dot, _)| dot + 1);
            name[start..].to_owned()
        }
        Host::Ipv4(address) => address.to_string(),
        // One network of somebody's has more addresses than there are people.
        Host::Ipv6(address) => format!("{:x?}", &address.segments()[..4]),
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
    fn neither_ports_nor_names_below_one_domain_give_more_places() {
        let fetches = Fetches::default();
        let held: Vec<_> = (1..=60)
            .filter_map(|port| {
                let url = Url::parse(&format!("https://slow.example:{port}/users/zed")).unwrap();
                fetches.begin(Behalf::Stranger, &url).ok()
            })
            .collect();
        assert_eq!(held.len(), FROM_EACH_SERVER);
        let more: Vec<_> = (0..60)
            .filter_map(|name| {
                let url = Url::parse(&format!("https://{name}.slow.example/users/zed")).unwrap();
                fetches.begin(Behalf::Stranger, &url).ok()
            })
            .collect();
        assert_eq!(held.len() + more.len(), FROM_EACH_SITE);
    }

    #[test]
    fn strangers_have_one_site_asked_so_often_in_a_minute_and_people_here_as_often_as_they_like() {
        let fetches = Fetches::default();
        let often = |behalf| (0..200).filter(|_| fetches.begin(behalf, &at(1)).is_ok()).count();
        assert_eq!(often(Behalf::Here(AccountId(1))), 200);
        assert_eq!(often(Behalf::Stranger), FOR_STRANGERS_A_MINUTE as usize);
        assert!(fetches.begin(Behalf::Stranger, &at(2)).is_ok());
    }

    #[test]
    fn a_site_is_the_last_two_labels_of_a_name() {
        for (url, named) in [
            ("https://example", "example"),
            ("https://a.example", "a.example"),
            ("https://x.y.a.example.", "a.example"),
            ("https://127.0.0.1:9", "127.0.0.1"),
            ("https://[2001:db8::1]", "[2001, db8, 0, 0]"),
        ] {
            assert_eq!(site(&Url::parse(url).unwrap().host().unwrap()), named, "{url}");
        }
    }

    #[test]
    fn one_person_and_one_address_leave_places_to_all_others() {
        let fetches = Fetches::default();
        let visitor = |text: &str| Behalf::Visitor(text.parse().unwrap());
        for (one, same, another) in [
            (
                Behalf::Here(AccountId(1)),
                Behalf::Here(AccountId(1)),
                Behalf::Here(AccountId(2)),
            ),
            (
                visitor("2001:db8::1"),
                visitor("2001:db8::2"),
                visitor("2001:db8:0:1::1"),
            ),
        ] {
            let mut held: Vec<_> = (0..FOR_EACH)
                .filter_map(|server| fetches.begin(one, &at(server)).ok())
                .collect();
            assert_eq!(held.len(), FOR_EACH_ASKER, "{one:?}");
            assert_eq!(fetches.begin(same, &at(100)).unwrap_err(), KnowError::Busy);
            assert!(fetches.begin(another, &at(100)).is_ok(), "{another:?}");
            held.pop();
            assert!(fetches.begin(same, &at(100)).is_ok(), "{same:?}");
        }
    }

    #[test]
    fn however_many_strangers_knock_people_here_and_our_own_work_go_on() {
        let fetches = Fetches::default();
        let held: Vec<_> = (0..)
            .map_while(|server| fetches.begin(Behalf::Stranger, &at(server)).ok())
            .collect();
        assert_eq!(held.len(), FOR_EACH);
        for behalf in [Behalf::Here(AccountId(1)), Behalf::Work] {
            assert!(fetches.begin(behalf, &at(0)).is_ok(), "{behalf:?}");
        }
    }
}
