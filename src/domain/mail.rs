//! What is written to people by mail, as it waits to be sent. Never printed: it holds addresses, and links that open
//! accounts.

use serde::{Deserialize, Serialize};

use super::clock::Time;
use super::moderation::Measure;

/// A mail to one address.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    /// Whose account it is about, for the greeting; empty where nobody's is known yet.
    pub username: String,
    pub says: Says,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "says", rename_all = "snake_case")]
pub enum Says {
    /// Somebody typed this address into a form and would like a link. Whether there is anybody to whom it belongs is
    /// found out when the mail's turn comes, so that the answer to the form takes as long either way.
    Wanted {
        purpose: Purpose,
    },
    /// The link confirms the address that it was sent to.
    Confirm {
        token: String,
    },
    /// The link sets a password.
    ResetPassword {
        token: String,
    },
    PasswordChanged,
    /// Told to the old address: another one was typed, and waits to be confirmed.
    AddressChanging {
        to: String,
    },
    /// Told to the old address.
    AddressChanged {
        to: String,
    },
    NewBrowser {
        browser: String,
        at: Time,
    },
    /// For moderators: somebody waits for their yes.
    SomebodyWaits {
        name: String,
        reason: String,
    },
    Approved,
    Rejected,
    Deleted,
    /// What moderators did, and what they said about it.
    Moderated {
        /// None: they only say something.
        measure: Option<Measure>,
        words: String,
    },
    /// What they did is taken back.
    Restored {
        measure: Measure,
    },
}

/// What a link in a mail is good for, as stored in `mail_tokens.purpose`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(i16)]
pub enum Purpose {
    Confirm = 1,
    ResetPassword = 2,
}
