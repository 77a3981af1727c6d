//! Networks that are kept from signing up, or out. Knows no requests.

use std::collections::HashMap;
use std::net::IpAddr;
use std::str::FromStr;

use super::clock::Time;
use super::network::Network;

/// How far a network is kept out, as stored; each is harder than the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, sqlx::Type)]
#[repr(i16)]
pub enum Severity {
    /// Who signs up waits for a moderator.
    SignUpRequiresApproval = 1,
    /// Nobody signs up.
    SignUpBlock = 2,
    /// Nobody comes in.
    NoAccess = 3,
}

impl Severity {
    pub const ALL: [Self; 3] = [Self::SignUpRequiresApproval, Self::SignUpBlock, Self::NoAccess];

    /// As the client API spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignUpRequiresApproval => "sign_up_requires_approval",
            Self::SignUpBlock => "sign_up_block",
            Self::NoAccess => "no_access",
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("Severity is not one of sign_up_requires_approval, sign_up_block and no_access")]
pub struct NoSeverity;

impl FromStr for Severity {
    type Err = NoSeverity;

    fn from_str(text: &str) -> Result<Self, NoSeverity> {
        let mut all = Self::ALL.into_iter();
        all.find(|severity| severity.as_str() == text).ok_or(NoSeverity)
    }
}

/// What holds for a network, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    pub severity: Severity,
    pub expires_at: Option<Time>,
}

/// All of them, for asking about one address: as many looks as there are lengths of networks, however many networks.
#[derive(Clone, Debug, Default)]
pub struct Barred {
    rules: HashMap<Network, Rule>,
    lengths: Vec<u32>,
}

impl FromIterator<(Network, Rule)> for Barred {
    fn from_iter<I: IntoIterator<Item = (Network, Rule)>>(all: I) -> Self {
        let rules: HashMap<Network, Rule> = all.into_iter().collect();
        let mut lengths: Vec<u32> = rules.keys().map(|network| network.fixed_bits()).collect();
        lengths.sort_unstable();
        lengths.dedup();
        Self { rules, lengths }
    }
}

impl Barred {
    /// The hardest rule that holds for an address at that moment.
    pub fn severity(&self, address: IpAddr, now: Time) -> Option<Severity> {
        let rules = self
            .lengths
            .iter()
            .filter_map(|length| self.rules.get(&Network::around(address, *length)));
        rules
            .filter(|rule| rule.expires_at.is_none_or(|end| end > now))
            .map(|rule| rule.severity)
            .max()
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};

    use super::*;

    #[test]
    fn the_hardest_rule_of_all_networks_around_an_address_holds_until_it_expires() {
        let now = DateTime::from_timestamp_millis(1_700_000_000_000).unwrap();
        let rule = |network: &str, severity, expires_at| {
            (network.parse::<Network>().unwrap(), Rule { severity, expires_at })
        };
        let barred: Barred = [
            rule("192.0.2.0/24", Severity::SignUpBlock, None),
            rule("192.0.2.7", Severity::NoAccess, Some(now + TimeDelta::hours(1))),
            rule("2001:db8::/32", Severity::SignUpRequiresApproval, None),
        ]
        .into_iter()
        .collect();
        let of = |address: &str, now| barred.severity(address.parse().unwrap(), now);
        assert_eq!(of("192.0.2.7", now), Some(Severity::NoAccess));
        assert_eq!(of("::ffff:192.0.2.7", now), Some(Severity::NoAccess));
        assert_eq!(
            of("192.0.2.7", now + TimeDelta::hours(1)),
            Some(Severity::SignUpBlock)
        );
        assert_eq!(of("192.0.2.8", now), Some(Severity::SignUpBlock));
        assert_eq!(of("192.0.3.8", now), None);
        assert_eq!(of("2001:db8:1::1", now), Some(Severity::SignUpRequiresApproval));
        assert_eq!(of("2001:db9::1", now), None);
        assert_eq!(Barred::default().severity("::1".parse().unwrap(), now), None);
    }
}
