//! A whole server in the test's own process: its database, its folder, its port, a clock that can be wound. Its work is
//! done when the test says so, and a test that leaves some behind fails.

use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::Router;
use chrono::TimeDelta;
use metrics_exporter_prometheus::PrometheusBuilder;
use sqlx::postgres::PgPool;
use tintype::actions::register::{self, NewPerson};
use tintype::actions::register_app::{self, NewApp};
use tintype::actions::{instance_actor, token};
use tintype::app::App;
use tintype::bus::Queue;
use tintype::cli::open::{self, Secrets};
use tintype::config::Config;
use tintype::db;
use tintype::db::apps::ClientApp;
use tintype::domain::clock::Clock;
use tintype::domain::redirect::OUT_OF_BAND;
use tintype::domain::role::Role;
use tintype::jobs;
use tintype::passwords::{Cost, Passwords};
use tintype::web::listener::{self, Bounds};
use tintype::{postgres, web};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::cluster::{self, Database};
use super::folder::Folder;
use super::http::Client;
use super::keys;
use super::mail::{self, Mail};
use super::person::Person;
use super::queues;
pub use super::settings::{NAMES, Settings};
use super::waiting::eventually;

/// The scopes of a client that does everything.
pub const SCOPES: &str = "read write follow push";
pub const PASSWORD: &str = "correct horse battery";

pub struct TestServer {
    pub app: App,
    /// Of nobody in particular.
    pub client: Client,
    client_app: ClientApp,
    stop: CancellationToken,
    jobs: Option<TaskTracker>,
    leaves_work: AtomicBool,
    database: Database,
    _folder: Folder,
}

impl TestServer {
    /// One server, its work done by [`TestServer::settle`].
    pub async fn start() -> Self {
        Self::start_with(Settings::default()).await
    }

    /// With other settings, each as the environment would have it: `("TINTYPE_FEED_LENGTH", "100")`.
    pub async fn with(more: &[(&str, &str)]) -> Self {
        Self::start_with(Settings {
            more,
            ..Settings::default()
        })
        .await
    }

    /// One of several that know each other by name (one of [`NAMES`]), its jobs running.
    pub async fn named(name: &str) -> Self {
        Self::start_with(Settings {
            name,
            running: true,
            ..Settings::default()
        })
        .await
    }

    pub async fn start_with(settings: Settings<'_>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
            .await
            .expect("a free port");
        let address = listener.local_addr().expect("it has an address");
        let folder = Folder::new("server");
        let database = Database::new().await;
        let config = settings.config(address, &folder, &database);
        let app = app(config, Clock::windable()).await;
        let stop = CancellationToken::new();
        serve(listener, &app, settings.routes, &stop);
        let jobs = match settings.running {
            true => Some(jobs::start(&app, &stop)),
            false => None,
        };
        let client_app = client_app(&app).await;
        Self {
            client: Client::new(&format!("http://{address}")),
            client_app,
            app,
            stop,
            jobs,
            leaves_work: AtomicBool::new(false),
            database,
            _folder: folder,
        }
    }

    pub fn db(&self) -> &PgPool {
        &self.app.db
    }

    /// Name and port, as in handles.
    pub fn authority(&self) -> &str {
        self.app.urls.authority()
    }

    /// Somebody who lives here, with a token for everything. The first is the owner.
    pub async fn person(&self, name: &str) -> Person {
        let new = NewPerson {
            username: name.to_owned(),
            email: format!("{name}@mail.example"),
            password: PASSWORD.to_owned(),
            ..NewPerson::default()
        };
        let registered = register::by_operator(&self.app, new, Role::Member)
            .await
            .expect("the name is free");
        let issued = token::for_new_person(&self.app, &self.client_app, registered.account)
            .await
            .expect("a token");
        Person {
            id: registered.account.to_string(),
            name: name.to_owned(),
            client: self.client.with_token(&issued.secret),
            by_hand: self.jobs.is_none().then(|| self.app.clone()),
        }
    }

    /// A token of this person for less than everything.
    pub async fn token_for(&self, person: &Person, scopes: &str) -> Client {
        let narrow = ClientApp {
            scopes: scopes.to_owned(),
            ..self.client_app.clone()
        };
        let issued = token::for_new_person(&self.app, &narrow, person.account())
            .await
            .expect("a token");
        self.client.with_token(&issued.secret)
    }

    /// Looks for changes anew at the next request, as it does by itself some milliseconds after the last: for what a test changed past
    /// the server, as another process would.
    pub fn looks_anew(&self) {
        self.app.caches.check.expire();
    }

