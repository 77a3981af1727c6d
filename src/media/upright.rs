//! Turns and mirrors pixels as the camera's orientation asks. Never resamples.

use image::metadata::Orientation;

use crate::media::raster::Raster;

pub(crate) fn swaps_sides(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// The picture as it was seen.
pub(crate) fn turn(raster: Raster, orientation: Orientation) -> Raster {
    if orientation == Orientation::NoTransforms {
        return raster;
    }
    let (width, height) = (raster.width as usize, raster.height as usize);
    let channels = raster.layout.channels();
    let (new_width, new_height) = if swaps_sides(orientation) {
        (height, width)
    } else {
        (width, height)
    };
    let mut pixels = Vec::with_capacity(raster.pixels.len());
    for y in 0..new_height {
        for x in 0..new_width {
            let (from_x, from_y) = source(orientation, (x, y), (width, height));
            let start = (from_y * width + from_x) * channels;
            pixels.extend_from_slice(&raster.pixels[start..start + channels]);
        }
    }
    Raster {
        width: new_width as u32,
        height: new_height as u32,
        pixels,
        ..raster
    }
}

/// Where the pixel at (x, y) of the upright picture lies in the stored one of `width` × `height`.
fn source(
    orientation: Orientation,
    (x, y): (usize, usize),
    (width, height): (usize, usize),
) -> (usize, usize) {
    let (right, bottom) = (width - 1, height - 1);
    match orientation {
        Orientation::NoTransforms => (x, y),
        Orientation::FlipHorizontal => (right - x, y),
        Orientation::Rotate180 => (right - x, bottom - y),
        Orientation::FlipVertical => (x, bottom - y),
        Orientation::Rotate90FlipH => (y, x),
        Orientation::Rotate90 => (y, bottom - x),
        Orientation::Rotate270FlipH => (right - y, bottom - x),
        Orientation::Rotate270 => (right - y, x),
    }
}
