//! `tintype serve`: opens everything, listens, runs the jobs, and ends in order.

use std::io::IsTerminal as _;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing_subscriber::EnvFilter;

use super::fixtures::{self, Filling};
use super::{demo_seed, open};
use crate::app::App;
use crate::config::{Config, LogFormat, Registration};
use crate::db;
use crate::web::listener::{self, Bounds};
use crate::{jobs, web};

#[derive(Debug, Args)]
pub struct Serve {
    /// Fill an empty server with made-up people and so many posts with generated photos, to see how it is to live there
    #[arg(long, value_name = "POSTS", num_args = 0..=1, require_equals = true, default_missing_value = "60")]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=10_000), conflicts_with = "fixtures")]
    demo: Option<u32>,
    /// Hold what this file says and nothing else, without limits: for the tests of client programs, on this machine only
    #[arg(long, value_name = "FILE.toml")]
    fixtures: Option<PathBuf>,
}

/// How long requests and jobs may take to end once the server is told to stop. Whoever started the server waits ten
/// seconds for all of it, Postgres included.
const PATIENCE: Duration = Duration::from_secs(3);
/// What jobs have beyond that, for what the last requests gave them to do.
const AFTER_REQUESTS: Duration = Duration::from_millis(500);

/// Where answers are counted by how long they took.
const REQUEST_SECONDS: [f64; 12] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];
/// How often single measurements are added up. Until then each is kept, so a server that nobody watches needs it too.
const GATHER: Duration = Duration::from_secs(5);

pub async fn run(config: Config, serve: Serve) -> anyhow::Result<ExitCode> {
    log_to_stderr(&config)?;
    let (config, secrets) = match serve.fixtures {
        Some(_) => (fixtures::settings(config)?, fixtures::secrets()),
        None => (config, open::Secrets::default()),
    };
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let metrics = PrometheusBuilder::new()
        .set_buckets(&REQUEST_SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("metrics could not be set up")?;
    // The port first: a server that cannot listen should not have started Postgres.
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; is another server there? (setting: listen)",
            config.listen
        )
    })?;
    let filling = match &serve.fixtures {
        Some(file) => Some(fixtures::read(file, &config)?),
        None => None,
    };
    let opened = open::as_server(config, secrets).await?;
    let served = live(&opened.app, &serve, filling, listener, metrics).await;
    opened.close().await?;
    served?;
    tracing::info!("Tintype has stopped");
    Ok(ExitCode::SUCCESS)
}

/// Works and answers until the server is told to stop, and ends in order.
async fn live(
    app: &App,
    serve: &Serve,
    filling: Option<Filling>,
    listener: TcpListener,
    metrics: PrometheusHandle,
) -> anyhow::Result<()> {
    let demo = demo(app, serve).await?;
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    jobs::recover(app).await;
    tokio::spawn(gather(metrics.clone(), stop.clone()));
    let jobs = jobs::start(app, &stop);
    jobs.spawn(web::streaming::run(app.clone(), stop.clone()));
    let mut more = Router::new();
    if let Some(filling) = filling {
        if let Err(error) = fixtures::begin(app, filling).await {
            stop.cancel();
            finish(&jobs, PATIENCE).await;
            return Err(error);
        }
        more = fixtures::routes();
    }
    tracing::info!(
        listen = %app.config.listen,
        public_url = app.urls.base(),
        version = env!("CARGO_PKG_VERSION"),
        "Tintype is ready"
    );
    if let Some(posts) = demo {
        jobs.spawn(demo_seed::run(app.clone(), posts, stop.clone()));
    } else if serve.fixtures.is_none() {
        invite_the_owner(app).await?;
    }
    let ended = listen(
        listener,
        web::router_with(app.clone(), metrics, more),
        bounds(app),
        &stop,
    )
    .await?;
    // Jobs were told to end when requests were.
    finish(&jobs, PATIENCE.saturating_sub(ended) + AFTER_REQUESTS).await;
    Ok(())
}

