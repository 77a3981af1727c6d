//! What is read of AVIF and HEIC before another program opens them.

use proptest::prelude::*;

use crate::media::{Foreign, Limits, Unusable};

fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let length = u32::try_from(content.len() + 8).unwrap().to_be_bytes();
    [&length, &name[..], content].concat()
}

fn size(width: u32, height: u32) -> Vec<u8> {
    boxed(
        b"ispe",
        &[[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat(),
    )
}

fn file(brand: &[u8; 4], sizes: &[Vec<u8>]) -> Vec<u8> {
    let properties = boxed(b"iprp", &boxed(b"ipco", &sizes.concat()));
    let meta = boxed(
        b"meta",
        &[vec![0; 4], boxed(b"hdlr", b"pict"), properties].concat(),
    );
    [boxed(b"ftyp", &[brand, &[0; 4][..]].concat()), meta].concat()
}

#[test]
fn phones_pictures_are_known_by_their_first_bytes() {
    assert_eq!(Foreign::of(&file(b"avif", &[])), Some(Foreign::Avif));
    assert_eq!(Foreign::of(&file(b"heic", &[])), Some(Foreign::Heic));
    assert_eq!(Foreign::of(&file(b"mif1", &[])), Some(Foreign::Heic));
    assert_eq!(Foreign::of(&file(b"isom", &[])), None);
    assert_eq!(Foreign::of(b"\xFF\xD8\xFF"), None);
}

#[test]
fn the_largest_of_the_sizes_that_it_says_it_has_is_judged() {
    let limits = Limits::default();
    let good = file(b"heic", &[size(512, 512), size(4_000, 3_000)]);
    assert_eq!(Foreign::Heic.check(&good, &limits), Ok(()));
    let bomb = file(b"heic", &[size(512, 512), size(30_000, 30_000)]);
    assert!(matches!(
        Foreign::Heic.check(&bomb, &limits),
        Err(Unusable::TooManyPixels { .. })
    ));
    let wide = file(b"avif", &[size(u32::MAX, 1)]);
    assert!(matches!(
        Foreign::Avif.check(&wide, &limits),
        Err(Unusable::SideTooLong { .. })
    ));
    for nothing in [file(b"avif", &[]), file(b"avif", &[size(0, 7)]), Vec::new()] {
        assert!(Foreign::Avif.check(&nothing, &limits).is_err());
    }
}

proptest! {
    #[test]
    fn no_boxes_do_harm(at in 0_usize..120, bytes in proptest::collection::vec(any::<u8>(), 1..40)) {
        let mut file = file(b"heic", &[size(640, 480), size(64, 64)]);
        let at = at % file.len();
        let end = (at + bytes.len()).min(file.len());
        file[at..end].copy_from_slice(&bytes[..end - at]);
        let answer = Foreign::Heic.check(&file, &Limits::default());
        prop_assert!(answer.is_ok() || answer.is_err_and(|error| !error.to_string().is_empty()));
    }
}
