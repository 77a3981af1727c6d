//! What the store promises, on a bucket whose server checks every signature.

use chrono::TimeDelta;
use tintype::media::sniff::Kind;
use tintype::media::store::{ByteRange, S3Settings, StoreError};
use tintype::media::{FileName, MediaKey, OriginalKey, Store, VideoFile};

use crate::support::draft::small_photo;
use crate::support::folder::Folder;
use crate::support::s3::{Bucket, SECRET_KEY};
use crate::support::{Person, TestServer};

fn store(bucket: &Bucket, secret: &str) -> Store {
    let settings = S3Settings {
        endpoint: bucket.endpoint.clone(),
        bucket: "photos".into(),
        region: "us-east-1".into(),
        access_key: "key".into(),
        secret_key: secret.into(),
        path_style: true,
        prefix: "a/b".into(),
    };
    Store::s3(&settings).expect("nothing is sent yet")
}

fn name(name: &str) -> FileName {
    FileName::parse(name).expect("a name")
}

#[tokio::test]
async fn what_was_put_is_there_whole_in_part_and_never_changes() {
    let bucket = Bucket::start().await;
    let (store, key) = (store(&bucket, SECRET_KEY), MediaKey::random().unwrap());
    let file = name("640.webp");
    for _ in 0..2 {
        store.put(&key, file, "a picture".into()).await.unwrap();
    }
    let other = store.put(&key, file, "another".into()).await;
    assert!(matches!(other, Err(StoreError::Changed { .. })), "{other:?}");
    assert_eq!(bucket.names(), [store.public_path(&key, file)]);
    let stored = store.get(&key, file).await.unwrap().unwrap();
    assert_eq!((stored.size, stored.content_type), (9, "image/webp"));
    assert_eq!(stored.collect().await.unwrap(), "a picture");
    let part = store.get_range(&key, file, ByteRange::Last { count: 7 }).await;
    assert_eq!(part.unwrap().unwrap().collect().await.unwrap(), "picture");
    let outside = store.get_range(&key, file, ByteRange::From { first: 9 }).await;
    assert!(matches!(outside, Err(StoreError::OutOfRange { size: 9 })));
    assert!(store.exists(&key, file).await.unwrap());
    assert!(!store.exists(&key, name("640.jpg")).await.unwrap());
    assert!(store.get(&key, name("640.jpg")).await.unwrap().is_none());
}

/// A file that goes in parts is there as it was, by whatever service, and an upload of its kind too until it is taken away.
pub(super) async fn keeps_large_ones(store: &Store, key: &MediaKey) {
    let folder = Folder::new("large");
    let (there, back) = (folder.path().join("there"), folder.path().join("back"));
    let film: Vec<u8> = (0..20_000_000_u32).map(|place| (place % 251) as u8).collect();
    std::fs::write(&there, &film).unwrap();
    for _ in 0..2 {
        let size = store.put_file(key, VideoFile::Whole, &there).await.unwrap();
        assert_eq!(size, 20_000_000);
    }
    assert!(store.file_to_file(key, VideoFile::Whole, &back).await.unwrap());
    assert!(std::fs::read(&back).unwrap() == film);
    let original = OriginalKey::random().unwrap();
    store
        .put_original_file(&original, Kind::Jpeg, &there)
        .await
        .unwrap();
    assert_eq!(store.original_size(&original).await.unwrap(), Some(20_000_000));
    for _ in 0..2 {
        store.delete_original(&original).await.unwrap();
    }
    assert_eq!(store.original_size(&original).await.unwrap(), None);
}

#[tokio::test]
async fn a_large_file_goes_in_parts_and_comes_back_as_it_was() {
    let bucket = Bucket::start().await;
    let (store, key) = (store(&bucket, SECRET_KEY), MediaKey::random().unwrap());
    keeps_large_ones(&store, &key).await;
    store.delete_prefix(&key).await.unwrap();
    store.delete_prefix(&key).await.unwrap();
    assert!(bucket.names().is_empty());
}

async fn sent(ana: &Person) -> u16 {
    let sent = super::send(ana, "/api/v2/media", "image/jpeg", small_photo()).await;
    sent.status.as_u16()
}

