//! Files that are not what they say, too big, cut short or made to hurt.

use proptest::prelude::*;

use super::make::*;
use crate::media::sniff::Kind;
use crate::media::{Focus, Format, Limits, Unusable, process};

/// The start of a PNG of any claimed size, with an end but no pixels.
fn png_claiming(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend(b"\x08\x06\0\0\0\0\0\0\0");
    bytes.extend(b"\0\0\0\0IDAT\0\0\0\0\0\0\0\0IEND\0\0\0\0");
    bytes
}

#[test]
fn what_is_no_picture_is_refused() {
    assert_eq!(refused(b""), Unusable::Empty);
    for other in [
        &b"hello"[..],
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        &[0; 64],
        b"BM\0\0\0\0",
        b"RIFF\0\0\0\0WAVE",
    ] {
        assert_eq!(refused(other), Unusable::UnknownType);
    }
}

#[test]
fn types_that_come_later_are_named() {
    let named = |bytes: &[u8]| refused(bytes).to_string();
    assert!(named(b"\0\0\0\x18ftypheic\0\0\0\0").starts_with("HEIC files cannot be opened here yet"));
    assert!(named(b"\0\0\0\x18ftypavif\0\0\0\0").starts_with("AVIF files"));
    assert!(named(b"\0\0\0\x18ftypisom\0\0\0\0").starts_with("video files"));
    assert!(named(b"\x1A\x45\xDF\xA3\0\0\0\0").starts_with("video files"));
}

#[test]
fn a_bomb_is_refused_by_its_header_and_the_sentence_says_why() {
    let refusal = refused(&png_claiming(50_000, 50_000));
    assert_eq!(
        refusal.to_string(),
        "The picture is 50000 × 50000; the longest side may have 32768 pixels."
    );
    let refusal = refused(&png_claiming(30_000, 30_000));
    assert_eq!(
        refusal.to_string(),
        "The picture is 30000 × 30000, which is 900000000 pixels; the most is 120000000."
    );
    // Cut short as well: the size still comes first.
    assert!(matches!(
        refused(&png_claiming(50_000, 50_000)[..40]),
        Unusable::SideTooLong { .. }
    ));
    assert!(matches!(
        refused(&png_claiming(u32::MAX, u32::MAX)),
        Unusable::SideTooLong { .. }
    ));
    assert_eq!(
        refused(&png_claiming(0, 10)),
        Unusable::Damaged { kind: Kind::Png }
    );
}

#[test]
fn a_jpeg_and_a_webp_that_claim_too_much_are_refused() {
    let mut file = jpeg(&waves(64, 64));
    let frame = file.windows(2).position(|bytes| bytes == [0xFF, 0xC0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0xC3, 0x50, 0xC3, 0x50]);
    assert!(matches!(
        refused(&file),
        Unusable::SideTooLong {
            width: 50_000,
            height: 50_000,
            ..
        }
    ));
    let canvas = b"RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\0\0\0\0\x4F\xC3\0\x4F\xC3\0";
    assert!(matches!(
        refused(canvas),
        Unusable::SideTooLong {
            width: 50_000,
            height: 50_000,
            ..
        }
    ));
}

#[test]
fn every_limit_is_named_with_its_value() {
    let file = jpeg(&waves(100, 80));
    let with = |limits: Limits| process(&file, &limits, Focus::default()).unwrap_err().to_string();
    let bytes = file.len();
    assert_eq!(
        with(Limits {
            bytes: 99,
            ..Limits::default()
        }),
        format!("The file has {bytes} bytes; the most is 99.")
    );
    assert_eq!(
        with(Limits {
            side: 99,
            ..Limits::default()
        }),
        "The picture is 100 × 80; the longest side may have 99 pixels."
    );
    let pixels = Limits {
        pixels: 7_999,
        ..Limits::default()
    };
    assert_eq!(
        with(pixels),
        "The picture is 100 × 80, which is 8000 pixels; the most is 7999."
    );
    let memory = Limits {
        memory: 0,
        ..Limits::default()
    };
    assert_eq!(
        with(memory),
        "Opening the picture takes 1 MiB of memory; the most is 0 MiB."
    );
}

