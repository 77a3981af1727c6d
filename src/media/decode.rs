//! Pixels out of a file whose header has passed the limits. Never opens one that has not.

use std::io::Cursor;

use image::codecs::gif::GifDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult};

use crate::media::camera;
use crate::media::decode_jpeg;
use crate::media::header::Header;
use crate::media::raster::{Decoded, Layout, Raster, short};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

/// Decodes the first frame. A JPEG that is much larger than a side of `target` asks for comes out scaled down already.
pub(crate) fn decode(bytes: &[u8], header: &Header, target: u32) -> Result<Decoded, Unusable> {
    let kind = header.kind;
    let reader = Cursor::new(bytes);
    let decoded = match kind {
        Kind::Jpeg => return decode_jpeg::decode(bytes, target),
        Kind::Png => PngDecoder::with_limits(reader, image_limits(header)).and_then(|it| with(it, header)),
        Kind::Gif => GifDecoder::new(reader).and_then(|it| with(it, header)),
        Kind::WebP => WebPDecoder::new(reader).and_then(|it| with(it, header)),
    };
    let (image, profile, exif) = decoded.map_err(|error| unusable(kind, &error))?;
    let raster = raster(image).ok_or_else(|| short(kind))?;
    let exif = exif.as_deref();
    Ok(Decoded {
        raster,
        profile,
        orientation: exif
            .and_then(Orientation::from_exif_chunk)
            .unwrap_or(Orientation::NoTransforms),
        camera: exif.and_then(camera::read),
    })
}

/// Pixels, colour profile, Exif block.
type Opened = (DynamicImage, Option<Vec<u8>>, Option<Vec<u8>>);

fn with(mut decoder: impl ImageDecoder, header: &Header) -> ImageResult<Opened> {
    decoder.set_limits(image_limits(header))?;
    // A picture with a broken profile or Exif block is shown without it.
    let profile = decoder.icc_profile().unwrap_or_default();
    let exif = decoder.exif_metadata().unwrap_or_default();
    Ok((DynamicImage::from_decoder(decoder)?, profile, exif))
}

fn image_limits(header: &Header) -> image::Limits {
    let mut limits = image::Limits::default();
    limits.max_image_width = Some(header.width);
    limits.max_image_height = Some(header.height);
    // Beside the pixels: rows, windows, tables and an inflated profile.
    limits.max_alloc = Some(header.memory.saturating_add(16 << 20));
    limits
}

fn raster(image: DynamicImage) -> Option<Raster> {
    let (width, height) = (image.width(), image.height());
    let (layout, pixels) = match image {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => {
            (Layout::Gray, image.into_luma8().into_raw())
        }
        DynamicImage::ImageLumaA8(_) | DynamicImage::ImageLumaA16(_) => {
            (Layout::GrayAlpha, image.into_luma_alpha8().into_raw())
        }
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgb16(_) => {
            (Layout::Rgb, image.into_rgb8().into_raw())
        }
        _ => (Layout::Rgba, image.into_rgba8().into_raw()),
    };
    Raster::new(layout, width, height, pixels)
}

fn unusable(kind: Kind, error: &ImageError) -> Unusable {
    match error {
        ImageError::IoError(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => {
            Unusable::Truncated { kind }
        }
        _ => Unusable::Damaged { kind },
    }
}
