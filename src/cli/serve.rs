//! `tintype serve`: opens everything, listens, runs the jobs, and ends in order.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing_subscriber::EnvFilter;

use super::{demo_seed, open};
use crate::app::App;
use crate::config::{Config, LogFormat};
use crate::db;
use crate::{jobs, web};

#[derive(Debug, Args)]
pub struct Serve {
    /// Fill an empty server with made-up people and generated photos, to see how it is to live there
    #[arg(long)]
    demo: bool,
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
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let metrics = PrometheusBuilder::new()
        .set_buckets(&REQUEST_SECONDS)
        .and_then(PrometheusBuilder::install_recorder)
        .context("metrics could not be set up")?;
    raise_file_limit();
    // The port first: a server that cannot listen should not have started Postgres.
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; is another server there? (setting: listen)",
            config.listen
        )
    })?;
    let opened = open::as_server(config).await?;
    let demo = match demo(&opened.app, &serve).await {
        Ok(demo) => demo,
        Err(error) => {
            opened.close().await?;
            return Err(error);
        }
    };
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    jobs::recover(&opened.app).await;
    tokio::spawn(gather(metrics.clone(), stop.clone()));
    let jobs = jobs::start(&opened.app, &stop);
    let app = opened.app.clone();
    jobs.spawn(web::streaming::run(app.clone(), stop.clone()));
    tracing::info!(
        listen = %app.config.listen,
        public_url = app.urls.base(),
        version = env!("CARGO_PKG_VERSION"),
        "Tintype is ready"
    );
    if !demo {
        invite_the_owner(&app).await?;
    }
    if demo {
        jobs.spawn(demo_seed::run(app.clone(), stop.clone()));
    }
    let ended = listen(listener, &app, metrics, &stop).await?;
    drop(app);
    // Jobs were told to end when requests were.
    finish(&jobs, PATIENCE.saturating_sub(ended) + AFTER_REQUESTS).await;
    opened.close().await?;
    tracing::info!("Tintype has stopped");
    Ok(ExitCode::SUCCESS)
}

/// Every connection is a file, and the usual limit of a shell is a thousand.
fn raise_file_limit() {
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit {
        current: limit.maximum,
        ..limit
    };
    if let Err(error) = setrlimit(Resource::Nofile, raised) {
        tracing::warn!(%error, "the limit of open files stays as it is, and with it the number of connections");
    }
}

/// Whoever comes first owns the server: who starts it should know how, and be quick.
async fn invite_the_owner(app: &App) -> anyhow::Result<()> {
    let mut db = app.db.acquire().await?;
    if !db::users::any(&mut db).await? {
        tracing::warn!(
            sign_up = app.urls.at("/auth/sign_up"),
            command = "tintype account create --username NAME --email ADDRESS",
            "there is no account yet; the first one owns this server: sign up on that page, or run that command"
        );
    }
    Ok(())
}

/// Whether the demonstration is wanted and still to be made.
async fn demo(app: &crate::app::App, serve: &Serve) -> anyhow::Result<bool> {
    Ok(serve.demo && demo_seed::may_begin(app).await?)
}

async fn gather(metrics: PrometheusHandle, stop: CancellationToken) {
    while tokio::time::timeout(GATHER, stop.cancelled()).await.is_err() {
        metrics.run_upkeep();
    }
}

/// Answers requests until the server is told to stop; how long their end took.
async fn listen(
    listener: TcpListener,
    app: &crate::app::App,
    metrics: PrometheusHandle,
    stop: &CancellationToken,
) -> anyhow::Result<Duration> {
    let router = web::router(app.clone(), metrics);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let mut serving = tokio::spawn(async move { serving.await });
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

fn log_to_stderr(config: &Config) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log_filter).context("log_filter is not in tracing's syntax")?;
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    match config.log {
        LogFormat::Json => builder.json().init(),
        LogFormat::Text => builder.init(),
    }
    Ok(())
}
