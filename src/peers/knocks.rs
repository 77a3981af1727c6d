//! How often strangers have us ask a third's server: so often within a minute, and only a part of it from one address.
//! Never keeps out a server that showed, from where it asks, that it is who it says.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use moka::sync::Cache;
use url::Host;

use crate::domain::network::neighbourhood;

/// What strangers may have us fetch from one site in a minute: who knocks with names of a third's is to be no burden to them.
/// Whoever proved themselves may go on as long again, so that no number of strangers uses up what they have.
pub const FOR_A_SITE: u32 = 120;
/// How much of it is for one address: nobody alone keeps out all others who are new there.
pub const FROM_AN_ADDRESS: u32 = FOR_A_SITE / 4;
/// What somebody who was not who they said has used up beyond the fetch itself.
pub const FOR_A_LIE: u32 = 2;
const MINUTE: Duration = Duration::from_secs(60);
/// How long a server is known at an address. Each of its keys proves it again, about every hour.
const KNOWN_FOR: Duration = Duration::from_secs(24 * 3_600);
const SITES: u64 = 20_000;
const ADDRESSES: u64 = 100_000;

/// An address, and the site or host that was named from there.
type Named = (IpAddr, String);

/// Within the last minute.
#[derive(Debug)]
pub struct Knocks {
    at: Cache<String, Arc<AtomicU32>>,
    from: Cache<Named, Arc<AtomicU32>>,
    /// Hosts for which somebody signed rightly, from there.
    proven: Cache<Named, ()>,
}

impl Default for Knocks {
    fn default() -> Self {
        Self {
            at: Cache::builder().max_capacity(SITES).time_to_live(MINUTE).build(),
            from: Cache::builder()
                .max_capacity(ADDRESSES)
                .time_to_live(MINUTE)
                .build(),
            proven: Cache::builder()
                .max_capacity(SITES)
                .time_to_live(KNOWN_FOR)
                .build(),
        }
    }
}

impl Knocks {
    /// Counts that a host is to be asked for somebody at this address, unless it was asked too often.
    pub fn may(&self, from: IpAddr, host: &Host<&str>) -> bool {
        let site = site(host);
        if self.proven.contains_key(&named(from, host)) {
            return self.at(site).add(2 * FOR_A_SITE);
        }
        self.from(from, &site).add(FROM_AN_ADDRESS) && self.at(site).add(FOR_A_SITE)
    }

    /// Somebody of this host signed rightly from there.
    pub fn proved(&self, from: IpAddr, host: &Host<&str>) {
        self.proven.insert(named(from, host), ());
    }

    /// Somebody was not who they said, or is not there.
    pub fn lied(&self, from: IpAddr, host: &Host<&str>) {
        self.proven.invalidate(&named(from, host));
        let counted = self.from(from, &site(host));
        counted.0.fetch_add(FOR_A_LIE, Ordering::Relaxed);
    }

    fn at(&self, site: String) -> Counted {
        Counted(self.at.get_with(site, Arc::default))
    }

    fn from(&self, address: IpAddr, site: &str) -> Counted {
        let named = (neighbourhood(address), site.to_owned());
        Counted(self.from.get_with(named, Arc::default))
    }
}

struct Counted(Arc<AtomicU32>);

impl Counted {
    /// One more, unless there are so many; what is refused does not count.
    fn add(&self, most: u32) -> bool {
        let one_more = |count: u32| (count < most).then_some(count + 1);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more)
            .is_ok()
    }
}

fn named(from: IpAddr, host: &Host<&str>) -> Named {
    (neighbourhood(from), host.to_string())
}

/// Below the two letters of a country these stand for no owner, as in `co.uk`. The whole list of such names is long and
/// changes; of the others some few owners share what is counted.
const SHARED: [&str; 7] = ["ac", "co", "com", "edu", "gov", "net", "org"];

/// What one owner can name without end: the last two labels of a name, or three below a country's `co` and the like.
pub fn site(host: &Host<&str>) -> String {
    match host {
        Host::Domain(name) => registered(name.trim_end_matches('.')).to_owned(),
        Host::Ipv4(address) => address.to_string(),
        // One network of somebody's has more addresses than there are people.
        Host::Ipv6(address) => format!("{:x?}", &address.segments()[..4]),
    }
}

