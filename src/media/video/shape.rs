//! The sizes that a video is made in. Never larger than what came, and always even, as the encoder wants it.

/// The file that is played: its shorter and its longer side at the most.
const SHORT: u32 = 1_080;
const LONG: u32 = 1_920;
/// The shorter sides of what is streamed below that.
const BELOW: [u32; 3] = [720, 480, 360];

/// Pixels, width before height.
pub type Sides = (u32, u32);

/// The size of the file that is played.
pub fn whole((width, height): Sides) -> Sides {
    let (short, long) = (width.min(height), width.max(height));
    let scale = (f64::from(SHORT) / f64::from(short.max(1)))
        .min(f64::from(LONG) / f64::from(long.max(1)))
        .min(1.0);
    scaled((width, height), scale)
}

/// The sizes that are streamed: that one, and those below it which differ enough to be worth their room.
pub fn ladder(whole: Sides) -> Vec<Sides> {
    let short = whole.0.min(whole.1);
    let below = BELOW.into_iter().filter(|rung| rung * 100 <= short * 85);
    let below = below.map(|rung| scaled(whole, f64::from(rung) / f64::from(short.max(1))));
    std::iter::once(whole).chain(below).collect()
}

fn scaled((width, height): Sides, scale: f64) -> Sides {
    let even = |side: u32| ((f64::from(side) * scale / 2.0).round() as u32 * 2).max(2);
    // Rounding up may not enlarge what came.
    let within = |side: u32| even(side).min((side & !1).max(2));
    (within(width), within(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_keep_the_shape_and_are_even() {
        let cases = [
            ((3_840, 2_160), (1_920, 1_080)),
            ((1_080, 1_920), (1_080, 1_920)),
            ((2_560, 1_080), (1_920, 810)),
            ((321, 181), (320, 180)),
            ((1, 1), (2, 2)),
            ((4_000, 3_000), (1_440, 1_080)),
        ];
        for (source, made) in cases {
            assert_eq!(whole(source), made, "{source:?}");
        }
    }

    #[test]
    fn what_is_streamed_goes_down_from_what_came() {
        assert_eq!(
            ladder((1_920, 1_080)),
            [(1_920, 1_080), (1_280, 720), (854, 480), (640, 360)]
        );
        assert_eq!(ladder((720, 1_280)), [(720, 1_280), (480, 854), (360, 640)]);
        assert_eq!(ladder((640, 400)), [(640, 400)]);
    }
}
