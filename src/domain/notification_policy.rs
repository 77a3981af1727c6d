//! What becomes of what strangers cause: for each class of them it is accepted, set aside or dropped. Knows nobody.

use chrono::TimeDelta;

/// As stored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(i16)]
pub enum Verdict {
    #[default]
    Accept = 0,
    /// Set aside, to be asked about.
    Filter = 1,
    Drop = 2,
}

impl Verdict {
    const ALL: [Self; 3] = [Self::Accept, Self::Filter, Self::Drop];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Filter => "filter",
            Self::Drop => "drop",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.as_str() == text)
    }

    pub fn from_stored(number: i16) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| *verdict as i16 == number)
    }
}

/// Younger accounts than this are new.
pub const NEW_ACCOUNT: TimeDelta = TimeDelta::days(30);
/// Who follows for less than this is not taken for a follower: one could follow only to be heard.
pub const NEW_FOLLOWER: TimeDelta = TimeDelta::days(3);

/// One verdict for each class. Somebody is in several of them, and the strictest counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    pub not_following: Verdict,
    pub not_followers: Verdict,
    pub new_accounts: Verdict,
    pub private_mentions: Verdict,
    pub limited_accounts: Verdict,
    pub bots: Verdict,
}

impl Policy {
    /// Of who never said otherwise: the function `notification_verdict` and the columns of `notification_policies` have
    /// the same.
    pub const USUAL: Self = Self {
        not_following: Verdict::Accept,
        not_followers: Verdict::Accept,
        new_accounts: Verdict::Accept,
        private_mentions: Verdict::Filter,
        limited_accounts: Verdict::Filter,
        bots: Verdict::Accept,
    };
}
