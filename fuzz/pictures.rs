//! What is tried with arbitrary bytes that somebody sends as a picture: all that opens them in this program, from the first look to
//! the last rendition. Panics where a promise is broken, and takes whatever it is given.

use tintype::media::plain::without_metadata;
use tintype::media::{Focus, Foreign, Limits, Photo, Unusable, check, enlarge, moves, process};

/// Of the same kind as the real ones, and low, so that a try costs little.
fn limits() -> Limits {
    Limits {
        pixels: 250_000,
        memory: 8 << 20,
        ..Limits::default()
    }
}

/// Whatever it is: all sizes of a picture within the limits, or a sentence for its sender.
pub fn picture(data: &[u8]) {
    let limits = limits();
    let looked = check(data, &limits);
    if let Err(refusal) = &looked {
        is_sentence(refusal);
    }
    moves(data, &limits);
    if let Some(foreign) = Foreign::of(data)
        && let Err(refusal) = foreign.check(data, &limits)
    {
        is_sentence(&refusal);
    }
    match process(data, &limits, Focus::default()) {
        Ok(photo) => {
            assert_eq!(looked, Ok(photo.source_format));
            is_whole(&photo, &limits);
        }
        Err(refusal) => is_sentence(&refusal),
    }
    match enlarge(data, &limits) {
        Ok(made) => assert!(made.iter().all(|it| it.width.max(it.height) <= 2_048)),
        Err(refusal) => is_sentence(&refusal),
    }
    if let Some((kind, plain)) = without_metadata(data) {
        let again = without_metadata(&plain);
        assert!(again == Some((kind, plain)), "there was more to take away");
    }
}

fn is_sentence(refusal: &Unusable) {
    let sentence = refusal.to_string();
    assert!(sentence.ends_with('.') && sentence.len() > 10, "{sentence}");
    // One that panics is caught, and costs one picture; it is a fault all the same.
    assert!(!matches!(refusal, Unusable::DecoderFailed { .. }), "{sentence}");
}

fn is_whole(photo: &Photo, limits: &Limits) {
    assert!(u64::from(photo.width) * u64::from(photo.height) <= limits.pixels);
    assert!(photo.renditions.len() >= 8 && !photo.blurhash.is_empty());
    for made in &photo.renditions {
        let longest = photo.width.max(photo.height).min(1_080);
        assert!(made.width.max(made.height) <= longest && made.width.min(made.height) > 0);
        assert!(check(&made.bytes, &Limits::default()).is_ok());
        let plain = without_metadata(&made.bytes).map(|(_, plain)| plain);
        assert!(
            plain.is_some_and(|plain| plain == made.bytes),
            "it says something"
        );
    }
    let camera = photo.camera.clone().unwrap_or_default();
    for text in [&camera.make, &camera.model, &camera.lens].into_iter().flatten() {
        assert!(!text.chars().any(char::is_control));
    }
}
