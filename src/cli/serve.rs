//! `tintype serve`: opens everything, listens, runs the jobs, and ends in order.

use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tracing_subscriber::EnvFilter;

use super::open;
use crate::config::{Config, LogFormat};
use crate::{jobs, web};

#[derive(Debug, Args)]
pub struct Serve {}

/// How long requests, and after them jobs, may take to end once the server is told to stop. Whoever started the server
/// waits ten seconds for all of it, Postgres included.
const PATIENCE: Duration = Duration::from_secs(3);

pub async fn run(config: Config, _serve: Serve) -> anyhow::Result<ExitCode> {
    log_to_stderr(&config)?;
    for warning in &config.warnings {
        tracing::warn!("{warning}");
    }
    let metrics = PrometheusBuilder::new()
        .install_recorder()
        .context("metrics could not be set up")?;
    // The port first: a server that cannot listen should not have started Postgres.
    let listener = TcpListener::bind(config.listen).await.with_context(|| {
        format!(
            "cannot listen on {}; is another server there? (setting: listen)",
            config.listen
        )
    })?;
    let opened = open::as_server(config).await?;
    let stop = CancellationToken::new();
    stop_on_signals(&stop)?;
    let jobs = jobs::start(&opened.app, &stop).await;
    let app = opened.app.clone();
    tracing::info!(
        listen = %app.config.listen,
        public_url = app.urls.base(),
        version = env!("CARGO_PKG_VERSION"),
        "Tintype is ready"
    );
    serve(listener, &app, metrics, &stop).await?;
    drop(app);
    finish(&jobs).await;
    opened.close().await?;
    tracing::info!("Tintype has stopped");
    Ok(ExitCode::SUCCESS)
}

async fn serve(
    listener: TcpListener,
    app: &crate::app::App,
    metrics: PrometheusHandle,
    stop: &CancellationToken,
) -> anyhow::Result<()> {
    let router = web::router(app.clone(), metrics);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    let serving = axum::serve(listener, service).with_graceful_shutdown(stop.clone().cancelled_owned());
    let overdue = async {
        stop.cancelled().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        ended = async { serving.await } => ended.context("the listener failed"),
        () = overdue => {
            tracing::warn!("some requests did not end in time");
            Ok(())
        }
    }
}

async fn finish(jobs: &TaskTracker) {
    jobs.close();
    if tokio::time::timeout(PATIENCE, jobs.wait()).await.is_err() {
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
