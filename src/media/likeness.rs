//! What a picture looks like, in 256 bits, by PDQ: so that lists of others can be used, and theirs ours. Judges nothing.
//!
//! Brightness is smoothed and sampled to 64 × 64, its lowest 16 × 16 waves are taken, and each bit says whether one is stronger than
//! the median. Who wants to check it against another program allows for a few bits: pictures are scaled here before.

use std::f32::consts::PI;

use crate::domain::fingerprint::Fingerprint;

const SIDE: usize = 64;
const WAVES: usize = 16;
/// Below this there is too little in a picture to tell it from others: the sky, a wall. From 0 to 100.
const LEAST_CONTRAST: u32 = 50;

/// Brightness, row by row.
struct Luma {
    width: usize,
    height: usize,
    values: Vec<f32>,
}

/// `None` for a picture that has too little in it. As many colours as the sizes say.
pub fn fingerprint(
    (width, height): (u32, u32),
    colours: impl Iterator<Item = [u8; 3]>,
) -> Option<Fingerprint> {
    let weigh = |[red, green, blue]: [u8; 3]| {
        0.299 * f32::from(red) + 0.587 * f32::from(green) + 0.114 * f32::from(blue)
    };
    let mut luma = Luma {
        width: width as usize,
        height: height as usize,
        values: colours.map(weigh).collect(),
    };
    if luma.values.len() != luma.width * luma.height || luma.values.is_empty() {
        return None;
    }
    for _ in 0..2 {
        luma = luma.smooth_rows().turned().smooth_rows().turned();
    }
    let sample = luma.sample();
    (contrast(&sample) >= LEAST_CONTRAST).then(|| bits(&waves(&sample)))
}

impl Luma {
    /// Each value becomes the mean of those around it in its row, as many as one of the sample stands for.
    fn smooth_rows(self) -> Self {
        let window = self.width.div_ceil(2 * SIDE);
        let ahead = window / 2 + 1;
        let mut values = Vec::with_capacity(self.values.len());
        for row in self.values.chunks_exact(self.width) {
            for at in 0..self.width {
                let from = at.saturating_sub(window - ahead);
                let to = (at + ahead).min(self.width);
                let around = &row[from..to];
                values.push(around.iter().sum::<f32>() / around.len() as f32);
            }
        }
        Self { values, ..self }
    }

    fn turned(self) -> Self {
        let (width, height) = (self.height, self.width);
        let mut values = Vec::with_capacity(self.values.len());
        for column in 0..self.width {
            values.extend((0..self.height).map(|row| self.values[row * self.width + column]));
        }
        Self {
            width,
            height,
            values,
        }
    }

    fn sample(&self) -> Vec<f32> {
        let place = |at: usize, length: usize| ((at as f32 + 0.5) * length as f32 / SIDE as f32) as usize;
        let rows = (0..SIDE).map(|row| place(row, self.height) * self.width);
        rows.flat_map(|row| (0..SIDE).map(move |column| row + place(column, self.width)))
            .map(|at| self.values[at])
            .collect()
    }
}

/// How much neighbours differ.
fn contrast(sample: &[f32]) -> u32 {
    let step = |one: f32, other: f32| ((one - other) * 100.0 / 255.0).trunc().abs() as u32;
    let mut sum = 0;
    for row in 0..SIDE {
        for column in 0..SIDE {
            let here = sample[row * SIDE + column];
            if row + 1 < SIDE {
                sum += step(here, sample[(row + 1) * SIDE + column]);
            }
            if column + 1 < SIDE {
                sum += step(here, sample[row * SIDE + column + 1]);
            }
        }
    }
    (sum / 90).min(100)
}

/// The lowest waves of a two-dimensional cosine transform, without the mean.
fn waves(sample: &[f32]) -> Vec<f32> {
    let wave = |number: usize, at: usize| {
        let angle = PI / (2 * SIDE) as f32 * (number + 1) as f32 * (2 * at + 1) as f32;
        (2.0 / SIDE as f32).sqrt() * angle.cos()
    };
    let table: Vec<f32> = (0..WAVES)
        .flat_map(|number| (0..SIDE).map(move |at| wave(number, at)))
        .collect();
    let mut downwards = [0.0; WAVES * SIDE];
    for (number, column) in pairs(WAVES, SIDE) {
        let products = (0..SIDE).map(|row| table[number * SIDE + row] * sample[row * SIDE + column]);
        downwards[number * SIDE + column] = products.sum();
    }
    pairs(WAVES, WAVES)
        .map(|(down, across)| {
            let products = (0..SIDE).map(|at| downwards[down * SIDE + at] * table[across * SIDE + at]);
            products.sum()
        })
        .collect()
}

fn pairs(many: usize, each: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..many).flat_map(move |one| (0..each).map(move |other| (one, other)))
}

/// The first wave is the last bit, as others write it.
fn bits(waves: &[f32]) -> Fingerprint {
    let mut sorted = waves.to_vec();
    sorted.sort_by(f32::total_cmp);
    let median = sorted[sorted.len() / 2 - 1];
    let mut bytes = [0; 32];
    for (bit, wave) in waves.iter().enumerate() {
        if *wave > median {
            bytes[31 - bit / 8] |= 1 << (bit % 8);
        }
    }
    Fingerprint(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A picture made of a few waves, brighter by so much.
    fn picture(width: u32, height: u32, brighter: f32) -> Vec<[u8; 3]> {
        let value = |x: u32, y: u32| {
            let (x, y) = (x as f32 / width as f32, y as f32 / height as f32);
            let light = (x * 17.0).sin() + (y * 11.0).cos() + ((x + 2.0 * y) * 23.0).sin() * (x * 9.0).cos();
            (120.0 + 30.0 * light + brighter).clamp(0.0, 255.0) as u8
        };
        let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        rows.map(|(x, y)| [value(x, y), value(x, y), value(y % width, x % height)])
            .collect()
    }

    fn of(width: u32, height: u32, brighter: f32) -> Option<Fingerprint> {
        fingerprint((width, height), picture(width, height, brighter).into_iter())
    }

    #[test]
    fn half_of_the_bits_are_set_whatever_the_picture() {
        let look = of(320, 240, 0.0).unwrap();
        assert_eq!(look.distance(Fingerprint([0; 32])), 128);
    }

    #[test]
    fn a_picture_that_has_too_little_in_it_looks_like_nothing() {
        for colours in [vec![[200; 3]; 320 * 240], vec![[0; 3]; 320 * 240]] {
            assert_eq!(fingerprint((320, 240), colours.into_iter()), None);
        }
        assert_eq!(fingerprint((0, 0), std::iter::empty()), None);
        assert_eq!(fingerprint((5, 5), std::iter::once([1; 3])), None);
    }

    #[test]
    fn the_same_brighter_looks_the_same() {
        let (one, other) = (of(320, 240, 0.0).unwrap(), of(320, 240, 12.0).unwrap());
        assert!(one.distance(other) < 10, "{}", one.distance(other));
    }
}
