//! What stands before the camera: sky, layers of land, water. Never draws: it says what light comes from a direction.

use super::land::{Land, Layer, layers};
use super::light::{Light, Mood};
use super::noise::{Noise, step};
use super::programme;

/// Coordinates: y from 0 at the top to 1, x from 0 to `aspect`.
pub(super) struct Scene {
    mood: Mood,
    land: Land,
    noise: Noise,
    aspect: f32,
    sun: (f32, f32),
    /// Where land or water begins.
    horizon: f32,
    layers: Vec<Layer>,
}

impl Scene {
    pub fn new(seed: u64, aspect: f32) -> Self {
        let (mood, land) = programme(seed);
        let noise = Noise::new(seed);
        let land = [Land::Mountains, Land::Lake, Land::Sea, Land::Dunes, Land::Forest][land as usize % 5];
        let horizon = match land {
            Land::Lake => noise.pick(1, 0.56, 0.64),
            Land::Sea => noise.pick(1, 0.52, 0.62),
            _ => noise.pick(1, 0.42, 0.54),
        };
        // On a third of the picture, to the left or to the right, a little above the horizon.
        let third = if noise.pick(2, 0.0, 1.0) < 0.5 { 0.3 } else { 0.68 };
        let sun = (
            aspect * (third + noise.pick(3, -0.05, 0.05)),
            horizon - noise.pick(4, 0.06, 0.2),
        );
        let layers = layers(land, noise, horizon, aspect);
        Self {
            mood,
            land,
            noise,
            aspect,
            sun,
            horizon,
            layers,
        }
    }

    /// The light from a direction.
    pub fn light(&self, x: f32, y: f32) -> Light {
        let wet = matches!(self.land, Land::Lake | Land::Sea) && y > self.horizon;
        let light = if wet { self.water(x, y) } else { self.dry(x, y) };
        // The sun's haze lies before everything.
        let distance = self.sun_distance(x, y);
        light.glow(self.mood.sun, 0.2 * (-distance * 3.2).exp())
    }

    pub fn vignette(&self, x: f32, y: f32) -> f32 {
        let (across, down) = (x / self.aspect - 0.5, y - 0.5);
        let distance = across * across + down * down;
        1.0 - 0.5 * distance * distance.sqrt().sqrt()
    }

    fn dry(&self, x: f32, y: f32) -> Light {
        match self
            .layers
            .iter()
            .rev()
            .find(|layer| y > layer.top && y > layer.crest(x, self.aspect))
        {
            Some(layer) => self.ground(layer, x, y),
            None => self.sky(x, y),
        }
    }

    fn sky(&self, x: f32, y: f32) -> Light {
        let mood = &self.mood;
        let height = (y / self.horizon).clamp(0.0, 1.0);
        let mut light = mood
            .zenith
            .mix(mood.sky, step(0.0, 0.72, height))
            .mix(mood.horizon, step(0.45, 1.02, height));
        if mood.stars > 0.0 {
            light = light.glow(
                Light([1.0, 0.98, 0.94]),
                self.stars(x, y) * mood.stars * (1.0 - height),
            );
        }
        let distance = self.sun_distance(x, y);
        let near_sun = (-distance * 2.6).exp();
        // Clouds lie flat, and flatter towards the horizon.
        let flat = 5.0 + 9.0 * height;
        let bank = self.noise.other(40).layered(x * 2.3 + y, y * flat, 4);
        let cover = step(0.5, 0.76, bank) * (0.25 + 0.75 * step(0.05, 0.5, height)) * 0.7;
        light = light.mix(mood.haze.mix(mood.sun, 0.35 + 0.6 * near_sun), cover);
        let halo = 0.75 * (-distance * distance * 34.0).exp() + 0.3 * near_sun;
        light = light.glow(mood.sun, halo * (1.0 - 0.3 * cover));
        light.mix(
            Light([1.0, 0.995, 0.97]),
            step(0.034, 0.027, distance) * (1.0 - 0.6 * cover),
        )
    }

    fn stars(&self, x: f32, y: f32) -> f32 {
        let (i, j) = ((x * 260.0).floor(), (y * 260.0).floor());
        let luck = self.noise.other(50).at(i as i32, j as i32);
        let (dx, dy) = (x * 260.0 - i - 0.5, y * 260.0 - j - 0.5);
        if luck < 0.985 {
            0.0
        } else {
            step(0.42, 0.05, (dx * dx + dy * dy).sqrt()) * (luck - 0.985) * 66.0
        }
    }

