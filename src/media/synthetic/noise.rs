//! Smooth randomness in the plane, the same for the same seed. Never for secrets.

#[derive(Debug, Clone, Copy)]
pub(super) struct Noise(u32);

impl Noise {
    pub fn new(seed: u64) -> Self {
        let mixed = seed
            .wrapping_add(0x9E37_79B9_7F4A_7C15)
            .wrapping_mul(0xBF58_476D_1CE4_E5B9);
        Self((mixed ^ (mixed >> 31)) as u32)
    }

    /// Another, unrelated plane.
    pub fn other(self, number: u32) -> Self {
        Self(mix(self.0 ^ number.wrapping_mul(0x85EB_CA6B)))
    }

    /// A plane for one octave; cheaper than `other`, since `at` mixes anyway.
    fn octave(self, number: u32) -> Self {
        Self(self.0.wrapping_add(number.wrapping_mul(0x9E37_79B9)))
    }

    /// 0..1 at a lattice point.
    pub fn at(self, x: i32, y: i32) -> f32 {
        let hash = mix(self.0 ^ (x as u32).wrapping_mul(0x27D4_EB2F) ^ (y as u32).wrapping_mul(0x1656_67B1));
        (hash >> 8) as f32 / (1 << 24) as f32
    }

    /// −1..1, mostly near zero: the sum of two draws.
    pub fn speck(self, x: u32, y: u32) -> f32 {
        let hash = mix(self.0 ^ x.wrapping_mul(0x27D4_EB2F) ^ y.wrapping_mul(0x1656_67B1));
        ((hash >> 16) as f32 + (hash & 0xFFFF) as f32) / 65_535.0 - 1.0
    }

    /// A number of this seed between two bounds.
    pub fn pick(self, number: i32, low: f32, high: f32) -> f32 {
        low + (high - low) * self.at(number, -77)
    }

    /// 0..1, smooth between the lattice points.
    pub fn smooth(self, x: f32, y: f32) -> f32 {
        // Rounding down through integers: without SSE 4.1, `floor` is a call.
        let (i, j) = (x as i32 - i32::from(x < 0.0), y as i32 - i32::from(y < 0.0));
        let (across, down) = (curve(x - i as f32), curve(y - j as f32));
        let upper = self.at(i, j) + (self.at(i + 1, j) - self.at(i, j)) * across;
        let lower = self.at(i, j + 1) + (self.at(i + 1, j + 1) - self.at(i, j + 1)) * across;
        upper + (lower - upper) * down
    }

    /// 0..1, with finer and fainter detail in each octave.
    pub fn layered(self, x: f32, y: f32, octaves: u32) -> f32 {
        let (mut sum, mut weight, mut total, mut scale) = (0.0, 1.0, 0.0, 1.0);
        for octave in 0..octaves {
            sum += weight * self.octave(octave).smooth(x * scale, y * scale);
            total += weight;
            weight *= 0.5;
            scale *= 2.03;
        }
        sum / total
    }

    /// 0..1, with sharp crests, as mountains have them.
    pub fn crested(self, x: f32, octaves: u32) -> f32 {
        let (mut sum, mut weight, mut total, mut scale) = (0.0, 1.0, 0.0, 1.0);
        for octave in 0..octaves {
            let fold = 1.0 - (2.0 * self.octave(octave).smooth(x * scale, 0.5) - 1.0).abs();
            sum += weight * fold * fold;
            total += weight;
            weight *= 0.46;
            scale *= 2.1;
        }
        sum / total
    }
}

fn mix(mut bits: u32) -> u32 {
    bits = (bits ^ (bits >> 16)).wrapping_mul(0x7FEB_352D);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x846C_A68B);
    bits ^ (bits >> 16)
}

pub(super) fn ease(share: f32) -> f32 {
    curve(share.clamp(0.0, 1.0))
}

fn curve(share: f32) -> f32 {
    share * share * (3.0 - 2.0 * share)
}

/// 0 below `low`, 1 above `high`, smooth between.
pub(super) fn step(low: f32, high: f32, value: f32) -> f32 {
    ease((value - low) / (high - low))
}
