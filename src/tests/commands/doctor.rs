//! `tintype doctor`, on a server that is well and on one that is not.

use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt as _;

use crate::support::Binary;
use crate::support::binary::{run, said};
use crate::support::s3::{Bucket, SECRET_KEY};

#[tokio::test]
async fn a_server_that_is_well_is_told_so_whichever_database_it_has() {
    for own in [true, false] {
        let mut binary = match own {
            true => Binary::with_own_postgres(&[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "")]).await,
            false => Binary::start("127.0.0.1", &[]).await,
        };
        let looked = binary.runs(&["doctor"], &[]).await;
        let told = said(&looked);
        assert!(looked.status.success() && !told.contains("BAD"), "{told}");
        for name in [
            "data directory",
            "key file",
            "port",
            "database",
            "migrations",
            "storage",
            "WebFinger",
        ] {
            assert!(told.contains(&format!("ok    {name}: ")), "{name}: {told}");
        }
        // A private cluster has this machine's own clock; another server's may be compared.
        let clock = match own {
            true => "-     clock: Not checked",
            false => "ok    clock: ",
        };
        assert!(told.contains(clock), "{told}");
        assert_eq!(
            binary.client.get("/ready").await.status,
            200,
            "it is left running"
        );
        assert!(binary.stop().await.success());
    }
}

#[tokio::test]
async fn a_doctor_without_the_servers_settings_asks_under_the_address_that_the_database_remembers() {
    let mut binary = Binary::with_own_postgres(&[("TINTYPE_ALLOW_PRIVATE_ADDRESSES", "")]).await;
    let folder = binary.data_dir().display().to_string();
    let looked = run(&["doctor"], &[("TINTYPE_DATA_DIR", &folder)]).await;
    let told = said(&looked);
    let address = format!("http://{}/", binary.authority);
    assert!(looked.status.success() && !told.contains("BAD"), "{told}");
    assert!(told.contains(&format!("ok    WebFinger: {address}")), "{told}");
    assert!(
        told.contains("warn  public_url: It is not set here") && told.contains(&address),
        "{told}"
    );
    let other = [("TINTYPE_PUBLIC_URL", "https://photos.test")];
    let looked = binary.runs(&["doctor"], &other).await;
    let told = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{told}");
    assert!(
        told.contains("BAD   public_url: It is https://photos.test/") && told.contains(&address),
        "{told}"
    );
    assert!(binary.stop().await.success());
}

#[tokio::test]
async fn what_is_broken_is_named_with_what_to_do_about_it() {
    let mut binary = Binary::start("127.0.0.1", &[]).await;
    binary.stop().await;
    let key = binary.data_dir().join("secret.key");
    std::fs::set_permissions(&key, std::fs::Permissions::from_mode(0o644)).expect("it is ours");
    let other = TcpListener::bind(&binary.authority).expect("the port is free again");
    let looked = binary
        .runs(
            &["doctor"],
            &[("TINTYPE_DATABASE_URL", "postgres://ana:hunter2@127.0.0.1:1/x")],
        )
        .await;
    drop(other);
    let told = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{told}");
    assert!(
        told.contains("BAD   key file: ") && told.contains(&format!("chmod 600 {}", key.display())),
        "{told}"
    );
    assert!(
        told.contains("BAD   port: ") && told.contains("choose another port"),
        "{told}"
    );
    assert!(
        told.contains("BAD   database: ") && told.contains("database_url"),
        "{told}"
    );
    assert!(!told.contains("hunter2"), "{told}");
}

/// What the doctor says of one thing, with what to do about it.
fn of(told: &str, name: &str) -> Option<String> {
    let mark = format!("  {name}: ");
    let mut lines = told
        .lines()
        .skip_while(|line| line.get(4..).is_none_or(|rest| !rest.starts_with(&mark)));
    let first = lines.next()?;
    Some(format!("{first}\n{}", lines.next().unwrap_or_default()))
}

#[tokio::test]
async fn a_bucket_that_lets_no_pages_put_uploads_there_is_named() {
    const NAME: &str = "uploads into the bucket";
    let bucket = Bucket::start().await;
    let mut settings = bucket.settings("").to_vec();
    settings.push(("TINTYPE_S3_DIRECT_UPLOADS", "on"));
    let mut binary = Binary::start("127.0.0.1", &settings).await;
    let looked = binary.runs(&["doctor"], &[]).await;
    let told = said(&looked);
    let origin = format!("http://{}", binary.authority);
    let warned = of(&told, NAME).expect("it is said");
    assert!(
        looked.status.success() && warned.starts_with("warn  ") && warned.contains(&origin),
        "{told}"
    );
    assert!(warned.contains("docs/media.md"), "{told}");
    bucket.lets_pages_in();
    let told = said(&binary.runs(&["doctor"], &[]).await);
    assert!(
        of(&told, NAME).is_some_and(|it| it.starts_with("ok    ") && it.contains(&origin)),
        "{told}"
    );
    // Where apps put nothing there nobody asks, and where there is no bucket it is said.
    let told = said(
        &binary
            .runs(&["doctor"], &[("TINTYPE_S3_DIRECT_UPLOADS", "off")])
            .await,
    );
    assert_eq!(of(&told, NAME), None, "{told}");
    assert!(binary.stop().await.success());
    let plain = Binary::start("127.0.0.1", &[("TINTYPE_S3_DIRECT_UPLOADS", "on")]).await;
    let told = said(&plain.runs(&["doctor"], &[]).await);
    assert!(
        of(&told, NAME).is_some_and(|it| it.contains("in no bucket")),
        "{told}"
    );
}

#[tokio::test]
async fn a_store_of_copies_is_tried_out_as_well_and_named() {
    let bucket = Bucket::start().await;
    let mut binary = Binary::start("127.0.0.1", &bucket.settings_of_copies("copies")).await;
    let told = said(&binary.runs(&["doctor"], &[]).await);
    let copies = of(&told, "storage of copies").expect("it is said");
    assert!(
        copies.starts_with("ok    ") && copies.contains("/photos/copies"),
        "{told}"
    );
    assert!(bucket.names().is_empty(), "it leaves nothing behind");
    let wrong = [("TINTYPE_REMOTE_S3_SECRET_KEY", "no such secret")];
    let looked = binary.runs(&["doctor"], &wrong).await;
    let told = said(&looked);
    assert_eq!(looked.status.code(), Some(1), "{told}");
    let copies = of(&told, "storage of copies").expect("it is said");
    assert!(
        copies.starts_with("BAD   ") && copies.contains("remote_s3_ settings"),
        "{told}"
    );
    assert!(
        of(&told, "storage").is_some_and(|own| own.starts_with("ok    ")),
        "{told}"
    );
    assert!(
        !told.contains("no such secret") && !told.contains(SECRET_KEY),
        "{told}"
    );
    assert!(binary.stop().await.success());
    // In a folder of its own, and then with all else.
    let folder = binary.data_dir().with_file_name("copies").display().to_string();
    let plain = Binary::start("127.0.0.1", &[("TINTYPE_REMOTE_MEDIA_FOLDER", &folder)]).await;
    let told = said(&plain.runs(&["doctor"], &[]).await);
    assert!(
        of(&told, "storage of copies").is_some_and(|it| it.starts_with("ok    ") && it.contains(&folder)),
        "{told}"
    );
    let plain = Binary::start("127.0.0.1", &[]).await;
    let told = said(&plain.runs(&["doctor"], &[]).await);
    assert_eq!(of(&told, "storage of copies"), None, "{told}");
}
