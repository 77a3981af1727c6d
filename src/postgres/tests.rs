//! The private cluster on real Postgres: starts, ends, kills, neighbours. Leaves nothing running behind.

use std::io::{BufRead as _, BufReader, Read as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

use rustix::process::{Pid, Signal, kill_process};
use sqlx::Row as _;
use sqlx::postgres::PgPool;

use super::layout::Layout;
use super::process::{Running, running};
use super::user::RunAs;
use super::*;

/// A data directory of one test; its Postgres, if one still runs, ends with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        Self::below(&std::env::temp_dir())
    }

    fn below(parent: &Path) -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "tintype-pg-{}-{}",
            std::process::id(),
            NEXT.fetch_add(1, Ordering::Relaxed)
        );
        let folder = parent.join(name);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::set_permissions(&folder, PermissionsExt::from_mode(0o755)).unwrap();
        Self(folder.canonicalize().unwrap())
    }

    fn place(&self) -> Place {
        Place {
            data_dir: self.0.join("data"),
            pg_bin: None,
            connections: 4,
        }
    }

    fn cluster(&self) -> PathBuf {
        self.0.join("data/pg")
    }

    fn running(&self) -> Option<Running> {
        running(&self.cluster())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if let Some(left) = self.running() {
            let _ = kill_process(Pid::from_raw(left.pid).unwrap(), Signal::QUIT);
        }
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

fn kill(pid: i32) {
    kill_process(Pid::from_raw(pid).unwrap(), Signal::KILL).unwrap();
}

async fn setting(pool: &PgPool, name: &str) -> String {
    sqlx::query("select current_setting($1)")
        .bind(name)
        .fetch_one(pool)
        .await
        .unwrap()
        .get(0)
}

async fn write_row(url: &str) {
    let pool = pool(url, 2).await.unwrap();
    sqlx::query("create table kept (word text)")
        .execute(&pool)
        .await
        .unwrap();
    sqlx::query("insert into kept values ('photo')")
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
}

async fn row(url: &str) -> String {
    let pool = pool(url, 2).await.unwrap();
    let word = sqlx::query("select word from kept")
        .fetch_one(&pool)
        .await
        .unwrap()
        .get(0);
    pool.close().await;
    word
}

#[tokio::test]
async fn a_first_start_makes_a_safe_cluster_and_a_later_one_keeps_its_rows() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let database = pool(&cluster.url(), 4).await.unwrap();
    for (name, value) in [
        ("fsync", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("max_connections", "60"),
        ("jit", "off"),
        ("server_encoding", "UTF8"),
        ("statement_timeout", "15s"),
        ("lock_timeout", "5s"),
        ("idle_in_transaction_session_timeout", "30s"),
        ("application_name", "tintype"),
    ] {
        assert_eq!(setting(&database, name).await, value, "{name}");
    }
    database.close().await;
    let about = folder.cluster().metadata().unwrap();
    assert_eq!(about.permissions().mode() & 0o777, 0o700);
    assert_ne!(about.uid(), 0, "Postgres never runs as root");
    write_row(&cluster.url()).await;
    cluster.stop().await.unwrap();
    assert_eq!(folder.running(), None);

    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_second_server_is_refused_and_told_who_is_first() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(serving(&folder.place().data_dir), Some(std::process::id()));
    let says = start(&folder.place()).await.expect_err("refused").to_string();
    assert!(
        says.contains(&format!("process {}", std::process::id())),
        "{says}"
    );
    assert!(folder.running().is_some(), "the first goes on");
    cluster.stop().await.unwrap();
    assert_eq!(serving(&folder.place().data_dir), None);
}

#[tokio::test]
async fn two_starters_at_once_give_one_server() {
    let folder = Folder::new();
    let place = folder.place();
    let (one, other) = tokio::join!(start(&place), start(&place));
    let (mut won, lost): (Vec<_>, Vec<_>) = [one, other].into_iter().partition(Result::is_ok);
    assert_eq!((won.len(), lost.len()), (1, 1));
    assert!(matches!(
        lost.into_iter().next(),
        Some(Err(ClusterError::InUse { .. }))
    ));
    won.remove(0).unwrap().stop().await.unwrap();
}

#[tokio::test]
async fn a_command_beside_a_server_shares_its_cluster_and_never_stops_it() {
    let folder = Folder::new();
    let server = start(&folder.place()).await.unwrap();
    write_row(&server.url()).await;
    let command = start_or_join(&folder.place()).await.unwrap();
    assert_eq!(row(&command.url()).await, "photo");
    command.stop().await.unwrap();
    assert_eq!(row(&server.url()).await, "photo");
    drop(start_or_join(&folder.place()).await.unwrap());
    assert_eq!(row(&server.url()).await, "photo");
    server.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn the_last_of_several_commands_stops_what_the_first_one_started() {
    let folder = Folder::new();
    let place = folder.place();
    let (first, second) = tokio::join!(start_or_join(&place), start_or_join(&place));
    let (first, second) = (first.unwrap(), second.unwrap());
    first.stop().await.unwrap();
    assert!(folder.running().is_some(), "the second still uses it");
    write_row(&second.url()).await;
    second.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn a_server_takes_over_what_a_command_started() {
    let folder = Folder::new();
    let command = start_or_join(&folder.place()).await.unwrap();
    let server = start(&folder.place()).await.unwrap();
    command.stop().await.unwrap();
    write_row(&server.url()).await;
    server.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn a_postgres_that_is_killed_is_started_again_and_the_pool_finds_it() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    write_row(&cluster.url()).await;
    let database = pool(&cluster.url(), 4).await.unwrap();
    let mut lives = cluster.lives();
    for life in 2..4 {
        kill(folder.running().unwrap().pid);
        lives.wait_for(|lives| *lives == life).await.unwrap();
        // A connection to the dead one may be met first; each is met once.
        let mut tries = 0;
        let word: String = loop {
            match sqlx::query("select word from kept").fetch_one(&database).await {
                Ok(row) => break row.get(0),
                Err(_) if tries < 4 => tries += 1,
                Err(error) => panic!("{error}"),
            }
        };
        assert_eq!(word, "photo");
    }
    database.close().await;
    cluster.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn an_adopted_postgres_that_is_killed_is_started_again_too() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    write_row(&cluster.url()).await;
    let left = folder.running().unwrap().pid;
    cluster.abandon().await;
    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(folder.running().unwrap().pid, left);
    let mut lives = cluster.lives();
    kill(left);
    lives.wait_for(|lives| *lives == 2).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn a_killed_servers_postgres_is_adopted() {
    let folder = Folder::new();
    let mut owner = owner(&folder, std::env::current_exe().unwrap(), None);
    let left = folder.running().unwrap();
    kill(i32::try_from(owner.id()).unwrap());
    owner.wait().unwrap();
    assert_eq!(folder.running().as_ref(), Some(&left), "nobody has stopped it");

    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(folder.running().unwrap().pid, left.pid);
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
    assert_eq!(folder.running(), None);
}

#[tokio::test]
async fn server_and_postgres_killed_together_lose_nothing() {
    let folder = Folder::new();
    let mut owner = owner(&folder, std::env::current_exe().unwrap(), None);
    kill(i32::try_from(owner.id()).unwrap());
    kill(folder.running().unwrap().pid);
    owner.wait().unwrap();
    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_stale_process_number_that_now_is_somebody_elses_is_no_obstacle() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    write_row(&cluster.url()).await;
    let file = folder.cluster().join("postmaster.pid");
    let text = std::fs::read_to_string(&file).unwrap();
    cluster.stop().await.unwrap();
    // Of the same user, for only such a one would stop Postgres.
    let user = RunAs::choose(&folder.cluster()).unwrap();
    let mut stranger = user.command(Path::new("/bin/sleep")).arg("600").spawn().unwrap();
    let (_, rest) = text.split_once('\n').unwrap();
    std::fs::write(&file, format!("{}\n{rest}", stranger.id().unwrap())).unwrap();
    user.give(&file).unwrap();

    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
    assert_eq!(stranger.try_wait().unwrap(), None, "the stranger was left alone");
    stranger.kill().await.unwrap();
}

#[tokio::test]
async fn a_path_too_long_for_a_socket_works() {
    let folder = Folder::below(&std::env::temp_dir().join("a-folder-with-a-rather, long name-".repeat(4)));
    let cluster = start(&folder.place()).await.unwrap();
    write_row(&cluster.url()).await;
    assert_eq!(row(&cluster.url()).await, "photo");
    let socket_folder = folder.running().unwrap().socket_folder;
    cluster.stop().await.unwrap();
    let _ = std::fs::remove_dir_all(&socket_folder);
    assert!(socket_folder.as_os_str().len() < 90);
}

#[tokio::test]
async fn a_path_with_commas_and_spaces_works() {
    let folder = Folder::below(&std::env::temp_dir().join("tin, type \"ö\" +%20"));
    let cluster = start(&folder.place()).await.unwrap();
    write_row(&cluster.url()).await;
    assert_eq!(row(&cluster.url()).await, "photo");
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn an_ordinary_user_needs_nobody_elses_help() {
    if !is_root() {
        // Then all the tests here are this test.
        return;
    }
    let folder = Folder::new();
    let nobody = uzers::get_user_by_name("nobody").unwrap().uid();
    std::os::unix::fs::chown(&folder.0, Some(nobody), None).unwrap();
    let program = folder.0.join("program");
    std::fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
    let mut owner = owner(&folder, program, Some(nobody));
    assert_eq!(folder.cluster().metadata().unwrap().uid(), nobody);
    assert_eq!(
        Path::new("/proc")
            .join(folder.running().unwrap().pid.to_string())
            .metadata()
            .unwrap()
            .uid(),
        nobody
    );
    drop(owner.stdin.take());
    assert!(owner.wait().unwrap().success());
    assert_eq!(folder.running(), None);

    // Root takes the cluster over as the one it belongs to.
    let cluster = start(&folder.place()).await.unwrap();
    assert_eq!(row(&cluster.url()).await, "photo");
    assert_eq!(
        Path::new("/proc")
            .join(folder.running().unwrap().pid.to_string())
            .metadata()
            .unwrap()
            .uid(),
        nobody
    );
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_command_run_as_root_leaves_nothing_that_locks_the_folders_owner_out() {
    if !is_root() {
        return;
    }
    let folder = Folder::new();
    let data = folder.place().data_dir;
    let nobody = uzers::get_user_by_name("nobody").unwrap().uid();
    std::fs::create_dir(&data).unwrap();
    std::os::unix::fs::chown(&data, Some(nobody), None).unwrap();
    start_or_join(&folder.place())
        .await
        .unwrap()
        .stop()
        .await
        .unwrap();
    for entry in std::fs::read_dir(&data).unwrap().map(Result::unwrap) {
        assert_eq!(entry.metadata().unwrap().uid(), nobody, "{:?}", entry.path());
    }
}

#[tokio::test]
async fn a_folder_out_of_reach_is_an_error_and_nothing_is_half_made() {
    if !is_root() {
        // An ordinary user's Postgres reaches what the user reaches.
        return;
    }
    let folder = Folder::new();
    std::fs::set_permissions(&folder.0, PermissionsExt::from_mode(0o700)).unwrap();
    let says = start(&folder.place()).await.expect_err("refused").to_string();
    assert!(
        says.contains("cannot reach") && says.contains("TINTYPE_DATA_DIR"),
        "{says}"
    );
    let data = folder.place().data_dir;
    assert!(!data.join("pg").exists() && !data.join("pg.making").exists());
}

#[tokio::test]
async fn a_start_that_was_killed_halfway_is_begun_anew() {
    let folder = Folder::new();
    let making = folder.place().data_dir.join("pg.making");
    std::fs::create_dir_all(&making).unwrap();
    std::fs::write(making.join("PG_VERSION"), "15\n").unwrap();
    let cluster = start(&folder.place()).await.unwrap();
    assert!(!making.exists());
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_cluster_of_another_version_is_refused_with_the_way_out() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.cluster()).unwrap();
    std::fs::write(folder.cluster().join("PG_VERSION"), "9\n").unwrap();
    let says = start(&folder.place()).await.expect_err("refused").to_string();
    assert!(
        says.contains("made by Postgres 9") && says.contains("pg_upgrade"),
        "{says}"
    );
    std::fs::remove_file(folder.cluster().join("PG_VERSION")).unwrap();
    let says = start(&folder.place()).await.expect_err("refused").to_string();
    assert!(says.contains("is not a Postgres cluster"), "{says}");
}

#[tokio::test]
async fn a_folder_without_programs_is_named() {
    let folder = Folder::new();
    let place = Place {
        pg_bin: Some(folder.0.clone()),
        ..folder.place()
    };
    let says = start(&place).await.expect_err("refused").to_string();
    assert!(
        says.contains("TINTYPE_PG_BIN") && says.contains(&folder.0.display().to_string()),
        "{says}"
    );
}

#[tokio::test]
async fn health_tells_version_time_and_migrations() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let before = health(&cluster.url()).await.unwrap();
    assert!(before.migrations.is_empty());
    assert!(
        before.version.starts_with(|c: char| c.is_ascii_digit()),
        "{before:?}"
    );
    let database = pool(&cluster.url(), 2).await.unwrap();
    for statement in [
        "create table _sqlx_migrations (version bigint, success bool)",
        "insert into _sqlx_migrations values (1, true), (2, false)",
    ] {
        sqlx::query(statement).execute(&database).await.unwrap();
    }
    database.close().await;
    let after = health(&cluster.url()).await.unwrap();
    assert_eq!(after.migrations, [1].into());
    assert!(after.now > before.now);
    cluster.stop().await.unwrap();
}

#[tokio::test]
async fn a_cluster_that_is_dropped_is_told_to_stop() {
    let folder = Folder::new();
    let cluster = start(&folder.place()).await.unwrap();
    let mut process = process::Process::Found(folder.running().unwrap().pid, folder.cluster());
    drop(cluster);
    process.ended().await;
    assert_eq!(folder.running(), None);
}

#[test]
fn a_data_directory_of_root_can_be_passed_through_but_not_looked_into() {
    let folder = Folder::new();
    let layout = Layout::prepare(&folder.place().data_dir).unwrap();
    let mode = layout.data_dir.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, if is_root() { 0o711 } else { 0o700 });
}

/// Runs this very program as the server of a folder, in a process of its own that can be killed; returns when it serves.
fn owner(folder: &Folder, program: PathBuf, uid: Option<u32>) -> std::process::Child {
    let mut command = Command::new(program);
    command.args([
        "--exact",
        "postgres::tests::serves_the_folder_it_is_given",
        "--nocapture",
    ]);
    command.arg(folder.place().data_dir).current_dir("/");
    if let Some(uid) = uid {
        std::os::unix::process::CommandExt::uid(&mut command, uid);
    }
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    assert!(
        output
            .by_ref()
            .lines()
            .map(Result::unwrap)
            .any(|line| line.contains("serves")),
        "it ended before it served"
    );
    // Kept open, or the program's last words fail.
    child.stdout = Some(output.into_inner());
    child
}

/// The other half of [`owner`]: with a folder as argument it serves until its input ends. Without one there is nothing
/// to serve, and what it shows is that a server is not started by accident.
#[tokio::test]
async fn serves_the_folder_it_is_given() {
    let Some(data_dir) = std::env::args()
        .skip(1)
        .map(PathBuf::from)
        .find(|path| path.is_absolute())
    else {
        return;
    };
    let cluster = start(&Place {
        data_dir,
        pg_bin: None,
        connections: 4,
    })
    .await
    .unwrap();
    write_row(&cluster.url()).await;
    println!("serves");
    std::io::stdin().lines().for_each(drop);
    cluster.stop().await.unwrap();
}
