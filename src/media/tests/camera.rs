//! What is read of how a photograph was taken, and that nothing which calls itself Exif does harm.

use proptest::prelude::*;

use crate::domain::camera::Camera;
use crate::media::camera::read;

/// The value of an entry: it is put where it fits.
enum Says {
    Text(&'static str),
    Short(u16),
    Long(u32),
    Ratio(u32, u32),
}

/// A directory at `start` with these entries, and behind it what did not fit.
fn directory(start: u32, entries: &[(u16, Says)]) -> Vec<u8> {
    let behind = start + 2 + 12 * u32::try_from(entries.len()).unwrap() + 4;
    let (mut head, mut tail) = (
        u16::try_from(entries.len()).unwrap().to_le_bytes().to_vec(),
        Vec::new(),
    );
    for (tag, says) in entries {
        let (kind, count, bytes): (u16, usize, Vec<u8>) = match says {
            Says::Text(text) => {
                let bytes = [text.as_bytes(), b"\0"].concat();
                (2, bytes.len(), bytes)
            }
            Says::Short(number) => (3, 1, number.to_le_bytes().to_vec()),
            Says::Long(number) => (4, 1, number.to_le_bytes().to_vec()),
            Says::Ratio(above, below) => (5, 1, [above.to_le_bytes(), below.to_le_bytes()].concat()),
        };
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend(u32::try_from(count).unwrap().to_le_bytes());
        if bytes.len() <= 4 {
            head.extend(&bytes);
            head.extend(vec![0; 4 - bytes.len()]);
        } else {
            head.extend((behind + u32::try_from(tail.len()).unwrap()).to_le_bytes());
            tail.extend(bytes);
        }
    }
    head.extend([0; 4]);
    [head, tail].concat()
}

/// A little-endian block whose second directory begins at 200.
fn block(details: &[(u16, Says)]) -> Vec<u8> {
    let first = directory(
        8,
        &[
            (0x010F, Says::Text("Fujifilm")),
            (0x0110, Says::Text("X-T5")),
            (0x8769, Says::Long(200)),
            (0x8825, Says::Long(190)),
        ],
    );
    let mut block = b"II\x2A\0\x08\0\0\0".to_vec();
    block.extend(first);
    block.resize(200, 0);
    block.extend(directory(200, details));
    block
}

#[test]
fn what_a_camera_says_is_said_as_photographers_do() {
    let camera = read(&block(&[
        (0x829A, Says::Ratio(10, 2_500)),
        (0x829D, Says::Ratio(28, 10)),
        (0x8827, Says::Short(400)),
        (0x9003, Says::Text("2026:05:01 18:30:00")),
        (0x9011, Says::Text("+02:00")),
        (0x920A, Says::Ratio(35, 1)),
        (0xA405, Says::Short(53)),
        (0xA434, Says::Text("XF35mm F1.4 R ")),
    ]));
    let expected = Camera {
        make: Some("Fujifilm".into()),
        model: Some("X-T5".into()),
        lens: Some("XF35mm F1.4 R".into()),
        focal_length: Some(35.0),
        focal_length_35mm: Some(53),
        exposure: Some("1/250".into()),
        aperture: Some(2.8),
        iso: Some(400),
        taken_at: Some("2026-05-01T18:30:00+02:00".into()),
        film: None,
    };
    assert_eq!(camera, Some(expected));
    for (ratio, said) in [
        ((1, 3), "0.3"),
        ((3, 10), "1/3"),
        ((30, 1), "30"),
        ((25, 10), "2.5"),
        ((1, 8_000), "1/8000"),
    ] {
        let camera = read(&block(&[(0x829A, Says::Ratio(ratio.0, ratio.1))])).unwrap();
        assert_eq!(camera.exposure.as_deref(), Some(said), "{ratio:?}");
    }
}

#[test]
fn what_makes_no_sense_is_left_out() {
    let camera = read(&block(&[
        (0x829A, Says::Ratio(1, 0)),
        (0x829D, Says::Ratio(u32::MAX, 1)),
        (0x8827, Says::Short(0)),
        (0x9003, Says::Text("yesterday")),
        (0x9011, Says::Text("north")),
        (0x920A, Says::Text("long")),
        (0xA434, Says::Text("\x1b[2J\x07")),
    ]))
    .unwrap();
    let expected = Camera {
        make: Some("Fujifilm".into()),
        model: Some("X-T5".into()),
        lens: Some("[2J".into()),
        ..Camera::default()
    };
    assert_eq!(camera, expected);
    assert_eq!(read(b"II\x2A\0\x08\0\0\0\0\0\0\0\0\0"), None);
    assert_eq!(read(b""), None);
    assert_eq!(read(b"Exif\0\0II"), None);
}

#[test]
fn loops_lying_places_and_huge_counts_end_at_once() {
    // A directory whose details are itself, and which says that it has 65,535 entries.
    let mut own_tail = b"II\x2A\0\x08\0\0\0\xFF\xFF".to_vec();
    own_tail.extend(b"\x69\x87\x04\0\x01\0\0\0\x08\0\0\0".repeat(600));
    assert_eq!(read(&own_tail), None);
    for place in [u32::MAX, u32::MAX - 4, 1 << 31, 0, 7, 9] {
        let mut lying = b"MM\0\x2A".to_vec();
        lying.extend(place.to_be_bytes());
        lying.extend([0xFF; 64]);
        assert_eq!(read(&lying), None, "{place}");
    }
    // A name of four billion letters.
    let mut long = b"II\x2A\0\x08\0\0\0\x01\0\x0F\x01\x02\0\xFF\xFF\xFF\xFF\x08\0\0\0".to_vec();
    long.extend([b'a'; 64]);
    assert_eq!(read(&long), None);
}

proptest! {
    #[test]
    fn no_bytes_do_harm(start in 0_u8..2, bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let head: &[u8] = if start == 0 { b"II\x2A\0\x08\0\0\0" } else { b"MM\0\x2A\0\0\0\x08" };
        let camera = read(&[head, &bytes].concat()).unwrap_or_default();
        for text in [&camera.make, &camera.model, &camera.lens].into_iter().flatten() {
            prop_assert!(!text.is_empty() && text.chars().count() <= 100);
            prop_assert!(!text.chars().any(char::is_control));
        }
    }
}
