//! One Postgres for all tests, also when each runs in a process of its own; a template with all migrations; a database
//! cloned from it for each test. Postgres ends with the last process that uses it, however that ends.

use std::collections::hash_map::DefaultHasher;
use std::future::Future;
use std::hash::{Hash as _, Hasher as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc;

use sqlx::Connection as _;
use sqlx::postgres::{PgConnection, PgPool};
use tintype::postgres::{self, Place};
use tokio::runtime::Handle;
use url::Url;

use super::folder;

/// Tests that run side by side, with a pool each.
const CONNECTIONS: u32 = 120;

/// What outlives the runtimes of single tests.
pub struct Cluster {
    runtime: Handle,
    admin: PgPool,
    address: Url,
    template: String,
    /// Tells Postgres to end once this process has, if nobody else uses it: see [`watch_over`].
    _keeper: Child,
}

/// A test's own database.
#[derive(Debug)]
pub struct Database {
    name: String,
    pub url: String,
}

pub fn shared() -> &'static Cluster {
    static CLUSTER: OnceLock<Cluster> = OnceLock::new();
    CLUSTER.get_or_init(|| {
        let (told, ready) = mpsc::channel();
        // Its connections must not belong to the runtime of whichever test came first.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .expect("a runtime can be made");
            runtime.block_on(async {
                told.send(start().await).expect("the first test waits for it");
                std::future::pending::<()>().await;
            });
        });
        ready.recv().expect("Postgres for the tests could be started")
    })
}

async fn start() -> Cluster {
    let data_dir = folder::root().join("postgres");
    let place = Place {
        data_dir: data_dir.clone(),
        pg_bin: None,
        connections: CONNECTIONS,
    };
    let cluster = postgres::start_or_join(&place)
        .await
        .expect("Postgres for the tests starts");
    let address = Url::parse(&cluster.url()).expect("it is an address");
    let keeper = watch_over(&data_dir);
    // This process's use of it ends with the process.
    std::mem::forget(cluster);
    let admin = postgres::pool(address.as_str(), 4)
        .await
        .expect("it takes connections");
    // Nothing in it outlives the run. What a killed server wrote is still there: only a crash of the machine loses it.
    for setting in ["fsync = off", "full_page_writes = off", "autovacuum = off"] {
        let sql = format!("alter system set {setting}");
        execute(&admin, &sql).await;
    }
    execute(&admin, "select pg_reload_conf()").await;
    let template = prepare(&admin, &address).await;
    Cluster {
        runtime: Handle::current(),
        admin,
        address,
        template,
        _keeper: keeper,
    }
}

/// A shell that waits until this process is gone, which closes its input, and then ends Postgres, unless another
/// process still holds the lock that every user of the cluster shares. The turn comes first, as everywhere: whoever has it
/// waits for that lock.
fn watch_over(data_dir: &std::path::Path) -> Child {
    let script = r#"
        cat >/dev/null
        cd "$0" || exit
        exec flock pg.turn flock --nonblock pg.users sh -c '
            read -r pid <pg/postmaster.pid && kill -INT "$pid" && while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done'"#;
    Command::new("sh")
        .args(["-c", script])
        .arg(data_dir)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("there is a shell")
}

/// Makes the template of these migrations, once, and clears away what killed runs left.
async fn prepare(admin: &PgPool, address: &Url) -> String {
    let migrations = sqlx::migrate!();
    let mut hasher = DefaultHasher::new();
    for migration in migrations.iter() {
        migration.checksum.hash(&mut hasher);
    }
    let name = format!("template_{:016x}", hasher.finish());
    let mut lock = admin.acquire().await.expect("it takes connections");
    sqlx::query("select pg_advisory_lock(1)")
        .execute(&mut *lock)
        .await
        .expect("a lock");
    let known: Vec<String> =
        sqlx::query_scalar("select datname from pg_database where datname ~ '^(template_|t_)'")
            .fetch_all(admin)
            .await
            .expect("the list of databases");
    for old in known
        .iter()
        .filter(|old| **old != name && !of_living_process(old))
    {
        execute(admin, &format!("drop database if exists {old} with (force)")).await;
    }
    if !known.contains(&name) {
        let making = format!("{name}_m");
        execute(admin, &format!("create database {making}")).await;
        let mut db = PgConnection::connect(with_name(address, &making).as_str())
            .await
            .expect("the new template takes connections");
        migrations.run(&mut db).await.expect("the migrations run");
        db.close().await.ok();
        execute(admin, &format!("alter database {making} rename to {name}")).await;
    }
    sqlx::query("select pg_advisory_unlock(1)")
        .execute(&mut *lock)
        .await
        .expect("an unlock");
    name
}

/// `t_PID_N`
fn of_living_process(database: &str) -> bool {
    let pid = database.split('_').nth(1).filter(|_| database.starts_with("t_"));
    pid.is_some_and(|pid| PathBuf::from(format!("/proc/{pid}")).exists())
}

fn with_name(address: &Url, name: &str) -> Url {
    let mut url = address.clone();
    url.set_path(name);
    url
}

async fn execute(admin: &PgPool, sql: &str) {
    sqlx::query(sqlx::AssertSqlSafe(sql.to_owned()))
        .execute(admin)
        .await
        .unwrap_or_else(|error| panic!("{sql}: {error}"));
}

impl Cluster {
    /// Runs something apart from the test's own runtime.
    pub async fn run<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> T {
        self.runtime.spawn(work).await.expect("it does not panic")
    }

    /// The same while a test is being dropped, where nothing can be awaited.
    pub fn run_blocking<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> T {
        let (told, done) = mpsc::channel();
        self.runtime.spawn(async move { told.send(work.await).ok() });
        done.recv().expect("it does not panic")
    }
}

impl Database {
    pub async fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "t_{}_{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let cluster = shared();
        let sql = format!(
            "create database {name} template {} strategy file_copy",
            cluster.template
        );
        let admin = cluster.admin.clone();
        cluster.run(async move { execute(&admin, &sql).await }).await;
        Self {
            url: with_name(&cluster.address, &name).into(),
            name,
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let cluster = shared();
        let (admin, sql) = (
            cluster.admin.clone(),
            format!("drop database if exists {} with (force)", self.name),
        );
        cluster.run_blocking(async move {
            sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&admin).await.ok();
        });
    }
}