fn registered(name: &str) -> &str {
    let mut labels = name.rsplit('.');
    let is_shared = labels.next().is_some_and(|country| country.len() == 2)
        && labels.next().is_some_and(|label| SHARED.contains(&label));
    let dots = if is_shared { 2 } else { 1 };
    let start = name.rmatch_indices('.').nth(dots).map_or(0, |(dot, _)| dot + 1);
    &name[start..]
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOST: Host<&str> = Host::Domain("a.example");

    fn address(number: u32) -> IpAddr {
        IpAddr::V4((0xC000_0200 + number).into())
    }

    fn often(knocks: &Knocks, from: IpAddr, host: &Host<&str>) -> u32 {
        (0..1_000).map(|_| u32::from(knocks.may(from, host))).sum()
    }

    #[test]
    fn a_site_is_what_somebody_registered() {
        for (host, named) in [
            (Host::Domain("example"), "example"),
            (Host::Domain("a.example"), "a.example"),
            (Host::Domain("x.y.a.example."), "a.example"),
            (Host::Domain("a.co.uk"), "a.co.uk"),
            (Host::Domain("x.a.co.uk"), "a.co.uk"),
            (Host::Domain("x.a.com.br"), "a.com.br"),
            (Host::Domain("x.y.uk"), "y.uk"),
            (Host::Domain("x.co.example"), "co.example"),
            (Host::Domain("co.uk"), "co.uk"),
            (Host::Ipv4([127, 0, 0, 1].into()), "127.0.0.1"),
            (Host::Ipv6("2001:db8::1".parse().unwrap()), "[2001, db8, 0, 0]"),
        ] {
            assert_eq!(site(&host), named, "{host}");
        }
    }

    #[test]
    fn one_address_has_a_part_of_what_a_site_is_asked_and_all_together_have_the_whole() {
        let knocks = Knocks::default();
        let below = Host::Domain("b.a.example");
        assert_eq!(often(&knocks, address(0), &HOST), FROM_AN_ADDRESS);
        assert_eq!(
            often(&knocks, address(0), &below),
            0,
            "a name below it is the same"
        );
        assert_eq!(
            often(&knocks, address(0), &Host::Domain("b.example")),
            FROM_AN_ADDRESS
        );
        let others: u32 = (1..10).map(|number| often(&knocks, address(number), &HOST)).sum();
        assert_eq!(FROM_AN_ADDRESS + others, FOR_A_SITE);
    }

    #[test]
    fn neighbours_of_one_ipv6_network_are_one_address() {
        let knocks = Knocks::default();
        let ask = |text: &str| often(&knocks, text.parse().unwrap(), &HOST);
        assert_eq!(ask("2001:db8::1"), FROM_AN_ADDRESS);
        assert_eq!(ask("2001:db8::ffff:2"), 0);
        assert_eq!(ask("2001:db8:0:1::1"), FROM_AN_ADDRESS);
    }

    #[test]
    fn who_lies_is_done_sooner() {
        let knocks = Knocks::default();
        let mut lies = 0;
        while knocks.may(address(0), &HOST) {
            knocks.lied(address(0), &HOST);
            lies += 1;
        }
        assert_eq!(lies, FROM_AN_ADDRESS / (1 + FOR_A_LIE));
    }

    #[test]
    fn who_proved_to_be_there_is_kept_out_by_no_number_of_strangers() {
        let knocks = Knocks::default();
        let honest = address(200);
        knocks.proved(honest, &HOST);
        let strangers: u32 = (0..100)
            .map(|number| often(&knocks, address(number), &HOST))
            .sum();
        assert_eq!(strangers, FOR_A_SITE);
        assert_eq!(often(&knocks, honest, &HOST), FOR_A_SITE);
        // It proves nothing of another host of the site, nor after a lie.
        let knocks = Knocks::default();
        knocks.proved(honest, &HOST);
        assert_eq!(
            often(&knocks, honest, &Host::Domain("b.a.example")),
            FROM_AN_ADDRESS
        );
        knocks.lied(honest, &HOST);
        assert!(!knocks.may(honest, &HOST));
    }
}
