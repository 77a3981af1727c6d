//! The size for large screens.

use super::make::*;
use crate::media::{Format, Limits, Size, enlarge};

#[test]
fn a_picture_that_is_large_enough_has_a_size_for_large_screens_in_both_formats() {
    let larger = enlarge(&jpeg(&waves(3_000, 1_500)), &Limits::default()).unwrap();
    let sizes: Vec<_> = larger
        .iter()
        .map(|it| (it.file_name().to_string(), it.width, it.height))
        .collect();
    let named = |name: &str, width, height| (name.to_owned(), width, height);
    assert_eq!(
        sizes,
        [named("2048.webp", 2048, 1024), named("2048.jpg", 2048, 1024)]
    );
    for rendition in &larger {
        let opened = image::load_from_memory(&rendition.bytes).unwrap();
        assert_eq!((opened.width(), opened.height()), (2048, 1024));
    }
}

#[test]
fn one_in_between_keeps_its_size_and_a_smaller_one_has_none() {
    let limits = Limits::default();
    let larger = enlarge(&jpeg(&waves(1_400, 700)), &limits).unwrap();
    assert_eq!((larger[0].width, larger[0].height), (1_400, 700));
    assert!(enlarge(&jpeg(&waves(1_080, 700)), &limits).unwrap().is_empty());
}

#[test]
fn it_is_upright_and_within_the_same_limits() {
    let exif = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let sideways = with_segment(&jpeg(&waves(2_400, 1_200)), 0xE1, exif);
    let larger = enlarge(&sideways, &Limits::default()).unwrap();
    assert_eq!((larger[0].width, larger[0].height), (1_024, 2_048));
    assert_eq!(larger[1].name, Size::Huge2048);
    assert_eq!(larger[1].format, Format::Jpeg);
    let small = Limits {
        memory: 1 << 20,
        ..Limits::default()
    };
    assert!(enlarge(&sideways, &small).is_err());
}
