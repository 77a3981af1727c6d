//! Landscapes that no camera saw: photographs for tests, benchmarks and the demonstration server.
//! Never used for anything that a person uploads.

mod land;
mod light;
mod noise;
mod scene;
mod words;

pub use words::{description, tags};

use light::Mood;
use noise::Noise;
use scene::Scene;

use crate::media::encode::camera_jpeg;
use crate::media::raster::{Layout, Raster};

/// Like a camera's own setting.
const QUALITY: f32 = 92.0;
/// libjpeg goes no further, and a landscape needs some room.
const SIDES: std::ops::RangeInclusive<u32> = 16..=8_192;

/// A JPEG that looks like a photograph: the same seed and size give the same bytes. Scenes and moods go round as the
/// seed counts up, forty pairs before the first returns. Sides are drawn into 16..=8192.
pub fn photograph(seed: u64, width: u32, height: u32) -> Vec<u8> {
    let width = width.clamp(*SIDES.start(), *SIDES.end());
    let height = height.clamp(*SIDES.start(), *SIDES.end());
    let pixels = develop(seed, width, height);
    let raster = Raster::new(Layout::Rgb, width, height, pixels).expect("a pixel was made for each place");
    camera_jpeg(&raster, QUALITY).expect("JPEG holds any picture of up to 65,500 pixels a side")
}

fn develop(seed: u64, width: u32, height: u32) -> Vec<u8> {
    let scene = Scene::new(seed, width as f32 / height as f32);
    let grain = Noise::new(seed ^ 0x0067_7261_696E);
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    let scale = 1.0 / height as f32;
    for row in 0..height {
        let y = (row as f32 + 0.5) * scale;
        for column in 0..width {
            let x = (column as f32 + 0.5) * scale;
            let light = scene.light(x, y) * scene.vignette(x, y);
            // Film shows its grain most in the middle tones.
            let draw = grain.speck(column, row);
            let tone = light.brightness();
            let speck = draw * (0.014 + 0.05 * tone * (1.0 - tone));
            pixels.extend_from_slice(&light.print(speck));
        }
    }
    pixels
}

/// The mood and the scene of a seed: all moods within any eight seeds in a row, all scenes within any five.
fn programme(seed: u64) -> (Mood, u64) {
    let (mood, scene) = programme_numbers(seed);
    (Mood::of(mood), scene as u64)
}

fn programme_numbers(seed: u64) -> (usize, usize) {
    let step = seed.wrapping_mul(5).wrapping_add(seed / 8);
    ((step % Mood::COUNT) as usize, (seed % 5) as usize)
}
