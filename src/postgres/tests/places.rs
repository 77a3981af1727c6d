//! Folders, users and programs, good and bad. A bad one is a sentence, and nothing half made.

use super::crashes::owner;
use super::*;
use crate::postgres::layout::Layout;

#[tokio::test]
async fn a_path_too_long_for_a_socket_works() {
    let outer = Folder::new();
    let folder = Folder::below(&outer.0.join("a-folder-with-a-rather, long name-".repeat(4)));
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
    let outer = Folder::new();
    let folder = Folder::below(&outer.0.join("tin, type \"ö\" +%20"));
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

#[test]
fn a_data_directory_of_root_can_be_passed_through_but_not_looked_into() {
    let folder = Folder::new();
    let layout = Layout::prepare(&folder.place().data_dir).unwrap();
    let mode = layout.data_dir.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode, if is_root() { 0o711 } else { 0o700 });
}
