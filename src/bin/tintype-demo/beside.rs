//! `tintype-demo --beside URL`: a second server for whoever tries the first, with somebody on it who follows its demonstration,
//! until the first one ends. Its folder goes with it.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use reqwest::Url;

use crate::client::{PASSWORD, Person};
use crate::server::Server;

/// Browsers find every name below `localhost` on their own machine; another name than the first server's has other cookies.
const NAME: &str = "neighbour.localhost";
/// Where both servers find each other.
const RESOLVED: &str = "localhost=127.0.0.1,neighbour.localhost=127.0.0.1";
/// How long the first one may take to start.
const PATIENCE: Duration = Duration::from_secs(300);
const LOOK: Duration = Duration::from_secs(2);
/// So many looks in a row at which the first is not there, and it has ended.
const ENDED: u32 = 3;

pub async fn run(folder: &Path, first: &Url) -> anyhow::Result<()> {
    let port = first.port_or_known_default().context("an address has a port")?;
    let authority = match first.port() {
        Some(port) => format!("{}:{port}", first.host_str().unwrap_or_default()),
        None => first.host_str().unwrap_or_default().to_owned(),
    };
    let http = reqwest::Client::builder().no_proxy().build()?;
    let deadline = Instant::now() + PATIENCE;
    while !is_there(&http, first).await {
        if Instant::now() > deadline {
            bail!("{first} does not answer");
        }
        tokio::time::sleep(LOOK).await;
    }
    let mut second = Server::start_at(NAME, folder, port.checked_add(1), RESOLVED)?;
    second.ready().await?;
    let shown = follow(&second, &format!("@demo@{authority}")).await;
    if shown.is_ok() {
        println!(
            "A second server, where mia follows demo: http://{NAME}:{} (mia@demo.example, “{PASSWORD}”)",
            second.port
        );
        stay(&http, first).await;
    }
    second.stop().await?;
    shown
}

async fn follow(second: &Server, handle: &str) -> anyhow::Result<()> {
    let mia = Person::sign_up(second, "mia").await?;
    let id = mia.find(handle).await?;
    mia.follow(&id).await
}

/// Until the first server has ended, or somebody wants this to end.
async fn stay(http: &reqwest::Client, first: &Url) {
    let gone = async {
        let mut missed = 0;
        while missed < ENDED {
            tokio::time::sleep(LOOK).await;
            missed = if is_there(http, first).await {
                0
            } else {
                missed + 1
            };
        }
    };
    tokio::select! {
        () = gone => {}
        _ = tokio::signal::ctrl_c() => {}
    }
}

async fn is_there(http: &reqwest::Client, first: &Url) -> bool {
    let Ok(ready) = first.join("/ready") else {
        return false;
    };
    let answer = http.get(ready).timeout(LOOK).send().await;
    answer.is_ok_and(|answer| answer.status().is_success())
}
