//! Which addresses may be spoken to. Never trusts a name: what it resolves to is judged at the moment of connecting.

use std::collections::HashMap;
use std::error::Error;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// What is allowed among addresses that are not of the public internet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum PrivateAddresses {
    /// None of them: the setting for the internet.
    #[default]
    Refused,
    /// All of them but those of the link, where clouds tell machines their secrets: for an intranet, and for tests.
    Allowed,
    /// These addresses, each with its port.
    Only(Vec<SocketAddr>),
}

/// Ports of other services above 1023 which understand enough of HTTP, or forgive enough, to be harmed by it.
const SERVICE_PORTS: [u16; 17] = [
    1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306, 5432, 5672, 5984, 6379, 9042, 9200, 9300, 11211, 27017,
];

/// The guard's rules, shared by every request that leaves the server.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    private: PrivateAddresses,
    own_authority: String,
}

/// The guard refuses an address. Travels as the cause of connection errors.
#[derive(Debug, Clone, Copy, thiserror::Error)]
#[error("the address may not be spoken to")]
pub(crate) struct AddressRefused;

impl Guard {
    pub(crate) fn new(private: PrivateAddresses, own_authority: &str) -> Self {
        Self {
            private,
            own_authority: own_authority.to_ascii_lowercase(),
        }
    }

    /// Plain http is for places whose addresses are private: tests and intranets.
    pub(crate) fn allows_plain_http(&self) -> bool {
        self.private != PrivateAddresses::Refused
    }

    /// The ports for which the list of private addresses has an entry.
    pub(crate) fn listed_ports(&self) -> Vec<u16> {
        match &self.private {
            PrivateAddresses::Only(list) => list.iter().map(SocketAddr::port).collect(),
            PrivateAddresses::Refused | PrivateAddresses::Allowed => Vec::new(),
        }
    }

    /// Judges what can be judged before connecting: scheme, user information, host, port, literal address.
    pub(crate) fn check_url(&self, url: &Url) -> Result<(), AddressRefused> {
        if !crate::origin::is_web_address(url) || (url.scheme() == "http" && !self.allows_plain_http()) {
            return Err(AddressRefused);
        }
        if crate::origin::origin(url).is_none_or(|origin| origin == self.own_authority) {
            return Err(AddressRefused);
        }
        let port = url.port_or_known_default().ok_or(AddressRefused)?;
        if !self.allows_port(port) {
            return Err(AddressRefused);
        }
        // The resolver is never asked about literal addresses.
        let literal = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            Some(Host::Domain(_)) => return Ok(()),
            None => return Err(AddressRefused),
        };
        if self.allows(literal, port) {
            Ok(())
        } else {
            Err(AddressRefused)
        }
    }

    fn allows_port(&self, port: u16) -> bool {
        let usual = port == 80 || port == 443 || (port >= 1024 && !SERVICE_PORTS.contains(&port));
        match &self.private {
            PrivateAddresses::Allowed => true,
            PrivateAddresses::Only(list) => usual || list.iter().any(|entry| entry.port() == port),
            PrivateAddresses::Refused => usual,
        }
    }

    fn allows(&self, address: IpAddr, port: u16) -> bool {
        is_public(address)
            || match &self.private {
                PrivateAddresses::Refused => false,
                PrivateAddresses::Allowed => !is_of_the_link(address),
                PrivateAddresses::Only(list) => list
                    .iter()
                    .any(|entry| entry.ip() == address && entry.port() == port),
            }
    }
}

/// The resolver of the client for one port (a resolver is not told the port, and a list of private addresses
/// has one for each): names to addresses, of which only those that the guard allows are returned.
#[derive(Clone)]
pub(crate) struct GuardedResolver {
    guard: Arc<Guard>,
    names: Arc<HashMap<String, IpAddr>>,
    port: u16,
}

impl fmt::Debug for GuardedResolver {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("GuardedResolver")
    }
}

impl GuardedResolver {
    /// `names` are overrides, lower case; their addresses pass the guard like any other.
    pub(crate) fn new(guard: Arc<Guard>, names: Arc<HashMap<String, IpAddr>>, port: u16) -> Self {
        Self { guard, names, port }
    }

