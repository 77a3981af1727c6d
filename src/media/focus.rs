//! The middle of a picture, as whoever sent it sees it. Knows no pixels.

/// The point that every crop keeps, from −1 to 1 on both axes: x to the right, y upwards, as Mastodon's API has it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Focus {
    x: f32,
    y: f32,
}

impl Focus {
    /// What lies outside −1..1 is drawn in; what is no number is the centre.
    pub fn new(x: f32, y: f32) -> Self {
        let tame = |value: f32| {
            if value.is_nan() {
                0.0
            } else {
                value.clamp(-1.0, 1.0)
            }
        };
        Self {
            x: tame(x),
            y: tame(y),
        }
    }

    /// Top left of the square of `edge` that lies around the focal point and inside the picture.
    pub(crate) fn corner(self, width: u32, height: u32, edge: u32) -> (f64, f64) {
        let place = |share: f32, length: u32| {
            let centre = f64::from(share) * f64::from(length);
            (centre - f64::from(edge) / 2.0)
                .round()
                .clamp(0.0, f64::from(length - edge))
        };
        (
            place((self.x + 1.0) / 2.0, width),
            place((1.0 - self.y) / 2.0, height),
        )
    }
}
