//! `script/demo`: two servers on loopback that know each other by name, people on each, follows across, photos posted;
//! then a short report of what reached whom and how fast. Drives them through their front doors only.

mod client;
mod server;

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use tintype::media::synthetic;

use client::Person;
use server::Server;

/// Longest wait for anything to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    let folder = std::env::temp_dir().join(format!("tintype-demo-{}", std::process::id()));
    let shown = run(&folder).await;
    std::fs::remove_dir_all(&folder).ok();
    shown
}

async fn run(folder: &std::path::Path) -> anyhow::Result<()> {
    println!("Starting two servers …");
    let mut east = Server::start("east.test", folder)?;
    let mut west = Server::start("west.test", folder)?;
    east.ready().await?;
    west.ready().await?;
    let done = tell(&east, &west).await;
    east.stop().await?;
    west.stop().await?;
    done
}

async fn tell(east: &Server, west: &Server) -> anyhow::Result<()> {
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
        report(
            &format!("{} follows {}", follower.handle(), followee.handle()),
            started,
        );
    }
    let photos = [
        (&ana, "Morning over the ridge #hills"),
        (&leo, "Last light #coast"),
        (&mia, "After the rain #fog"),
    ];
    for (seed, (author, caption)) in (1..).zip(photos) {
        photo(author, caption, seed, &[&ana, &leo, &mia]).await?;
    }
    talk(&mia, &ana).await
}

/// Posts a photo and waits until everybody who follows its author sees it, picture and all.
async fn photo(
    author: &Person<'_>,
    caption: &str,
    seed: u64,
    everybody: &[&Person<'_>],
) -> anyhow::Result<()> {
    let picture = synthetic::photograph(seed, 1600, 1067);
    let started = Instant::now();
    let media = author.upload(picture, "A landscape, made by this demo").await?;
    until(async || author.is_ready(&media).await).await?;
    report(
        &format!("{} uploads a photo: all sizes ready", author.name),
        started,
    );
    let started = Instant::now();
    let post = author.publish(caption, &media).await?;
    report(&format!("{} posts it", author.name), started);
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
        report(&format!("  it is in the feed of {}", reader.handle()), started);
        let address = picture().await?.context("a post that was there is gone")?;
        until(async || reader.server.has(&address).await).await?;
        report(
            &format!("  and its photo is stored on {}", reader.server.name),
            started,
        );
    }
    Ok(())
}

/// A like and a comment go back to where the photo came from.
async fn talk(reader: &Person<'_>, author: &Person<'_>) -> anyhow::Result<()> {
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
    report(
        &format!(
            "{} likes and comments; {} sees both",
            reader.handle(),
            author.handle()
        ),
        started,
    );
    Ok(())
}

fn report(what: &str, started: Instant) {
    println!("{what:<58} {:>6} ms", started.elapsed().as_millis());
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