#[test]
fn an_animation_of_ten_thousand_frames_is_refused() {
    let file = gif(&[rgba(&quarters(4, 4)), rgba(&quarters(4, 4))]);
    // The second frame again and again, before the trailer.
    let starts: Vec<usize> = (0..file.len() - 1)
        .filter(|at| file[*at..*at + 2] == [0x21, 0xF9])
        .collect();
    let (head, frame) = (&file[..starts[1]], &file[starts[1]..file.len() - 1]);
    let animated = |count: usize| [head, &frame.repeat(count - 1), &[0x3B]].concat();
    assert_eq!(
        refused(&animated(10_000)).to_string(),
        "The picture has 10000 frames; the most is 1000."
    );
    developed(&animated(1_000));
}

#[test]
fn a_jpeg_of_arithmetic_or_another_rare_coding_is_refused_by_its_header() {
    let file = jpeg(&waves(16, 16));
    let is_frame = |pair: &[u8]| pair[0] == 0xFF && matches!(pair[1], 0xC0..=0xC2);
    let frame = file.windows(2).position(is_frame).unwrap();
    let coded = |marker: u8| {
        let mut file = file.clone();
        file[frame + 1] = marker;
        file
    };
    for marker in (0xC3..=0xCF).filter(|marker| !matches!(marker, 0xC4 | 0xC8 | 0xCC)) {
        assert_eq!(refused(&coded(marker)), Unusable::RareCoding, "{marker:X}");
    }
    // A second frame is no way around it.
    let second = [&file[..frame], &coded(0xC9)[frame..frame + 19], &file[frame..]].concat();
    assert_eq!(refused(&second), Unusable::RareCoding);
    developed(&coded(file[frame + 1]));
}

#[test]
fn a_jpeg_of_thousands_of_scans_is_refused() {
    let file = jpeg(&waves(16, 16));
    let scan = file.windows(2).position(|bytes| bytes == [0xFF, 0xDA]).unwrap();
    let end = file.len() - 2;
    let bomb = [&file[..scan], &file[scan..end].repeat(5_000), &file[end..]].concat();
    assert_eq!(
        refused(&bomb),
        Unusable::TooManyScans {
            scans: 5_000,
            most: 100
        }
    );
}

#[test]
fn a_frame_larger_than_its_screen_counts() {
    let mut file = gif(&[rgba(&quarters(8, 8))]);
    let frame = file.iter().rposition(|byte| *byte == 0x2C).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0xFF, 0xFF, 0xFF, 0xFF]);
    assert!(matches!(
        refused(&file),
        Unusable::SideTooLong { width: 65_535, .. }
    ));
}

#[test]
fn a_picture_that_ends_early_is_refused_wherever_it_was_cut() {
    let picture = waves(160, 120);
    let noisy = rgba(&picture);
    let files = [
        jpeg(&picture),
        png(&picture.clone().into(), None),
        gif(&[noisy]),
        webp(&picture),
    ];
    for (file, kind) in files.iter().zip([Kind::Jpeg, Kind::Png, Kind::Gif, Kind::WebP]) {
        developed(file);
        let last = file.len();
        for cut in [16, 40, last / 4, last / 2, last * 9 / 10, last - 2, last - 1] {
            assert_eq!(
                refused(&file[..cut]),
                Unusable::Truncated { kind },
                "{kind} of {last} bytes cut at {cut}"
            );
        }
    }
}

#[test]
fn a_jpeg_whose_middle_is_missing_is_refused_although_it_has_an_end() {
    let file = jpeg(&waves(400, 300));
    let half = file.len() / 2;
    for cut in [half, half + 1, half + 2] {
        let patched = [&file[..cut], &[0xFF, 0xD9]].concat();
        assert_eq!(refused(&patched), Unusable::Truncated { kind: Kind::Jpeg });
    }
}

