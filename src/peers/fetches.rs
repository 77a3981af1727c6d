//! Leave to fetch people and posts: so many at once on each one's behalf, few of these from one server, and few for one
//! person. Nobody waits, and what strangers have us fetch takes no place from people here.

use std::net::IpAddr;

use tokio::sync::{Semaphore, TryAcquireError};
use url::Url;

use super::KnowError;
use super::knocks::{Knocks, site};
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
    /// Whoever knocks, from this address: a server whose key is new.
    Stranger(IpAddr),
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
/// From one address more than one server may knock.
const FOR_EACH_STRANGER: usize = FOR_EACH / 4;

/// What is being fetched by this process.
#[derive(Debug, Default)]
pub struct Fetches {
    here: Lane,
    strangers: Lane,
    work: Lane,
    knocks: Knocks,
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

impl Default for Lane {
    fn default() -> Self {
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
            Behalf::Visitor(_) | Behalf::Stranger(_) => &self.strangers,
            Behalf::Work => &self.work,
        };
        let host = from.host().ok_or(KnowError::Unknown)?;
        let server = lane.servers.take(&host.to_string(), FROM_EACH_SERVER);
        let server = server.ok_or(KnowError::Busy)?;
        let place = lane
            .sites
            .take(&site(&host), FROM_EACH_SITE)
            .ok_or(KnowError::Busy)?;
        let asker = match asker(behalf) {
            Some((asker, most)) => Some(lane.askers.take(&asker, most).ok_or(KnowError::Busy)?),
            None => None,
        };
        let all = lane.all.try_acquire().map_err(busy)?;
        if let Behalf::Visitor(from) | Behalf::Stranger(from) = behalf
            && !self.knocks.may(from, &host)
        {
            return Err(KnowError::Busy);
        }
        Ok(Fetch {
            _all: all,
            _server: server,
            _site: place,
            _asker: asker,
        })
    }

    /// Who knocked from there is who they say: somebody of the server of this address.
    pub fn proved(&self, from: IpAddr, at: &Url) {
        if let Some(host) = at.host() {
            self.knocks.proved(from, &host);
        }
    }

    /// Who knocked from there is not who they say.
    pub fn lied(&self, from: IpAddr, at: &Url) {
        if let Some(host) = at.host() {
            self.knocks.lied(from, &host);
        }
    }
}

/// Who is counted by themselves, and how many places they have.
fn asker(behalf: Behalf) -> Option<(String, usize)> {
    match behalf {
        Behalf::Here(person) => Some((person.to_string(), FOR_EACH_ASKER)),
        Behalf::Visitor(from) => Some((neighbourhood(from).to_string(), FOR_EACH_ASKER)),
        Behalf::Stranger(from) => Some((neighbourhood(from).to_string(), FOR_EACH_STRANGER)),
        Behalf::Work => None,
    }
}

/// None is free; they are never closed.
fn busy(_: TryAcquireError) -> KnowError {
    KnowError::Busy
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;
    use crate::peers::knocks::FROM_AN_ADDRESS;

    const STRANGER: Behalf = from(1);

    const fn from(number: u8) -> Behalf {
        Behalf::Stranger(IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)))
    }

    fn at(server: usize) -> Url {
        Url::parse(&format!("https://{server}.example/users/zed")).unwrap()
    }

    #[test]
    fn one_server_takes_no_place_of_anothers() {
        let fetches = Fetches::default();
        let mut held = Vec::new();
        for _ in 0..FROM_EACH_SERVER {
            held.push(fetches.begin(STRANGER, &at(1)).unwrap());
        }
        let one_more = fetches.begin(STRANGER, &at(1));
        assert_eq!(one_more.unwrap_err(), KnowError::Busy);
        assert!(fetches.begin(STRANGER, &at(2)).is_ok());
        held.pop();
        assert!(fetches.begin(STRANGER, &at(1)).is_ok());
    }

    #[test]
    fn neither_ports_nor_names_below_one_domain_give_more_places() {
        let fetches = Fetches::default();
        let held: Vec<_> = (1..=60)
            .filter_map(|port| {
                let url = Url::parse(&format!("https://slow.example:{port}/users/zed")).unwrap();
                fetches.begin(STRANGER, &url).ok()
            })
            .collect();
        assert_eq!(held.len(), FROM_EACH_SERVER);
        let more: Vec<_> = (0..60)
            .filter_map(|name| {
                let url = Url::parse(&format!("https://{name}.slow.example/users/zed")).unwrap();
                fetches.begin(STRANGER, &url).ok()
            })
            .collect();
        assert_eq!(held.len() + more.len(), FROM_EACH_SITE);
    }

    #[test]
    fn strangers_have_one_site_asked_so_often_in_a_minute_and_people_here_as_often_as_they_like() {
        let fetches = Fetches::default();
        let often = |behalf| (0..200).filter(|_| fetches.begin(behalf, &at(1)).is_ok()).count();
        assert_eq!(often(Behalf::Here(AccountId(1))), 200);
        assert_eq!(often(STRANGER), FROM_AN_ADDRESS as usize);
        assert!(fetches.begin(STRANGER, &at(2)).is_ok());
        assert!(fetches.begin(from(2), &at(1)).is_ok());
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
        let mut held = Vec::new();
        for number in 1..=4 {
            let of_one = (0..).map_while(|server| fetches.begin(from(number), &at(held.len() + server)).ok());
            let of_one: Vec<_> = of_one.collect();
            assert_eq!(
                of_one.len(),
                FOR_EACH_STRANGER,
                "one address leaves places to others"
            );
            held.extend(of_one);
        }
        assert_eq!(held.len(), FOR_EACH);
        assert_eq!(fetches.begin(from(5), &at(100)).unwrap_err(), KnowError::Busy);
        for behalf in [Behalf::Here(AccountId(1)), Behalf::Work] {
            assert!(fetches.begin(behalf, &at(0)).is_ok(), "{behalf:?}");
        }
    }
}
