//! Any colours → sRGB, which is what every screen takes a picture without a profile for.
//! Never fails a picture for its profile: a broken one is ignored, as browsers do.

use moxcms::{ColorProfile, DataColorSpace, Layout as CmsLayout, TransformOptions};

use crate::media::raster::{Layout, Raster};

/// Gives an RGB raster, or RGBA when there was alpha.
pub(crate) fn to_srgb(raster: Raster, profile: Option<&[u8]>) -> Raster {
    match profile.and_then(|profile| through_profile(&raster, profile)) {
        Some(converted) => converted,
        None => plainly(raster),
    }
}

fn through_profile(raster: &Raster, profile: &[u8]) -> Option<Raster> {
    let profile = ColorProfile::new_from_slice(profile).ok()?;
    let (expected, source) = match raster.layout {
        Layout::Gray => (DataColorSpace::Gray, CmsLayout::Gray),
        Layout::GrayAlpha => (DataColorSpace::Gray, CmsLayout::GrayAlpha),
        Layout::Rgb => (DataColorSpace::Rgb, CmsLayout::Rgb),
        Layout::Rgba => (DataColorSpace::Rgb, CmsLayout::Rgba),
        Layout::InvertedCmyk => (DataColorSpace::Cmyk, CmsLayout::Rgba),
    };
    if profile.color_space != expected {
        return None;
    }
    let (layout, target) = match raster.layout.has_alpha() {
        true => (Layout::Rgba, CmsLayout::Rgba),
        false => (Layout::Rgb, CmsLayout::Rgb),
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile
        .create_transform_8bit(source, &srgb, target, TransformOptions::default())
        .ok()?;
    let count = raster.width as usize * raster.height as usize;
    let mut pixels = vec![0; count * layout.channels()];
    if raster.layout == Layout::InvertedCmyk {
        // Profiles count ink upwards.
        let inks: Vec<u8> = raster.pixels.iter().map(|ink| 255 - ink).collect();
        transform.transform(&inks, &mut pixels).ok()?;
    } else {
        transform.transform(&raster.pixels, &mut pixels).ok()?;
    }
    Raster::new(layout, raster.width, raster.height, pixels)
}

fn plainly(raster: Raster) -> Raster {
    let (layout, pixels) = match raster.layout {
        Layout::Rgb | Layout::Rgba => return raster,
        Layout::Gray => (
            Layout::Rgb,
            raster.pixels.iter().flat_map(|value| [*value; 3]).collect(),
        ),
        Layout::GrayAlpha => (
            Layout::Rgba,
            raster
                .pixels
                .chunks_exact(2)
                .flat_map(|it| [it[0], it[0], it[0], it[1]])
                .collect(),
        ),
        Layout::InvertedCmyk => (
            Layout::Rgb,
            raster.pixels.chunks_exact(4).flat_map(without_ink).collect(),
        ),
    };
    Raster {
        layout,
        pixels,
        ..raster
    }
}

/// The light that ink of each colour and of black let through.
fn without_ink(pixel: &[u8]) -> [u8; 3] {
    let through = |colour: u8| (u16::from(colour) * u16::from(pixel[3]) / 255) as u8;
    [through(pixel[0]), through(pixel[1]), through(pixel[2])]
}
