//! An address or a network in CIDR form. Knows no names.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};
use std::str::FromStr;

/// Who has one IPv6 address has a whole network of them.
pub fn neighbourhood(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from(u128::from(v6) >> 64 << 64)),
        v4 => v4,
    }
}

/// A network; a single address is one with all bits fixed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network {
    // IPv4 is kept as its IPv4-mapped IPv6 form, so that a proxy seen through a
    // dual-stack socket (`::ffff:10.0.0.1`) is the same as one seen without.
    base: u128,
    fixed_bits: u32,
}

impl Network {
    /// Whether an address belongs to this network.
    pub fn contains(&self, address: IpAddr) -> bool {
        mapped(address) & mask(self.fixed_bits) == self.base
    }

    /// How many bits are fixed, of 128: those of an IPv4 network count from its IPv6 form.
    pub fn fixed_bits(&self) -> u32 {
        self.fixed_bits
    }

    /// The network of so many fixed bits that an address belongs to.
    pub fn around(address: IpAddr, fixed_bits: u32) -> Self {
        Self {
            base: mapped(address) & mask(fixed_bits),
            fixed_bits,
        }
    }
}

/// Always with its length.
impl fmt::Display for Network {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base = Ipv6Addr::from(self.base);
        match base.to_ipv4_mapped() {
            Some(base) if self.fixed_bits >= 96 => write!(to, "{base}/{}", self.fixed_bits - 96),
            _ => write!(to, "{base}/{}", self.fixed_bits),
        }
    }
}

impl FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits)),
            None => (text, None),
        };
        let address: IpAddr = address
            .parse()
            .map_err(|_| format!("“{text}” is neither an address nor a network like 10.0.0.0/8"))?;
        let (most, offset) = if address.is_ipv4() { (32, 96) } else { (128, 0) };
        let bits = match bits {
            None => most,
            Some(bits) => match bits.parse::<u32>() {
                Ok(bits) if bits <= most => bits,
                _ => {
                    return Err(format!(
                        "the part after the slash in “{text}” must be 0 to {most}"
                    ));
                }
            },
        };
        Ok(Self::around(address, bits + offset))
    }
}

fn mapped(address: IpAddr) -> u128 {
    let v6: Ipv6Addr = match address {
        IpAddr::V4(v4) => v4.to_ipv6_mapped(),
        IpAddr::V6(v6) => v6,
    };
    u128::from(v6)
}

fn mask(fixed_bits: u32) -> u128 {
    // Shifting by 128 overflows, and a mask of no bits is what it would have meant.
    u128::MAX.checked_shl(128 - fixed_bits).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Network;

    #[test]
    fn a_network_contains_its_addresses_and_no_others() {
        let contains = |network: &str, address: &str| {
            network
                .parse::<Network>()
                .unwrap()
                .contains(address.parse().unwrap())
        };
        assert!(contains("10.0.0.0/8", "10.255.0.1") && !contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("127.0.0.1", "127.0.0.1") && !contains("127.0.0.1", "127.0.0.2"));
        assert!(
            contains("127.0.0.1", "::ffff:127.0.0.1"),
            "a dual-stack socket shows IPv4 so"
        );
        assert!(contains("fd00::/8", "fd12::1") && !contains("fd00::/8", "fe80::1"));
        assert!(contains("0.0.0.0/0", "8.8.8.8") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("::/0", "2001:db8::1"));
    }

    #[test]
    fn a_network_is_written_with_its_length_and_without_more() {
        for (text, written) in [
            ("192.0.2.77/24", "192.0.2.0/24"),
            ("192.0.2.7", "192.0.2.7/32"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("2001:DB8::1/32", "2001:db8::/32"),
            ("::1", "::1/128"),
            ("::/0", "::/0"),
        ] {
            let network = text.parse::<Network>().unwrap();
            assert_eq!(network.to_string(), written);
            assert_eq!(written.parse::<Network>().unwrap(), network);
        }
    }
}
