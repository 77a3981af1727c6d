//! How many tries somebody has before they have to wait. Knows subjects by their hashes only.

use std::net::IpAddr;

use chrono::TimeDelta;

use crate::app::App;
use crate::db;
use crate::domain::clock::Time;
use crate::domain::network::neighbourhood;
use crate::domain::random;

/// For how long a try counts.
const WINDOW: TimeDelta = TimeDelta::minutes(15);

/// What is counted, and how many tries there are within the window.
#[derive(Clone, Debug)]
pub struct Subject {
    hash: Vec<u8>,
    most: i64,
    /// Nobody is told that there were too many.
    is_silent: bool,
}

impl Subject {
    /// Sign-ins by one name from one address, whether there is somebody of that name or not.
    pub fn name_from(name: &str, address: IpAddr) -> Self {
        Self::new("name", &format!("{name}\0{}", neighbourhood(address)), 10)
    }

    /// Sign-ins by one name from anywhere: many addresses do not help to guess. So many that nobody keeps its owner out by
    /// a few wrong passwords now and then.
    pub fn name(name: &str) -> Self {
        Self::new("name", name, 100)
    }

    /// Sign-ins to one account from one address, by whichever of its names. Half as many again as by one of them, so that
    /// whoever guesses by one name does not keep out its owner, who uses the other. Silent: told, it would link a name to
    /// an address of mail that only its owner is to know.
    pub fn account_from(account: &str, address: IpAddr) -> Self {
        let subject = format!("{account}\0{}", neighbourhood(address));
        Self::new("account", &subject, 15).silently()
    }

    /// The same from anywhere.
    pub fn account(account: &str) -> Self {
        Self::new("account", account, 150).silently()
    }

    /// Sign-ins to one account from a browser in which its owner signed in before: nobody else can use these up.
    pub fn account_on(account: &str, device: &str) -> Self {
        Self::new("device", &format!("{account}\0{device}"), 10)
    }

    /// Proofs that somebody who is signed in knows the password, from one address and from anywhere.
    pub fn proof_from(account: &str, address: IpAddr) -> Self {
        Self::new("proof", &format!("{account}\0{}", neighbourhood(address)), 10)
    }

    pub fn proof(account: &str) -> Self {
        Self::new("proof", account, 100)
    }

    /// Sign-ins from one address.
    pub fn address(address: IpAddr) -> Self {
        Self::new("address", &neighbourhood(address).to_string(), 30)
    }

    /// Wishes for links by mail, from one address of the network.
    pub fn mails_from(address: IpAddr) -> Self {
        Self::new("mails-from", &neighbourhood(address).to_string(), 10)
    }

    /// The same to one address of mail: nobody fills another's letter box.
    pub fn mails_to(email: &str) -> Self {
        Self::new("mails-to", &email.trim().to_lowercase(), 3)
    }

    /// Other addresses of mail that somebody who is signed in says are theirs: each is told, and so is whether somebody has it.
    pub fn new_addresses(account: &str) -> Self {
        Self::new("new-addresses", account, 5)
    }

    /// Uses of links in mails, from one address.
    pub fn links(address: IpAddr) -> Self {
        Self::new("links", &neighbourhood(address).to_string(), 30)
    }

    fn new(kind: &str, subject: &str, most: i64) -> Self {
        Self {
            hash: random::hash(&format!("{kind}\0{subject}")),
            most,
            is_silent: false,
        }
    }

    fn silently(self) -> Self {
        Self {
            is_silent: true,
            ..self
        }
    }
}

#[derive(Debug, thiserror::Error)]
pub enum ThrottleError {
    #[error("too many tries")]
    TooMany { seconds: u32 },
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

/// A try that was let through. It counts as failed until it is settled, so that many at once are no way around.
#[derive(Debug)]
pub struct Try {
    subjects: Vec<Subject>,
    at: Time,
    is_void: bool,
}

impl Try {
    /// It is one too many of what nobody is told about: to be answered as any that fails, in the same time.
    pub fn is_void(&self) -> bool {
        self.is_void
    }
}

/// Counts a try for all subjects, or refuses it without counting it. Where a silent one has had too many, it is void, and
/// counted for the others: they are to come to their end as they would if there were none of that kind.
pub async fn begin(app: &App, mut subjects: Vec<Subject>) -> Result<Try, ThrottleError> {
    let at = app.clock.now();
    let mut is_void = false;
    if !app.config.rate_limits {
        subjects.clear();
        return Ok(Try {
            subjects,
            at,
            is_void,
        });
    }
    // Always in the same order, so that two tries never wait for each other.
    subjects.sort_by(|a, b| a.hash.cmp(&b.hash));
    let mut counted = Vec::with_capacity(subjects.len());
    let mut tx = app.db.begin().await?;
    for subject in subjects {
        db::throttle::lock(&mut tx, &subject.hash).await?;
        let nth = db::throttle::nth_newest(&mut tx, &subject.hash, at - WINDOW, subject.most).await?;
        match nth {
            None => counted.push(subject),
            Some(_) if subject.is_silent => is_void = true,
            Some(nth) => return Err(too_many(nth, at)),
        }
    }
    for subject in &counted {
        db::throttle::add(&mut tx, &subject.hash, at).await?;
    }
    tx.commit().await?;
    Ok(Try {
        subjects: counted,
        at,
        is_void,
    })
}

fn too_many(nth: Time, at: Time) -> ThrottleError {
    let seconds = (nth + WINDOW - at).num_seconds().clamp(1, WINDOW.num_seconds());
    ThrottleError::TooMany {
        seconds: u32::try_from(seconds).unwrap_or(1),
    }
}

/// The try did not fail: it does not count, and neither do the earlier ones of `cleared`.
pub async fn succeeded(app: &App, tried: &Try, cleared: &[Subject]) -> Result<(), sqlx::Error> {
    if tried.subjects.is_empty() {
        return Ok(());
    }
    let mut tx = app.db.begin().await?;
    for subject in &tried.subjects {
        if cleared.iter().any(|cleared| cleared.hash == subject.hash) {
            db::throttle::forget(&mut tx, &subject.hash).await?;
        } else {
            db::throttle::take_back(&mut tx, &subject.hash, tried.at).await?;
        }
    }
    tx.commit().await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_counted_together() {
        let of = |text: &str| Subject::address(text.parse().unwrap()).hash;
        assert_eq!(of("2001:db8::1"), of("2001:db8::ffff:2"));
        assert_ne!(of("2001:db8::1"), of("2001:db8:0:1::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        assert_ne!(of("192.0.2.1"), of("192.0.2.2"));
        let from = |address: &str| Subject::name_from("ana", address.parse().unwrap()).hash;
        assert_ne!(from("192.0.2.1"), from("192.0.2.2"));
        assert_ne!(from("192.0.2.1"), Subject::name("ana").hash);
        assert_ne!(
            Subject::name("7").hash,
            Subject::account("7").hash,
            "a name may be a number"
        );
        let on = |device: &str| Subject::account_on("ana", device).hash;
        assert!(on("a") != on("b") && on("192.0.2.1") != from("192.0.2.1"));
    }
}
