//! What everybody's programs ask a server for first, and ask for most: the instance, an actor, a name. Each against nginx
//! with a file of the same bytes. Asks for nothing that a server may not remember.

use std::net::SocketAddr;
use std::time::Duration;

use anyhow::ensure;
use bytes::Bytes;

use crate::clients::{Connection, Outcome, ask_for, get, get_as};
use crate::nginx::{self, Nginx};
use crate::report::{Bound, Figure, Measured, Report, number};
use crate::seed;
use crate::world::World;

const PERIOD: Duration = Duration::from_secs(4);
const ACTIVITY: &str = "application/activity+json";
/// Whose actor it is: far from the numbers of those whose letters are measured.
const WHO: i64 = 900;

pub async fn measure(world: &mut World, runs: usize, report: &mut Report) -> anyhow::Result<()> {
    let Some(program) = nginx::program().await else {
        println!("front: nginx is not installed (Debian: nginx-light); nothing to compare with.");
        return Ok(());
    };
    let name = seed::writer(&mut world.db, &world.server.folder, WHO, &[]).await?;
    let host = world.server.address;
    let asked = [
        ("instance, of nginx with a file", get("/api/v2/instance", None)),
        (
            "actor, of nginx with a file",
            get_as(&format!("/users/{name}"), ACTIVITY),
        ),
        (
            "WebFinger, of nginx with a file",
            get(
                &format!("/.well-known/webfinger?resource=acct:{name}@{host}"),
                None,
            ),
        ),
    ];
    for (what, request) in asked {
        let mut shares = Vec::new();
        for _ in 0..runs {
            shares.push(run(world, &program, &request).await?);
        }
        report.add(&Figure {
            what,
            unit: "%",
            bound: Bound::AtLeast(40.0),
            runs: shares,
        });
    }
    Ok(())
}

async fn run(world: &World, program: &str, request: &Bytes) -> anyhow::Result<Measured> {
    let body = Connection::open(world.server.address)
        .await?
        .ask(request)
        .await
        .and_then(|answer| {
            ensure!(
                answer.status == 200,
                "status {}: {}",
                answer.status,
                String::from_utf8_lossy(answer.body)
            );
            Ok(answer.body.to_vec())
        })?;
    let theirs = Nginx::serve(program, &body).await?;
    let limit = repeated(theirs.address, get("/file", None)).await;
    theirs.stop().await?;
    let limit = limit?;
    let before = world.spent()?;
    let ours = repeated(world.server.address, request.clone()).await?;
    let each = world.spent()?.since(before, ours.done as f64);
    Ok(Measured {
        figure: 100.0 * ours.per_second() / limit.per_second(),
        made_of: format!(
            "{}/s of {} bytes against {}/s; CPU {:.3} ms server, {:.3} ms Postgres each",
            number(ours.per_second()),
            body.len(),
            number(limit.per_second()),
            each.server,
            each.postgres
        ),
    })
}

async fn repeated(address: SocketAddr, request: Bytes) -> anyhow::Result<Outcome> {
    ask_for(address, PERIOD, move |_| Some(request.clone())).await
}
