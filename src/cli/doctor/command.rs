//! `tintype doctor`: gives the checks what belongs to others, and prints what they say.

use std::process::ExitCode;

use axum::http::HeaderValue;
use futures::FutureExt;
use url::Url;

use super::{Probes, State, run as look, worst};
use crate::cli::{open, way_out};
use crate::config::Config;
use crate::domain::clock::Clock;
use crate::domain::urls::authority_of;
use crate::migrations;

pub async fn run(config: Config) -> anyhow::Result<ExitCode> {
    let probes = Probes {
        now: Clock::system().now().into(),
        migrations: migrations::versions().collect(),
        storage: storage(config.clone()).boxed(),
        copies: copies(config.clone()).boxed(),
        browsers: browsers(config.clone()).boxed(),
        webfinger: Box::new(|public_url| {
            webfinger(Config {
                public_url,
                ..config.clone()
            })
            .boxed()
        }),
        mail: mail(config.clone()).boxed(),
    };
    let checks = look(&config, probes).await;
    for check in &checks {
        let mark = match check.state {
            State::Fine => "ok  ",
            State::Unchecked => "-   ",
            State::Warning => "warn",
            State::Broken => "BAD ",
        };
        println!("{mark}  {}: {}", check.name, check.says);
        if let Some(mend) = &check.mend {
            println!("      {mend}");
        }
    }
    Ok(if worst(&checks) == State::Broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

async fn mail(config: Config) -> Option<Result<String, String>> {
    match open::mailer(&config) {
        Ok(mailer) => mailer.probe().await,
        Err(error) => Some(Err(format!("{error:#}"))),
    }
}

async fn storage(config: Config) -> Result<String, String> {
    let store = open::store(&config).map_err(|error| format!("{error:#}"))?;
    store.probe().await.map_err(|error| error.to_string())?;
    Ok("an object was written, read and removed".to_owned())
}

async fn copies(config: Config) -> Option<Result<String, String>> {
    let name = config.copies.as_ref()?.name();
    // That it cannot be opened is said of the storage already.
    let probed = open::store(&config).ok()?.probe_copies().await?;
    Some(match probed {
        Ok(()) => Ok(format!("an object was written, read and removed in {name}")),
        Err(error) => Err(error.to_string()),
    })
}

/// Only pages ask a bucket first; all other apps need nothing of it.
async fn browsers(config: Config) -> Option<Result<String, String>> {
    if !config.direct_uploads {
        return None;
    }
    let origin = config.public_url.origin().ascii_serialization();
    let asked = HeaderValue::from_str(&origin).ok()?;
    // That it cannot be opened is said of the storage already.
    let answer = open::store(&config).ok()?.lets_browsers_put(&asked).await;
    Some(match answer {
        None => Err("s3_direct_uploads is on, and media are in no bucket.".to_owned()),
        Some(Ok(true)) => Ok(format!("the bucket lets pages of {origin} put them there")),
        Some(Ok(false)) => Err(format!(
            "The bucket does not let pages of {origin} put anything there (CORS)."
        )),
        Some(Err(error)) => Err(error.to_string()),
    })
}

/// Asks for our own instance actor as a stranger would: through name, proxy and port.
async fn webfinger(config: Config) -> Result<String, String> {
    let authority = authority_of(&config.public_url).unwrap_or_default();
    let host = config.public_url.host_str().unwrap_or_default();
    let mut url = config
        .public_url
        .join("/.well-known/webfinger")
        .map_err(|error| error.to_string())?;
    url.query_pairs_mut()
        .append_pair("resource", &format!("acct:{host}@{authority}"));
    let status = ask(&config, url.clone()).await?;
    if status == 200 {
        Ok(format!("{url} answers"))
    } else {
        Err(format!("{url} answered {status}"))
    }
}

async fn ask(config: &Config, url: Url) -> Result<u16, String> {
    let client = way_out::strangers_client(config).map_err(|error| format!("{error:#}"))?;
    let found = client
        .get_json(&url, &["application/jrd+json"], Clock::system().now())
        .await;
    match found {
        Ok(_) => Ok(200),
        Err(error) => Err(format!("{url} could not be read: {error}")),
    }
}
