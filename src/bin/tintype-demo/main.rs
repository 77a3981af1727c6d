//! `script/demo`: two servers on loopback that know each other by name, people on each, follows across, photos posted;
//! then a short report of what reached whom and how fast. Drives them through their front doors only.

mod beside;
mod client;
mod report;
mod server;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use clap::Parser;
use tintype::media::synthetic;

use client::Person;
use report::{Kind, Report};
use server::Server;

/// Longest wait for anything to arrive.
const PATIENCE: Duration = Duration::from_secs(60);
/// A build with checks paints thirty times slower: there, pictures are smaller.
const SIZE: (u32, u32) = if cfg!(debug_assertions) {
    (400, 267)
} else {
    (1600, 1067)
};

/// Runs two servers on this machine that follow each other, posts photos, and reports what reached whom and how fast
#[derive(Debug, Parser)]
struct Arguments {
    /// Write what happened to this file as well, for programs to read
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Instead of that, runs a server beside the one at this address, with somebody on it who follows its demonstration
    #[arg(long, value_name = "URL", conflicts_with = "json")]
    beside: Option<reqwest::Url>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let folder = std::env::temp_dir().join(format!("tintype-demo-{}", std::process::id()));
    let report = Report::default();
    let shown = match &arguments.beside {
        Some(first) => beside::run(&folder, first).await,
        None => run(&folder, &report).await,
    };
    std::fs::remove_dir_all(&folder).ok();
    if let Some(file) = &arguments.json {
        report
            .write(file)
            .with_context(|| format!("{} could not be written", file.display()))?;
    }
    shown
}

async fn run(folder: &std::path::Path, report: &Report) -> anyhow::Result<()> {
    println!("Starting two servers …");
    let mut east = Server::start("east.test", folder)?;
    let mut west = Server::start("west.test", folder)?;
    east.ready().await?;
    west.ready().await?;
    let done = tell(&east, &west, report).await;
    east.stop().await?;
    west.stop().await?;
    done
}

async fn tell(east: &Server, west: &Server, report: &Report) -> anyhow::Result<()> {
    let ana = Person::sign_up(east, "ana").await?;
    let leo = Person::sign_up(east, "leo").await?;
    let mia = Person::sign_up(west, "mia").await?;
    println!(
        "{} and {} live on {}, {} on {}.\n",
        ana.name, leo.name, east.name, mia.name, west.name
    );

    println!("{:<58} {:>9}", "what", "took");
    for (follower, followee) in [(&mia, &ana), (&mia, &leo), (&ana, &mia), (&leo, &ana)] {
        let started = Instant::now();
        let id = follower.find(&followee.handle()).await?;
        follower.follow(&id).await?;
        until(async || follower.is_following(&id).await).await?;
        let what = format!("{} follows {}", follower.handle(), followee.handle());
        report.saw(Kind::Follow, follower.way_to(followee), &what, started);
    }
    let photos = [
        (&ana, "Morning over the ridge #hills"),
        (&leo, "Last light #coast"),
        (&mia, "After the rain #fog"),
    ];
    for (seed, (author, caption)) in (1..).zip(photos) {
        photo(author, caption, seed, &[&ana, &leo, &mia], report).await?;
    }
    talk(&mia, &ana, report).await
}

/// Posts a photo and waits until everybody who follows its author sees it, picture and all.
async fn photo(
    author: &Person<'_>,
    caption: &str,
    seed: u64,
    everybody: &[&Person<'_>],
    report: &Report,
) -> anyhow::Result<()> {
    let picture = synthetic::photograph(seed, SIZE.0, SIZE.1);
    let started = Instant::now();
    let media = author.upload(picture, "A landscape, made by this demo").await?;
    until(async || author.is_ready(&media).await).await?;
    let what = format!("{} uploads a photo: all sizes ready", author.name);
    report.saw(Kind::Upload, author.way_to(author), &what, started);
    let started = Instant::now();
    let post = author.publish(caption, &media).await?;
    let what = format!("{} posts it", author.name);
    report.saw(Kind::Post, author.way_to(author), &what, started);
    for reader in everybody.iter().filter(|reader| reader.follows(author)) {
        let uri = post["uri"].as_str().unwrap_or_default();
        let picture = async || -> anyhow::Result<Option<String>> {
            let home = reader.home().await?;
            let found = home.iter().find(|status| status["uri"] == uri);
            Ok(found
                .and_then(|status| status["media_attachments"][0]["url"].as_str())
                .map(str::to_owned))
        };
        until(async || Ok(picture().await?.is_some())).await?;
        let what = format!("  it is in the feed of {}", reader.handle());
        report.saw(Kind::InFeed, author.way_to(reader), &what, started);
        let address = picture().await?.context("a post that was there is gone")?;
        until(async || reader.server.has(&address).await).await?;
        let what = format!("  and its photo is stored on {}", reader.server.name);
        report.saw(Kind::PhotoStored, author.way_to(reader), &what, started);
    }
    Ok(())
}

/// A like and a comment go back to where the photo came from.
async fn talk(reader: &Person<'_>, author: &Person<'_>, report: &Report) -> anyhow::Result<()> {
    let home = reader.home().await?;
    let theirs = home
        .iter()
        .find(|status| status["account"]["acct"] == author.acct_at(reader.server).as_str());
    let id = theirs
        .and_then(|status| status["id"].as_str())
        .context("the author's post is not there")?;
    let started = Instant::now();
    reader.like(id).await?;
    reader
        .comment(id, &format!("@{} What a light!", author.acct_at(reader.server)))
        .await?;
    until(async || {
        let own = author.own_posts().await?;
        Ok(own
            .iter()
            .any(|post| post["favourites_count"] == 1 && post["replies_count"] == 1))
    })
    .await?;
    let what = format!(
        "{} likes and comments; {} sees both",
        reader.handle(),
        author.handle()
    );
    report.saw(Kind::LikeAndComment, reader.way_to(author), &what, started);
    Ok(())
}

/// Asks again until it is so.
async fn until(is_so: impl AsyncFn() -> anyhow::Result<bool>) -> anyhow::Result<()> {
    let deadline = Instant::now() + PATIENCE;
    while !is_so().await? {
        if Instant::now() > deadline {
            bail!("it did not happen within {} s", PATIENCE.as_secs());
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    Ok(())
}
