//! Keys and file names: one spelling each, and nothing else gets in.

use proptest::prelude::*;

use crate::domain::picture_key;
use crate::media::sniff::Kind;
use crate::media::{FileName, Format, MediaKey, OriginalKey, Size, StoredFile, VideoFile};

#[test]
fn file_names_are_a_closed_set() {
    let names: Vec<String> = FileName::all().map(|name| name.to_string()).collect();
    assert_eq!(
        names,
        [
            "1080.webp",
            "1080.jpg",
            "640.webp",
            "640.jpg",
            "320.webp",
            "320.jpg",
            "150.webp",
            "150.jpg"
        ]
    );
    for name in FileName::all() {
        assert_eq!(FileName::parse(&name.to_string()), Some(name));
    }
    for other in [
        "",
        "1080",
        "1080.JPG",
        "1080.jpeg",
        "../1080.jpg",
        "1080.jpg/",
        "01080.jpg",
        "100.webp",
        "1080.webp\0",
    ] {
        assert_eq!(FileName::parse(other), None, "{other}");
    }
    assert_eq!(
        Size::Large1080.file_name(Format::WebP).content_type(),
        "image/webp"
    );
}

#[test]
fn a_stored_file_is_a_rendition_an_emoji_or_part_of_a_video_and_nothing_else() {
    for (name, file) in [
        (
            "320.webp",
            StoredFile::from(Size::Small320.file_name(Format::WebP)),
        ),
        ("emoji.png", StoredFile::Emoji(Kind::Png)),
        ("emoji.gif", StoredFile::Emoji(Kind::Gif)),
        ("emoji.webp", StoredFile::Emoji(Kind::WebP)),
        ("video.mp4", StoredFile::Video(VideoFile::Whole)),
        ("hls.m3u8", StoredFile::Video(VideoFile::Streams)),
        ("hls-0.m3u8", StoredFile::Video(VideoFile::Pieces(0))),
        ("hls-3.mp4", StoredFile::Video(VideoFile::Stream(3))),
    ] {
        assert_eq!(StoredFile::parse(name), Some(file));
        assert_eq!(file.to_string(), name);
    }
    assert_eq!(StoredFile::Emoji(Kind::Gif).content_type(), "image/gif");
    for other in [
        "emoji",
        "emoji.jpg",
        "emoji.svg",
        "Emoji.png",
        "../emoji.png",
        "100.webp",
        "video.mov",
        "hls-4.mp4",
        "hls-00.mp4",
        "hls-0.m3u8 ",
    ] {
        assert_eq!(StoredFile::parse(other), None, "{other}");
    }
}

#[test]
fn a_key_has_one_spelling() {
    assert_eq!(
        MediaKey::new([0xFF; 16]).to_string(),
        format!("{}4", "7".repeat(25))
    );
    assert_eq!(MediaKey::new([0; 16]).to_string(), "a".repeat(26));
    let text = MediaKey::new([0xAB; 16]).to_string();
    for other in [
        text.to_uppercase(),
        text[..25].to_string(),
        format!("{text}a"),
        format!("{}c", &text[..25]),
        format!("{}d", &text[..25]),
    ] {
        assert_eq!(MediaKey::parse(&other), None, "{other}");
    }
}

#[test]
fn the_key_of_a_copy_says_so_by_its_last_letter() {
    for byte in 0..=255 {
        let key = MediaKey::new([byte; 16]);
        let copy = key.of_copy();
        let (key, text) = (key.to_string(), copy.to_string());
        assert_eq!(key[..25], text[..25]);
        assert!(
            !picture_key::is_of_copy(&key) && picture_key::is_of_copy(&text),
            "{text}"
        );
        assert_eq!(MediaKey::parse(&text), Some(copy));
        assert_eq!(
            OriginalKey::parse(&text),
            None,
            "uploads are in no store of copies"
        );
    }
}

#[test]
fn no_path_is_a_key() {
    let paths = [
        "../../../../../etc/passwd.",
        "..",
        "/",
        "aaaaaaaaaaaa/aaaaaaaaaaaaa",
        "%2e%2e%2faaaaaaaaaaaaaaaaa",
        "äääääääääääää",
    ];
    for path in paths {
        assert_eq!(MediaKey::parse(path), None, "{path}");
    }
}

#[test]
fn random_keys_differ_and_originals_stay_out_of_logs() {
    let (one, other) = (MediaKey::random().unwrap(), MediaKey::random().unwrap());
    assert_ne!(one, other);
    let original = OriginalKey::random().unwrap();
    assert!(!format!("{original:?}").contains(&original.to_string()[..4]));
}

proptest! {
    #[test]
    fn keys_survive_being_written_and_read(bytes: [u8; 16]) {
        let key = MediaKey::new(bytes);
        let text = key.to_string();
        prop_assert_eq!(text.len(), 26);
        prop_assert_eq!(MediaKey::parse(&text), Some(key));
    }

    #[test]
    fn what_parses_is_spelled_the_same(text in "[a-z2-7]{26}") {
        if let Some(key) = MediaKey::parse(&text) {
            prop_assert_eq!(key.to_string(), text);
        }
    }
}
