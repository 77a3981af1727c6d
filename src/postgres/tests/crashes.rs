//! Kill -9 of Postgres, of its server, of both, at any time. Nothing that was written is lost.

use std::io::{BufRead as _, BufReader, Read as _};
use std::process::{Command, Stdio};

use super::*;

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
async fn a_start_that_was_killed_halfway_is_begun_anew() {
    let folder = Folder::new();
    let making = folder.place().data_dir.join("pg.making");
    std::fs::create_dir_all(&making).unwrap();
    std::fs::write(making.join("PG_VERSION"), "15\n").unwrap();
    let cluster = start(&folder.place()).await.unwrap();
    assert!(!making.exists());
    cluster.stop().await.unwrap();
}

/// Runs this very program as the server of a folder, in a process of its own that can be killed; returns when it serves.
pub fn owner(folder: &Folder, program: PathBuf, uid: Option<u32>) -> std::process::Child {
    let mut command = Command::new(program);
    command.args([
        "--exact",
        "postgres::tests::crashes::serves_the_folder_it_is_given",
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