    /// The addresses of a name that may be spoken to, without a port; at least one.
    pub(crate) async fn look_up(&self, name: &str) -> Result<Vec<SocketAddr>, Box<dyn Error + Send + Sync>> {
        let host = name.to_ascii_lowercase();
        let found: Vec<SocketAddr> = match self.names.get(&host) {
            Some(address) => vec![SocketAddr::new(*address, 0)],
            None => tokio::net::lookup_host((host.as_str(), 0)).await?.collect(),
        };
        // Port 0 means "the URL's" to the connector.
        let allowed: Vec<SocketAddr> = found
            .into_iter()
            .filter(|entry| self.guard.allows(entry.ip(), self.port))
            .collect();
        if allowed.is_empty() {
            return Err(AddressRefused.into());
        }
        Ok(allowed)
    }
}

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        let resolver = self.clone();
        Box::pin(async move {
            let allowed = resolver.look_up(name.as_str()).await?;
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Link-local, also inside IPv6, and where one cloud has the same service.
fn is_of_the_link(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_link_local(),
        IpAddr::V6(address) => {
            address.is_unicast_link_local()
                || address.segments() == [0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254]
                || address
                    .to_ipv4_mapped()
                    .is_some_and(|inner| inner.is_link_local())
        }
    }
}

/// Whether an address belongs to the public internet; forms of IPv6 that carry an IPv4 address inside
/// (mapped, compatible, NAT64, 6to4, Teredo) are refused or judged by what they carry.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    let special = address.is_loopback()
        || address.is_private()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_broadcast()
        || address.is_documentation()
        || first == 0
        || first >= 240
        // Carrier-grade NAT 100.64/10, protocol assignments 192.0.0/24, 6to4 relays 192.88.99/24, benchmarks 198.18/15.
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 192 && second == 88 && third == 99)
        || (first == 198 && (18..20).contains(&second));
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = address.to_ipv4_mapped() {
        return is_public_v4(inner);
    }
    let segments = address.segments();
    match segments {
        // NAT64 of the well-known prefix: what it reaches is the IPv4 address inside.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
            is_public_v4(Ipv4Addr::new(a, b, c, d))
        }
        // 6to4, Teredo and protocol assignments, two documentation ranges.
        [0x2002, ..] | [0x2001, 0..=0x1ff, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // All that is allocated to the internet is in 2000::/3; loopback, IPv4-compatible, local, site-local,
        // multicast and local NAT64 addresses are outside of it.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// IPv4 by kind: loopback, private, link-local, this network, carrier-grade NAT, assignments, documentation,
    /// benchmarks, multicast, reserved.
    const INSIDE_V4: &str = "127.0.0.1 127.255.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 \
        0.0.0.0 0.1.2.3 100.64.0.1 100.127.255.255 192.0.0.8 192.0.2.1 198.51.100.1 203.0.113.1 198.18.0.1 \
        198.19.255.255 224.0.0.1 240.0.0.1 255.255.255.255";
    /// IPv6: loopback and unspecified, IPv4 inside (mapped, compatible, NAT64, 6to4, Teredo), local, multicast, documentation.
    const INSIDE_V6: &str = ":: ::1 ::ffff:127.0.0.1 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 \
        2002:7f00:1:: 2001::1 fd00::1 fc00::1 fe80::1 fec0::1 ff02::1 2001:db8::1 100::1 3fff::1";
    const PUBLIC: &str = "8.8.8.8 100.63.255.255 172.32.0.1 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808";

    #[test]
    fn no_address_inside_a_network_is_public() {
        for text in INSIDE_V4
            .split_ascii_whitespace()
            .chain(INSIDE_V6.split_ascii_whitespace())
        {
            assert!(!is_public(text.parse().unwrap()), "{text}");
        }
        for text in PUBLIC.split_ascii_whitespace() {
            assert!(is_public(text.parse().unwrap()), "{text}");
        }
    }

    fn judge(private: &PrivateAddresses, url: &str) -> bool {
        Guard::new(private.clone(), "here.example")
            .check_url(&Url::parse(url).unwrap())
            .is_ok()
    }

    #[test]
    fn on_the_internet_only_https_to_harmless_ports_leaves() {
        let refused = PrivateAddresses::Refused;
        for url in [
            "https://there.example/",
            "https://there.example:8443/",
            "https://8.8.8.8/",
        ] {
            assert!(judge(&refused, url), "{url}");
        }
        for url in [
            "http://there.example/",
            "https://there.example:25/",
            "https://there.example:22/",
            "https://there.example:6379/",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://[::ffff:10.0.0.1]/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://user@there.example/",
            "https://there.example./",
            "ftp://there.example/",
            "https://here.example/users/ana",
            "https://HERE.example/",
        ] {
            assert!(!judge(&refused, url), "{url}");
        }
    }

    #[test]
    fn a_listed_private_address_is_allowed_on_its_port_only() {
        let only = PrivateAddresses::Only(vec!["127.0.0.1:3001".parse().unwrap()]);
        assert!(judge(&only, "http://127.0.0.1:3001/"));
        assert!(!judge(&only, "http://127.0.0.1:3002/"));
        assert!(!judge(&only, "http://127.0.0.2:3001/"));
    }

    #[test]
    fn what_clouds_tell_their_machines_is_never_asked_for() {
        let allowed = PrivateAddresses::Allowed;
        for url in ["http://127.0.0.1:25/", "http://10.0.0.1/", "http://[fd00::1]/"] {
            assert!(judge(&allowed, url), "{url}");
        }
        for url in [
            "http://169.254.169.254/latest",
            "http://[::ffff:169.254.169.254]/",
            "http://[fe80::1]/",
            "http://[fd00:ec2::254]/",
        ] {
            assert!(!judge(&allowed, url), "{url}");
        }
    }
}