    /// Does all work that there is, and what that causes, until nothing is left that could be done now.
    pub async fn settle(&self) {
        if self.jobs.is_some() {
            return quiet(&self.app).await;
        }
        // What was under way when all else was done may have caused more.
        loop {
            let stop = CancellationToken::new();
            let jobs = jobs::start(&self.app, &stop);
            quiet(&self.app).await;
            stop.cancel();
            jobs.close();
            jobs.wait().await;
            if queues::due(self.db(), self.app.clock.now()).await.is_empty() {
                return;
            }
        }
    }

    /// Sends what is to be sent, and gives all mails in the folder of one who sets `TINTYPE_MAIL` to it.
    pub async fn mails(&self) -> Vec<Mail> {
        self.settle().await;
        mail::in_folder(&self.app.config.data_dir.join("mails"))
    }

    /// The newest of them.
    pub async fn last_mail(&self) -> Mail {
        self.mails().await.pop().expect("a mail")
    }

    /// The feeds' part of the work alone.
    pub async fn fan_out(&self) {
        while jobs::dispatch::batch(&self.app)
            .await
            .expect("the outbox can be worked on")
            > 0
        {}
    }

    pub fn wind(&self, by: TimeDelta) {
        self.app.clock.wind(by);
    }

    /// Drops what the process remembers of accounts, which is up to ten seconds old.
    pub fn forget(&self) {
        self.app.caches.people.invalidate_all();
        self.app.caches.accounts.invalidate_all();
    }

    /// For a test that is about work that cannot be done.
    pub fn may_leave_work(&self) {
        self.leaves_work.store(true, Ordering::Relaxed);
    }
}

/// Makes pictures ready by hand, and does nothing else.
pub async fn do_pictures(app: &App) {
    let stop = CancellationToken::new();
    let working = tokio::spawn(jobs::pictures::run(app.clone(), stop.clone()));
    eventually("no picture waits", async || {
        let due = queues::due(&app.db, app.clock.now()).await;
        (!due.contains("pictures")).then_some(())
    })
    .await;
    stop.cancel();
    working.await.expect("the workers end in order");
}

async fn quiet(app: &App) {
    for queue in [
        Queue::Outbox,
        Queue::Received,
        Queue::Letters,
        Queue::Media,
        Queue::Featured,
        Queue::Pushes,
        Queue::Mails,
        Queue::Imports,
        Queue::Due,
        Queue::Followers,
    ] {
        app.bus.wake(queue);
    }
    let mut last = String::new();
    eventually("all queues are empty", async || {
        let due = queues::due(&app.db, app.clock.now()).await;
        if due != last && !due.is_empty() {
            app.bus.wake(Queue::Outbox);
        }
        last.clone_from(&due);
        due.is_empty().then_some(())
    })
    .await;
}

pub(super) async fn app(config: Config, clock: Clock) -> App {
    let url = config
        .database_url
        .as_ref()
        .expect("a test has a database")
        .expose()
        .clone();
    let pool = postgres::pool(&url, config.database_connections)
        .await
        .expect("the test's database takes connections");
    let secrets = Secrets {
        passwords: Passwords::new(Cost::Cheap),
        signing_keys: keys::shared(),
    };
    let app = open::app(config, pool, clock, secrets).expect("a server can be put together");
    instance_actor::ensure_instance_actor(&app)
        .await
        .expect("the server has an actor");
    app
}

fn serve(listener: TcpListener, app: &App, routes: Router<App>, stop: &CancellationToken) {
    // Not the process's recorder: that would be all tests' together.
    let metrics = PrometheusBuilder::new().build_recorder().handle();
    let router = web::router_with(app.clone(), metrics, routes);
    let bounds = Bounds::of(&app.config);
    tokio::spawn(listener::serve(listener, router, bounds, stop.clone()));
    tokio::spawn(web::streaming::run(app.clone(), stop.clone()));
}

async fn client_app(app: &App) -> ClientApp {
    let new = NewApp {
        name: "Tests".into(),
        website: None,
        redirect_uris: vec![OUT_OF_BAND.to_owned()],
        scopes: SCOPES.to_owned(),
    };
    let registered = register_app::local(app, new)
        .await
        .expect("an app can be registered");
    let mut db = app.db.acquire().await.expect("a connection");
    db::apps::by_id(&mut db, registered.app.id)
        .await
        .expect("it can be read")
        .expect("it is there")
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.stop.cancel();
        if std::thread::panicking() || self.leaves_work.load(Ordering::Relaxed) {
            return;
        }
        let url = self.database.url.clone();
        let left = cluster::shared().run_blocking(async move {
            let pool = PgPool::connect(&url).await.expect("the test's database is there");
            let left = queues::left(&pool).await;
            pool.close().await;
            left
        });
        assert!(left.is_empty(), "the test leaves work behind: {left}");
    }
}
