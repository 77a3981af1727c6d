//! Several commands and servers on one folder. Never two clusters on it.

use super::*;

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
