//! The made-up photographs that other tests and the demonstration stand on.

use super::make::*;
use crate::media::synthetic::photograph;

#[test]
fn a_seed_always_gives_the_same_photograph_and_seeds_differ() {
    assert_eq!(photograph(5, 120, 80), photograph(5, 120, 80));
    let colours: std::collections::HashSet<_> = (0..10)
        .map(|seed| developed(&photograph(seed, 240, 160)).colour)
        .collect();
    assert_eq!(colours.len(), 10);
}

#[test]
fn any_seed_and_size_gives_a_picture() {
    for (seed, width, height) in [
        (u64::MAX, 90, 160),
        (41, 0, 0),
        (2, 16, 300),
        (u64::MAX - 3, 300, 16),
    ] {
        let photo = developed(&photograph(seed, width, height));
        assert_eq!((photo.width, photo.height), (width.max(16), height.max(16)));
    }
}
