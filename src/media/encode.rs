//! WebP and JPEG out of sRGB pixels. Never writes metadata: what is not pixels does not exist here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use mozjpeg::{ColorSpace, Compress};

use crate::media::name::Format;
use crate::media::raster::{Layout, Raster};

const WEBP_QUALITY: f32 = 80.0;
const JPEG_QUALITY: f32 = 82.0;

/// `None` when the encoder failed, which it does only for want of memory.
pub(crate) fn encode(raster: &Raster, format: Format) -> Option<Vec<u8>> {
    match format {
        Format::WebP => webp(raster),
        Format::Jpeg => catch_unwind(AssertUnwindSafe(|| jpeg(raster))).ok()?,
    }
}

fn webp(raster: &Raster) -> Option<Vec<u8>> {
    let encoder = match raster.layout {
        Layout::Rgb => webp::Encoder::from_rgb(&raster.pixels, raster.width, raster.height),
        Layout::Rgba => webp::Encoder::from_rgba(&raster.pixels, raster.width, raster.height),
        _ => return None,
    };
    Some(encoder.encode_simple(false, WEBP_QUALITY).ok()?.to_vec())
}

/// Progressive, with colour at half the resolution.
fn jpeg(raster: &Raster) -> Option<Vec<u8>> {
    let mut encoder = Compress::new(ColorSpace::JCS_RGB);
    encoder.set_size(raster.width as usize, raster.height as usize);
    encoder.set_quality(JPEG_QUALITY);
    // Trying scan scripts out costs more than it saves at these sizes; switching that off also forgets the script, so
    // the progressive one is set afterwards.
    encoder.set_optimize_scans(false);
    encoder.set_progressive_mode();
    encoder.set_chroma_sampling_pixel_sizes((2, 2), (2, 2));
    let mut started = encoder.start_compress(Vec::new()).ok()?;
    match raster.layout {
        Layout::Rgb => started.write_scanlines(&raster.pixels).ok()?,
        Layout::Rgba => started.write_scanlines(&on_white(&raster.pixels)).ok()?,
        _ => return None,
    }
    started.finish().ok()
}

/// Baseline and quickly made, as cameras do: for pictures that pretend to come from one.
pub(crate) fn camera_jpeg(raster: &Raster, quality: f32) -> Option<Vec<u8>> {
    let mut encoder = Compress::new(ColorSpace::JCS_RGB);
    encoder.set_fastest_defaults();
    encoder.set_size(raster.width as usize, raster.height as usize);
    encoder.set_quality(quality);
    let mut started = encoder.start_compress(Vec::new()).ok()?;
    started.write_scanlines(&raster.pixels).ok()?;
    started.finish().ok()
}

/// JPEG has no alpha: what is transparent shows white paper.
fn on_white(pixels: &[u8]) -> Vec<u8> {
    let blend = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    pixels
        .chunks_exact(4)
        .flat_map(|it| [blend(it[0], it[3]), blend(it[1], it[3]), blend(it[2], it[3])])
        .collect()
}