    fn ground(&self, layer: &Layer, x: f32, y: f32) -> Light {
        let mood = &self.mood;
        let near = layer.nearness;
        let depth = y - layer.crest(x, self.aspect);
        let mut light = mood.haze.mix(mood.near, 0.18 + 0.82 * near.powf(0.85));
        let relief = match self.land {
            Land::Dunes => 0.0,
            // Needles and gaps, finer with distance.
            Land::Forest => {
                layer
                    .noise
                    .layered(x * (90.0 - 40.0 * near), y * (60.0 - 25.0 * near), 3)
                    - 0.5
            }
            _ => {
                layer
                    .noise
                    .layered(x * (7.0 + 9.0 * near), depth * (14.0 + 10.0 * near) + x * 3.0, 4)
                    - 0.5
            }
        };
        if self.land == Land::Dunes {
            light = self.sand(layer, x, y, depth);
        } else {
            light =
                light.mix(mood.sun, (relief * 0.5).max(0.0) * (0.55 - 0.25 * near)) * (1.0 + relief * 0.5);
        }
        if mood.snow > 0.0 && near < 0.45 && matches!(self.land, Land::Mountains | Land::Lake) {
            let line = 0.05 + 0.16 * (relief + 0.3);
            light = light.mix(
                mood.horizon.mix(mood.sun, 0.6),
                mood.snow * step(line, line * 0.3, depth) * 0.75,
            );
        }
        // Light catches the crest on the sun's side, and mist gathers at the foot.
        let facing = (-((x - self.sun.0) / self.aspect).abs() * 2.5).exp();
        light = light.glow(mood.sun, facing * (1.0 - near) * 0.35 * step(0.02, 0.0, depth));
        let (mist, foot) = if self.land == Land::Forest {
            (0.95, 0.04 + 0.22 * near)
        } else {
            (0.6, 0.3)
        };
        light.mix(mood.haze, mist * (1.0 - near) * step(0.0, foot, depth))
    }

    fn sand(&self, layer: &Layer, x: f32, y: f32, depth: f32) -> Light {
        let mood = &self.mood;
        let lit = mood
            .horizon
            .mix(mood.haze, 0.55)
            .mix(mood.near, 0.12 + 0.2 * layer.nearness);
        let shade = mood.near.mix(mood.haze, 0.42 - 0.2 * layer.nearness);
        // The slip face falls away from the sun below each crest.
        let lean = layer.noise.layered(x * 1.6 + depth * 2.4, depth * 1.8, 3);
        let ripple =
            (y * 420.0 + layer.noise.layered(x * 4.0, y * 9.0, 3) * 34.0).sin() * 0.022 * layer.nearness;
        shade.mix(lit, step(0.36, 0.62, lean + ripple)) * (1.0 + ripple)
    }

    fn water(&self, x: f32, y: f32) -> Light {
        let below = y - self.horizon;
        let perspective = 1.0 / (below + 0.035);
        // Waves shrink with distance; rows of them run across the picture.
        let rows = 81.0 * perspective.ln();
        let wave = self
            .noise
            .other(60)
            .layered(x * (1.6 * perspective).min(26.0) + below, rows, 3)
            - 0.5;
        let chop = if self.land == Land::Sea { 1.0 } else { 0.4 };
        let (shift_x, shift_y) = (wave * 0.05 * chop, wave * (0.05 + 0.55 * below) * chop);
        let mirrored = self.horizon - below * 0.92 + shift_y;
        let mut light = self.dry(
            (x + shift_x).clamp(0.0, self.aspect),
            mirrored.clamp(0.0, self.horizon - 0.002),
        );
        let deep = self.mood.zenith.mix(self.mood.near, 0.55);
        light = light.mix(deep, 0.16 + 0.75 * below + wave * 0.5 * chop);
        // The sun's road on the water.
        let road = (x - self.sun.0) / (0.035 + 0.3 * below);
        let glitter = step(0.02, 0.16, wave) * (-road * road).exp();
        light.glow(self.mood.sun, glitter * (0.85 - 0.7 * below)) * (1.0 - 0.1 * step(0.012, 0.0, below))
    }

    fn sun_distance(&self, x: f32, y: f32) -> f32 {
        let (dx, dy) = (x - self.sun.0, y - self.sun.1);
        (dx * dx + dy * dy).sqrt()
    }
}
