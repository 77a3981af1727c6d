//! Layers of land, from the horizon to the camera's feet, as outlines. Never knows a colour.

use super::noise::{Noise, ease};

/// Samples of a ridge across the picture.
const COLUMNS: usize = 2_048;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Land {
    Mountains,
    Lake,
    Sea,
    Dunes,
    Forest,
}

/// One line of hills, from far to near.
pub(super) struct Layer {
    /// 0 at the horizon, 1 at the camera's feet.
    pub nearness: f32,
    /// The y of its crest, per column.
    crest: Vec<f32>,
    pub noise: Noise,
    /// The y of its highest point.
    pub top: f32,
}

impl Layer {
    pub fn crest(&self, x: f32, aspect: f32) -> f32 {
        let place = (x / aspect).clamp(0.0, 1.0) * (COLUMNS - 1) as f32;
        let left = (place as usize).min(COLUMNS - 2);
        let share = place - left as f32;
        self.crest[left] * (1.0 - share) + self.crest[left + 1] * share
    }
}

pub(super) fn layers(land: Land, noise: Noise, horizon: f32, aspect: f32) -> Vec<Layer> {
    let count = match land {
        Land::Mountains => 5,
        Land::Lake => 2,
        Land::Sea => 0,
        Land::Dunes => 4,
        Land::Forest => 6,
    };
    (0..count)
        .map(|number| {
            let nearness = match land {
                Land::Lake => 0.2 + 0.35 * number as f32,
                _ => number as f32 / (count - 1) as f32,
            };
            let noise = noise.other(100 + number);
            let crest: Vec<f32> = (0..COLUMNS)
                .map(|column| {
                    crest(
                        land,
                        noise,
                        nearness,
                        horizon,
                        aspect * column as f32 / (COLUMNS - 1) as f32,
                    )
                })
                .collect();
            let top = crest.iter().copied().fold(1.0, f32::min);
            Layer {
                nearness,
                crest,
                noise,
                top,
            }
        })
        .collect()
}

/// How high a layer of land reaches at x.
fn crest(land: Land, noise: Noise, near: f32, horizon: f32, x: f32) -> f32 {
    let foot = horizon + (1.0 - horizon) * near.powf(1.3) * 0.86;
    match land {
        Land::Mountains => foot + 0.05 - noise.crested(x * (1.5 + 0.7 * near), 7) * (0.34 - 0.16 * near),
        Land::Lake => {
            let fade = 0.25 + 0.75 * noise.other(9).smooth(x * 1.2, 0.0);
            horizon - noise.crested(x * 1.7, 7) * (0.34 - 0.42 * (near - 0.2)) * fade
        }
        Land::Sea => 1.0,
        Land::Dunes => foot + 0.06 - noise.layered(x * (1.1 + 0.5 * near), 0.5, 2) * (0.12 + 0.16 * near),
        Land::Forest => {
            let hill = foot + 0.04 - noise.layered(x * 1.3, 0.5, 3) * 0.2;
            hill - pines(noise, x, 0.025 + 0.2 * near * near + 0.04 * near)
        }
    }
}

/// The outline of trees that stand close together, up to `tall`.
fn pines(noise: Noise, x: f32, tall: f32) -> f32 {
    let spacing = tall * 0.24;
    let here = (x / spacing).floor() as i32;
    (here - 2..=here + 2)
        .map(|tree| {
            let stem = (tree as f32 + 0.5 + 0.7 * (noise.at(tree, 1) - 0.5)) * spacing;
            let height = tall * (0.45 + 0.55 * noise.at(tree, 2));
            let width = height * (0.17 + 0.05 * noise.at(tree, 3));
            let inward = 1.0 - (x - stem).abs() / width;
            // Branches hang in tiers: the outline steps instead of running straight.
            let tiers = inward * 8.0;
            let tiered = (tiers.floor() + ease(tiers.fract()).powi(2)) / 8.0;
            height * (0.35 * inward + 0.65 * tiered).max(0.0)
        })
        .fold(0.0, f32::max)
}