/// Whoever comes first owns the server: who starts it should know how, and be quick.
async fn invite_the_owner(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    if db::users::any(&mut db).await? {
        return Ok(());
    }
    let command = "tintype account create --username NAME --email ADDRESS";
    match app.config.registration {
        Registration::Closed => tracing::warn!(
            command,
            "there is no account yet, and nobody can sign up; the first one owns this server: run that command"
        ),
        _ => tracing::warn!(
            sign_up = app.urls.at("/auth/sign_up"),
            command,
            "there is no account yet; the first one owns this server: sign up on that page, or run that command"
        ),
    }
    Ok(())
}

/// The posts of the demonstration, if it is wanted and still to be made.
async fn demo(app: &App, serve: &Serve) -> anyhow::Result<Option<u32>> {
    Ok(match serve.demo {
        Some(posts) if demo_seed::may_begin(app).await? => Some(posts),
        _ => None,
    })
}

/// File descriptors that are not for connections: the database's, other servers', files.
const OTHER_FILES: usize = 512;

/// As the settings say, and as far as the system lets us.
fn bounds(app: &App) -> Bounds {
    let wanted = Bounds::of(&app.config);
    let limit = getrlimit(Resource::Nofile);
    // What may be raised is: the usual 1,024 is for programs that cannot have more.
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    let files = match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        Err(_) => limit.current,
    };
    let files = files.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX));
    let most = files.saturating_sub(OTHER_FILES).max(64);
    if most < wanted.all {
        tracing::warn!(
            most,
            wanted = wanted.all,
            "the system allows fewer open files than connections are wanted"
        );
    }
    Bounds {
        all: wanted.all.min(most),
        ..wanted
    }
}

async fn gather(metrics: PrometheusHandle, stop: CancellationToken) {
    while tokio::time::timeout(GATHER, stop.cancelled()).await.is_err() {
        metrics.run_upkeep();
    }
}

/// Answers requests until the server is told to stop; how long their end took.
async fn listen(
    listener: TcpListener,
    router: Router,
    bounds: Bounds,
    stop: &CancellationToken,
) -> anyhow::Result<Duration> {
    let mut serving = tokio::spawn(listener::serve(listener, router, bounds, stop.clone()));
    let stopping = async {
        stop.cancelled().await;
        tokio::time::Instant::now()
    };
    let stopped_at = tokio::select! {
        at = stopping => at,
        ended = &mut serving => {
            ended?.context("the listener failed")?;
            return Ok(Duration::ZERO);
        }
    };
    match tokio::time::timeout(PATIENCE, &mut serving).await {
        Ok(ended) => ended?.context("the listener failed")?,
        Err(_) => tracing::warn!("some requests did not end in time"),
    }
    Ok(stopped_at.elapsed())
}

async fn finish(jobs: &TaskTracker, patience: Duration) {
    jobs.close();
    if tokio::time::timeout(patience, jobs.wait()).await.is_err() {
        tracing::warn!("some jobs did not end in time; they will run again");
    }
}

fn stop_on_signals(stop: &CancellationToken) -> anyhow::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let stop = stop.clone();
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        tracing::info!("stopping");
        stop.cancel();
    });
    Ok(())
}

/// Other servers write the HTML that a parser complains about: they are not to fill the log. What follows may say otherwise.
const QUIET: &str = "html5ever=error";

fn log_filter(wanted: &str) -> anyhow::Result<EnvFilter> {
    EnvFilter::try_new(format!("{QUIET},{wanted}")).context("log_filter is not in tracing's syntax")
}

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = log_filter(&config.log_filter)?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    match config.log {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    /// Whether a warning of a parser, one of ours and a detail of ours are logged.
    fn logged(wanted: &str) -> [bool; 3] {
        let subscriber = tracing_subscriber::fmt()
            .with_env_filter(log_filter(wanted).unwrap())
            .finish();
        tracing::subscriber::with_default(subscriber, || {
            [
                tracing::enabled!(target: "html5ever::tree_builder", Level::WARN),
                tracing::enabled!(target: "tintype::jobs", Level::WARN),
                tracing::enabled!(target: "tintype::jobs", Level::DEBUG),
            ]
        })
    }

    #[test]
    fn what_a_parser_says_of_strangers_html_is_not_logged_unless_it_is_asked_for() {
        assert_eq!(logged("info"), [false, true, false]);
        assert_eq!(logged("info,tintype=debug"), [false, true, true]);
        assert_eq!(logged("info,html5ever=warn"), [true, true, false]);
    }
}