#[test]
fn what_libjpeg_only_warns_of_is_shown() {
    let file = jpeg(&quarters(90, 60));
    let table = file
        .windows(2)
        .position(|pair| pair == [0xFF, 0xC4])
        .expect("a JPEG has Huffman tables");
    let bytes_before_a_marker = [&file[..table], b"\0\x11\x22", &file[table..]].concat();
    let version = file
        .windows(5)
        .position(|name| name == b"JFIF\0")
        .expect("a JPEG has a JFIF segment")
        + 5;
    let mut another_jfif = file.clone();
    another_jfif[version] = 9;
    let end = file.len() - 2;
    let bytes_before_the_end = [&file[..end], &[0x55; 40], &file[end..]].concat();
    for (what, file) in [
        ("bytes before a marker", bytes_before_a_marker),
        ("another JFIF", another_jfif),
        ("bytes before the end", bytes_before_the_end),
        (
            "an unknown transform",
            with_segment(&file, 0xEE, b"Adobe\0\x64\0\0\0\0\x07"),
        ),
        (
            "a profile that is none",
            with_segment(&file, 0xE2, b"ICC_PROFILE\0"),
        ),
        (
            "an Exif block that is none",
            with_segment(&file, 0xE1, b"Exif\0\0II\x2A\0\x08\0\0\0\xFF\xFF"),
        ),
    ] {
        let photo = process(&file, &Limits::default(), Focus::default());
        let photo = photo.unwrap_or_else(|refusal| panic!("{what}: {refusal}"));
        assert_near(&largest(&photo, Format::Jpeg), (0.25, 0.25), RED, 24);
        assert_near(&largest(&photo, Format::Jpeg), (0.75, 0.75), YELLOW, 24);
    }
}

#[test]
fn what_follows_the_end_of_a_jpeg_does_not_matter() {
    // Phones append a film or a second picture.
    let file = [jpeg(&quarters(90, 60)), b"\0\0\0\x18ftypmp42 and a film".to_vec()].concat();
    assert_near(&largest(&developed(&file), Format::Jpeg), (0.25, 0.25), RED, 24);
}

#[test]
fn a_picture_without_pixels_is_refused() {
    assert_eq!(
        refused(&png_claiming(10, 10)),
        Unusable::Damaged { kind: Kind::Png }
    );
    assert_eq!(
        refused(b"GIF89a\x01\0\x01\0\0\0\0\x3B"),
        Unusable::Damaged { kind: Kind::Gif }
    );
    assert_eq!(
        refused(&[0xFF, 0xD8, 0xFF, 0xD9]),
        Unusable::Damaged { kind: Kind::Jpeg }
    );
}

fn small_files() -> Vec<Vec<u8>> {
    let picture = waves(40, 30);
    let frames = [rgba(&picture), rgba(&quarters(40, 30))];
    vec![
        jpeg(&picture),
        png(&picture.clone().into(), None),
        gif(&frames),
        webp(&picture),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_bytes_behind_a_known_beginning_make_it_panic(kind in 0_usize..4, tail in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let file = &small_files()[kind];
        let bytes = [&file[..24], &tail].concat();
        let limits = Limits { pixels: 1_000_000, ..Limits::default() };
        let _answer = process(&bytes, &limits, Focus::default());
    }

    #[test]
    fn flipped_bits_make_a_picture_or_a_refusal(kind in 0_usize..4, flips in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..8), 1..6)) {
        let mut file = small_files()[kind].clone();
        for (place, bit) in flips {
            let length = file.len();
            file[place.index(length)] ^= 1 << bit;
        }
        let limits = Limits { pixels: 1_000_000, ..Limits::default() };
        match process(&file, &limits, Focus::default()) {
            Ok(photo) => prop_assert!(photo.renditions.len() >= 4),
            Err(refusal) => prop_assert!(refusal.to_string().ends_with('.')),
        }
    }
}
