//! Looks at everything a server stands on, and says what is wrong and how to mend it. Mends nothing itself.

pub mod command;
mod database;
mod machine;
mod videos;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::time::SystemTime;

use futures::future::BoxFuture;
use url::Url;

use crate::config::{Config, Copies, Storage};
use crate::media::converter;

const BROWSERS: &str = "uploads into the bucket";

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// As it should be.
    Fine,
    /// It could not be looked at, and nothing suggests that it is not as it should be.
    Unchecked,
    /// The server runs, but not as well as it could.
    Warning,
    /// The server does not run, or loses something.
    Broken,
}

/// One thing that was looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was looked at.
    pub name: &'static str,
    /// How it is.
    pub state: State,
    /// A sentence about it.
    pub says: String,
    /// What to do about it.
    pub mend: Option<String>,
}

/// What the doctor is given, because it belongs to others: each answers with a sentence, good or bad.
pub struct Probes<'a> {
    /// The time now.
    pub now: SystemTime,
    /// The numbers of all migrations that this program knows.
    pub migrations: BTreeSet<i64>,
    /// Writes, reads and removes an object.
    pub storage: BoxFuture<'a, Result<String, String>>,
    /// The same where copies of other servers' pictures have a place of their own; none: they have none.
    pub copies: BoxFuture<'a, Option<Result<String, String>>>,
    /// Asks the bucket whether pages in browsers may put uploads there; none: nobody else puts anything there.
    pub browsers: BoxFuture<'a, Option<Result<String, String>>>,
    /// Asks the server of this address for its own WebFinger, from outside.
    pub webfinger: Asks<'a>,
    /// Greets the mail server; none: there is none.
    pub mail: BoxFuture<'a, Option<Result<String, String>>>,
}

/// What is asked of an address.
pub type Asks<'a> = Box<dyn FnOnce(Url) -> BoxFuture<'a, Result<String, String>> + Send + 'a>;

/// Looks at everything. A private cluster that does not run is started for it, and stopped again.
pub async fn run(config: &Config, probes: Probes<'_>) -> Vec<Check> {
    let clock = machine::Clock::started_at(probes.now);
    let mut checks = vec![
        machine::data_directory(config, &clock),
        machine::disk_space(config),
        machine::key_file(config),
        machine::port(config).await,
    ];
    let database = database::look(config, &clock, &probes.migrations).await;
    checks.extend(database.checks);
    let (public_url, differs) = public_url(config, database.public_url);
    checks.extend(differs);
    checks.push(asked(
        "storage",
        probes.storage.await,
        &match &config.storage {
            Storage::Local => "Look at the data directory's owner and space.".to_owned(),
            Storage::Bucket(bucket) => format!("Look at the {} settings.", bucket.settings()),
        },
    ));
    checks.extend(probes.copies.await.map(|answer| {
        let settings = match &config.copies {
            Some(Copies::Bucket(bucket)) => format!("the remote_{} settings", bucket.settings()),
            _ => "remote_media_folder".to_owned(),
        };
        let mend = format!("Look at {settings}. Until then no picture of another server is shown.");
        asked("storage of copies", answer, &mend)
    }));
    checks.extend(probes.browsers.await.map(|answer| match answer {
        Ok(says) => Check::fine(BROWSERS, says),
        Err(says) => Check::warning(BROWSERS, says).mend(
            "Apps send uploads through this server until then. What the bucket has to allow is in docs/media.md.",
        ),
    }));
    checks.push(match probes.mail.await {
        Some(answer) => asked("mail", answer, "Look at the smtp_ settings and at mail_from."),
        None => Check::unchecked("mail", "None is sent: forgotten passwords are set by hand."),
    });
    checks.extend(videos::checks().await);
    let without_it = "AVIF and HEIC pictures, which many phones send, cannot be posted";
    checks.push(machine::program(converter::PROGRAM, "--version", without_it, "libvips-tools").await);
    let runs = crate::postgres::serving(&config.data_dir).is_some() || machine::answers(config).await;
    checks.push(match runs {
        true => asked(
            "WebFinger",
            (probes.webfinger)(public_url).await,
            "Look at public_url, the DNS record, and the reverse proxy (docs/admin/reverse-proxy.md).",
        ),
        false => Check::warning("WebFinger", "Not asked: the server does not run.")
            .mend("Start it, then run the doctor again."),
    });
    checks
}

/// The address that counts, and whether the settings name another.
fn public_url(config: &Config, remembered: Option<Url>) -> (Url, Option<Check>) {
    const NAME: &str = "public_url";
    let now = &config.public_url;
    let Some(remembered) = remembered.filter(|remembered| remembered != now) else {
        return (now.clone(), None);
    };
    let differs = match config.public_url_is_set {
        true => Check::broken(
            NAME,
            format!("It is {now}, but this database was made for {remembered}: a server with these settings does not start."),
        )
        .mend("Set public_url back."),
        false => Check::warning(
            NAME,
            format!("It is not set here, and this database was made for {remembered}: the server has other settings than these."),
        )
        .mend("Give the doctor the same, by --config FILE or by the environment; what hangs on others was not looked at."),
    };
    (remembered, Some(differs))
}

/// The worst of all.
pub fn worst(checks: &[Check]) -> State {
    checks
        .iter()
        .map(|check| check.state)
        .max()
        .unwrap_or(State::Fine)
}

fn asked(name: &'static str, answer: Result<String, String>, mend: &str) -> Check {
    match answer {
        Ok(says) => Check::fine(name, says),
        Err(says) => Check::broken(name, says).mend(mend),
    }
}

impl Check {
    fn fine(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            name,
            state: State::Fine,
            says: says.into(),
            mend: None,
        }
    }

    fn unchecked(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            state: State::Unchecked,
            ..Self::fine(name, says)
        }
    }

    fn warning(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            state: State::Warning,
            ..Self::fine(name, says)
        }
    }

    fn broken(name: &'static str, says: impl Into<String>) -> Self {
        Self {
            state: State::Broken,
            ..Self::fine(name, says)
        }
    }

    fn mend(self, mend: impl Into<String>) -> Self {
        Self {
            mend: Some(mend.into()),
            ..self
        }
    }
}
