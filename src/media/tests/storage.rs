//! The store's promises, on a local folder.

use std::path::{Path, PathBuf};

use bytes::Bytes;

use crate::media::sniff::Kind;
use crate::media::store::{ByteRange, StoreError};
use crate::media::{FileName, MediaKey, OriginalKey, Store, VideoFile};

/// A folder of one test, gone with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let name = format!("tintype-{}", MediaKey::random().unwrap());
        Self(std::env::temp_dir().join(name))
    }

    fn store(&self) -> Store {
        Store::local(&self.0.join("made/on/the/way")).unwrap()
    }

    /// Every file below, by its path.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        walk(&self.0.join("made/on/the/way"), "", &mut found);
        found.sort();
        found
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn walk(folder: &Path, prefix: &str, found: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        match entry.file_type().unwrap().is_dir() {
            true => walk(&entry.path(), &format!("{name}/"), found),
            false => found.push(name),
        }
    }
}

fn file(name: &str) -> FileName {
    FileName::parse(name).unwrap()
}

const KEY: [u8; 16] = [0xAB; 16];

#[tokio::test]
async fn what_was_put_is_there_whole_and_typed() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    store
        .put(&key, file("640.webp"), Bytes::from_static(b"picture"))
        .await
        .unwrap();
    let stored = store.get(&key, file("640.webp")).await.unwrap().unwrap();
    assert_eq!(
        (stored.size, stored.content_type, stored.range.clone()),
        (7, "image/webp", 0..7)
    );
    assert_eq!(stored.collect().await.unwrap(), "picture");
    assert!(store.exists(&key, file("640.webp")).await.unwrap());
    assert!(!store.exists(&key, file("640.jpg")).await.unwrap());
    assert!(store.get(&key, file("640.jpg")).await.unwrap().is_none());
    // Only the finished file, two folders deep.
    let text = key.to_string();
    let path = format!("media/{}/{}/{text}/640.webp", &text[..2], &text[2..4]);
    assert_eq!(folder.files(), [path.as_str()]);
    assert_eq!(store.public_path(&key, file("640.webp")), path);
}

#[tokio::test]
async fn an_object_never_changes_under_its_key() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    let put = |bytes: &'static [u8]| store.put(&key, file("320.jpg"), Bytes::from_static(bytes));
    put(b"first").await.unwrap();
    put(b"first").await.unwrap();
    assert!(matches!(put(b"other").await, Err(StoreError::Changed { .. })));
    assert!(matches!(
        put(b"first and more").await,
        Err(StoreError::Changed { .. })
    ));
    let stored = store.get(&key, file("320.jpg")).await.unwrap().unwrap();
    assert_eq!(stored.collect().await.unwrap(), "first");
    assert_eq!(folder.files().len(), 1);
}

#[tokio::test]
async fn writers_of_the_same_at_once_all_succeed() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    let picture = Bytes::from(vec![7; 300_000]);
    let writers = (0..8).map(|_| store.put(&key, file("1080.jpg"), picture.clone()));
    let answers = futures::future::join_all(writers).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(folder.files().len(), 1);
}

#[tokio::test]
async fn parts_of_a_file_are_as_http_asks_for_them() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    let name = file("1080.webp");
    store
        .put(&key, name, Bytes::from_static(b"0123456789"))
        .await
        .unwrap();
    let cases = [
        (ByteRange::Between { first: 2, last: 4 }, 2..5, "234"),
        (
            ByteRange::Between {
                first: 8,
                last: u64::MAX,
            },
            8..10,
            "89",
        ),
        (ByteRange::From { first: 7 }, 7..10, "789"),
        (ByteRange::Last { count: 3 }, 7..10, "789"),
        (ByteRange::Last { count: 99 }, 0..10, "0123456789"),
    ];
    // From the disk, and once the whole is at hand.
    for _ in 0..2 {
        for (range, expected, text) in cases.clone() {
            let part = store.get_range(&key, name, range).await.unwrap().unwrap();
            assert_eq!((part.size, part.range.clone()), (10, expected));
            assert_eq!(part.collect().await.unwrap(), text);
        }
        let whole = store.get(&key, name).await.unwrap().unwrap();
        assert_eq!(whole.collect().await.unwrap(), "0123456789");
    }
}

/// More than is read at once, and more than is kept at hand.
#[tokio::test]
async fn files_of_every_size_come_as_they_were_put() {
    let folder = Folder::new();
    let store = folder.store();
    for (number, size) in [0, 1, 300_000, 1 << 20, (1 << 20) + 1, 3_000_000]
        .into_iter()
        .enumerate()
    {
        let (key, name) = (MediaKey::new([number as u8; 16]), file("1080.webp"));
        let bytes: Vec<u8> = (0..size).map(|at| (at * 7 % 251) as u8).collect();
        let bytes = Bytes::from(bytes);
        store.put(&key, name, bytes.clone()).await.unwrap();
        for _ in 0..2 {
            let stored = store.get(&key, name).await.unwrap().unwrap();
            assert_eq!((stored.size, stored.range.clone()), (size as u64, 0..size as u64));
            assert!(stored.collect().await.unwrap() == bytes, "{size}");
        }
    }
}

#[tokio::test]
async fn what_is_deleted_is_gone_at_once_however_often_it_was_read() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    let others = MediaKey::new([1; 16]);
    for key in [&key, &others] {
        for name in FileName::all() {
            store
                .put(key, name, Bytes::from_static(b"picture"))
                .await
                .unwrap();
            assert!(store.get(key, name).await.unwrap().is_some());
        }
    }
    store.delete_prefix(&key).await.unwrap();
    for name in FileName::all() {
        assert!(store.get(&key, name).await.unwrap().is_none());
        let part = store
            .get_range(&key, name, ByteRange::From { first: 0 })
            .await
            .unwrap();
        assert!(part.is_none());
        assert!(store.get(&others, name).await.unwrap().is_some());
    }
}