#[tokio::test]
async fn a_wrong_secret_opens_nothing_and_an_upload_is_refused_whole() {
    let bucket = Bucket::start().await;
    let wrong = store(&bucket, "another secret");
    let failure = wrong.probe().await.expect_err("the signature is wrong");
    assert!(
        failure.to_string().starts_with("storage: writing failed"),
        "{failure}"
    );
    bucket.write("a/b/media/notes", b"of somebody");
    assert!(wrong.files(&MediaKey::random().unwrap()).await.is_err());

    let settings = bucket.settings("").map(|(name, value)| match name {
        "TINTYPE_S3_SECRET_KEY" => (name, "another secret"),
        _ => (name, value),
    });
    let server = TestServer::with(&settings).await;
    let ana = server.person("ana").await;
    assert_eq!(sent(&ana).await, 500);
    assert_eq!(bucket.names(), ["a/b/media/notes"]);
    let rows: i64 = sqlx::query_scalar("select count(*) from media")
        .fetch_one(server.db())
        .await
        .unwrap();
    assert_eq!(rows, 0);
}

#[tokio::test]
async fn the_public_address_of_a_bucket_leads_to_what_is_in_it() {
    let bucket = Bucket::start().await;
    for prefix in ["", "a/b"] {
        let mut settings = bucket.settings(prefix).to_vec();
        settings.push(("TINTYPE_MEDIA_URL", "https://photos.test/"));
        let server = TestServer::with(&settings).await;
        let ana = server.person("ana").await;
        let post = ana.post("here").with_photo().await;
        server.settle().await;
        let picture = &ana.sees(&post).await["media_attachments"][0];
        let variants = picture["variants"].as_array().expect("variants").iter();
        let urls = variants
            .map(|variant| &variant["url"])
            .chain([&picture["url"], &picture["preview_url"]]);
        for url in urls {
            let name = url
                .as_str()
                .expect("an address")
                .strip_prefix("https://photos.test/");
            let name = name.expect("their address");
            assert!(
                bucket.names().iter().any(|known| known == name),
                "{name}: {:?}",
                bucket.names()
            );
        }
    }
}

#[tokio::test]
async fn a_photo_goes_through_a_bucket_to_its_readers_and_out_of_it_with_its_post() {
    let bucket = Bucket::start().await;
    let server = TestServer::with(&bucket.settings("")).await;
    let ana = server.person("ana").await;
    let post = ana.post("here").with_photo().await;
    server.settle().await;
    let picture = &post["media_attachments"][0];
    for address in ["url", "preview_url"] {
        let shown = ana.get(&super::path_of(&picture[address])).await;
        assert_eq!(shown.status, 200, "{address}");
    }
    assert!(!bucket.names().is_empty());
    ana.deletes(&post).await;
    server.settle().await;
    // They stay as long as whoever deletes and writes anew may want them.
    server.wind(TimeDelta::hours(49));
    for _ in 0..2 {
        tintype::jobs::sweep_pictures::once(&server.app).await.unwrap();
    }
    assert!(bucket.names().is_empty(), "{:?}", bucket.names());
}

#[tokio::test]
async fn a_page_of_twenty_photos_in_a_bucket_takes_no_byte_of_them_through_the_server() {
    let bucket = Bucket::start().await;
    let mut settings = bucket.settings("").to_vec();
    settings.push(("TINTYPE_MEDIA_URL", "https://photos.test"));
    let server = TestServer::with(&settings).await;
    let ana = server.person("ana").await;
    for _ in 0..20 {
        ana.post("here").with_photo().await;
    }
    server.settle().await;
    let api = format!("/api/v1/accounts/{}/statuses?limit=20", ana.id);
    for page in ["/@ana", &api] {
        let text = server.client.get(page).await.text();
        let named: Vec<&str> = text
            .split(['"', ' ', ','])
            .filter(|word| word.contains("/media/"))
            .collect();
        assert!(named.len() >= 20, "{page}: {named:?}");
        for address in named {
            let name = address.strip_prefix("https://photos.test/");
            let name = name.unwrap_or_else(|| panic!("{page}: {address}"));
            assert!(bucket.names().iter().any(|known| known == name), "{page}: {name}");
        }
    }
}
