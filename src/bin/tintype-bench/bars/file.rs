//! A stored picture of 200 kB from the local store, to many at once, against nginx with the same file.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::ensure;
use bytes::Bytes;
use tintype::media::{FileName, MediaKey, Store};

use crate::clients::{Connection, Outcome, ask_on, get};
use crate::nginx::{self, Nginx};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::world::World;

const PERIOD: Duration = Duration::from_secs(4);
const CONNECTIONS: usize = 64;
const SIZE: usize = 200_000;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let Some(program) = nginx::program().await else {
        println!("file: nginx is not installed (Debian: nginx-light); nothing to compare with.");
        return Ok(());
    };
    let path = stored(world).await?;
    let mut shares = Vec::new();
    for _ in 0..runs {
        shares.push(run(world, &program, &path).await?);
    }
    report.add(&Figure {
        what: "a picture of 200 kB on 64 connections, of nginx",
        unit: "%",
        bound: Bound::AtLeast(60.0),
        runs: shares,
    });
    Ok(())
}

/// Put where the server looks for it; gives its address there.
async fn stored(world: &World) -> anyhow::Result<String> {
    let store = Store::local(&world.server.folder.join("media"))?;
    let (key, name) = (MediaKey::random()?, FileName::parse("1080.jpg"));
    let name = name.ok_or_else(|| anyhow::anyhow!("no such size"))?;
    let bytes: Vec<u8> = (0..SIZE).map(|at| (at * 7 % 251) as u8).collect();
    store.put(&key, name, bytes.into()).await?;
    Ok(format!("/media/{key}/{name}"))
}

async fn run(world: &World, program: &str, path: &str) -> anyhow::Result<Measured> {
    let request = get(path, None);
    let mut connection = Connection::open(world.server.address).await?;
    let answer = connection.ask(&request).await?;
    ensure!(
        answer.status == 200 && answer.body.len() == SIZE,
        "{path}: status {}, {} bytes",
        answer.status,
        answer.body.len()
    );
    let theirs = Nginx::serve(program, answer.body).await?;
    let limit = repeated(theirs.address, get("/file", None)).await;
    theirs.stop().await?;
    let limit = limit?;
    let before = world.spent()?;
    let ours = repeated(world.server.address, request).await?;
    let each = world.spent()?.since(before, ours.done as f64);
    Ok(Measured {
        figure: 100.0 * ours.per_second() / limit.per_second(),
        made_of: format!(
            "{}/s against {}/s; CPU {:.3} ms server each",
            number(ours.per_second()),
            number(limit.per_second()),
            each.server
        ),
    })
}

async fn repeated(address: SocketAddr, request: Bytes) -> anyhow::Result<Outcome> {
    ask_on(CONNECTIONS, address, PERIOD, move |_| Some(request.clone())).await
}