#[tokio::test]
async fn what_is_withheld_is_gone_at_once_however_often_it_was_read() {
    let folder = Folder::new();
    let (store, key, name) = (folder.store(), MediaKey::new(KEY), file("640.jpg"));
    store
        .put(&key, name, Bytes::from_static(b"picture"))
        .await
        .unwrap();
    assert!(store.get(&key, name).await.unwrap().is_some());
    // As another part of the program has it.
    let clone = store.clone();
    clone.withhold(&key).await.unwrap();
    assert!(store.get(&key, name).await.unwrap().is_none());
    clone.give_back(&key).await.unwrap();
    let stored = store.get(&key, name).await.unwrap().unwrap();
    assert_eq!(stored.collect().await.unwrap(), "picture");
}

#[tokio::test]
async fn a_range_outside_the_file_is_refused_with_its_size() {
    let folder = Folder::new();
    let (store, key, name) = (folder.store(), MediaKey::new(KEY), file("1080.webp"));
    store
        .put(&key, name, Bytes::from_static(b"0123456789"))
        .await
        .unwrap();
    for outside in [
        ByteRange::From { first: 10 },
        ByteRange::Last { count: 0 },
        ByteRange::Between { first: 5, last: 4 },
    ] {
        let answer = store.get_range(&key, name, outside).await;
        assert!(matches!(answer, Err(StoreError::OutOfRange { size: 10 })));
    }
    assert!(
        store
            .get_range(&key, file("150.jpg"), ByteRange::From { first: 0 })
            .await
            .unwrap()
            .is_none()
    );
}

#[tokio::test]
async fn deleting_takes_all_of_one_key_and_nothing_else() {
    let folder = Folder::new();
    let (store, gone, kept) = (folder.store(), MediaKey::new(KEY), MediaKey::new([1; 16]));
    for name in FileName::all() {
        store.put(&gone, name, Bytes::from_static(b"x")).await.unwrap();
        store.put(&kept, name, Bytes::from_static(b"x")).await.unwrap();
    }
    store.delete_prefix(&gone).await.unwrap();
    store.delete_prefix(&gone).await.unwrap();
    assert!(!store.exists(&gone, file("640.jpg")).await.unwrap());
    assert_eq!(folder.files().len(), 8);
}

#[tokio::test]
async fn originals_lie_apart_and_no_public_key_reaches_them() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), OriginalKey::new(KEY));
    let upload = Bytes::from_static(b"\xFF\xD8\xFF with a place inside");
    store
        .put_original(&key, Kind::Jpeg, upload.clone())
        .await
        .unwrap();
    for name in FileName::all() {
        assert!(!store.exists(&MediaKey::new(KEY), name).await.unwrap());
    }
    store.delete_prefix(&MediaKey::new(KEY)).await.unwrap();
    let stored = store.get_original(&key).await.unwrap().unwrap();
    assert_eq!(stored.content_type, "image/jpeg");
    assert_eq!(stored.collect().await.unwrap(), upload);
    assert!(folder.files()[0].starts_with("originals/"));
    store.delete_original(&key).await.unwrap();
    store.delete_original(&key).await.unwrap();
    assert!(store.get_original(&key).await.unwrap().is_none());
}

#[tokio::test]
async fn the_probe_leaves_nothing_behind_and_fails_where_nothing_can_be_written() {
    let folder = Folder::new();
    let store = folder.store();
    store.probe().await.unwrap();
    assert!(folder.files().is_empty());
    // A file in the place of the folder: nobody can write below it, not even root.
    let root = folder.0.join("made/on/the/way");
    std::fs::remove_dir_all(&root).unwrap();
    std::fs::write(&root, b"in the way").unwrap();
    let failure = store.probe().await.unwrap_err().to_string();
    assert!(failure.starts_with("storage: writing failed"), "{failure}");
}

#[test]
fn a_folder_that_cannot_be_made_is_named() {
    let failure = Store::local(Path::new("/dev/null/media"))
        .unwrap_err()
        .to_string();
    assert!(failure.contains("/dev/null/media"), "{failure}");
}

#[tokio::test]
async fn a_file_goes_in_and_out_without_memory_and_is_written_once() {
    let folder = Folder::new();
    let (store, key) = (folder.store(), MediaKey::new(KEY));
    for (file, length) in [(VideoFile::Streams, 3_000), (VideoFile::Whole, 20 << 20)] {
        let (from, to) = (folder.0.join("from"), folder.0.join("to"));
        let bytes: Vec<u8> = (0..length).map(|at| (at % 251) as u8).collect();
        std::fs::write(&from, &bytes).unwrap();
        for _ in 0..2 {
            assert_eq!(store.put_file(&key, file, &from).await.unwrap(), length as u64);
        }
        assert!(store.file_to_file(&key, file, &to).await.unwrap());
        assert!(std::fs::read(&to).unwrap() == bytes, "{file}");
        std::fs::write(&from, &bytes[1..]).unwrap();
        let changed = store.put_file(&key, file, &from).await;
        assert!(matches!(changed, Err(StoreError::Changed { .. })), "{file}");
        std::fs::remove_file(&from).unwrap();
        let missing = store.put_file(&key, file, &from).await;
        assert!(matches!(missing, Err(StoreError::File { .. })), "{file}");
    }
    let nowhere = folder.0.join("nowhere");
    assert!(
        !store
            .file_to_file(&key, VideoFile::Stream(0), &nowhere)
            .await
            .unwrap()
    );
    assert!(!nowhere.exists());
}
