//! Builders of small pictures in every format. Never checks anything.

use image::codecs::gif::GifEncoder;
use image::codecs::png::PngEncoder;
use image::{DynamicImage, ExtendedColorType, Frame, ImageEncoder, RgbImage, RgbaImage};
use mozjpeg::{ColorSpace, Compress};

use crate::media::{Focus, Format, Limits, Photo, Size, Unusable, process};

pub const RED: [u8; 3] = [220, 30, 30];
pub const GREEN: [u8; 3] = [30, 190, 40];
pub const BLUE: [u8; 3] = [30, 40, 220];
pub const YELLOW: [u8; 3] = [230, 220, 40];

/// Red and green above, blue and yellow below.
pub fn quarters(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb(match (x < width / 2, y < height / 2) {
            (true, true) => RED,
            (false, true) => GREEN,
            (true, false) => BLUE,
            (false, false) => YELLOW,
        })
    })
}

/// Something to compress: no two rows alike.
pub fn waves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        image::Rgb([(x * 7 + y * 3) as u8, (x ^ y) as u8, (y * 5) as u8])
    })
}

/// A JPEG in a colour space of libjpeg's, with the bytes as they are.
pub fn jpeg_in(space: ColorSpace, width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let mut encoder = Compress::new(space);
    encoder.set_fastest_defaults();
    encoder.set_size(width as usize, height as usize);
    encoder.set_quality(95.0);
    let mut started = encoder.start_compress(Vec::new()).unwrap();
    started.write_scanlines(pixels).unwrap();
    started.finish().unwrap()
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    jpeg_in(
        ColorSpace::JCS_RGB,
        picture.width(),
        picture.height(),
        picture.as_raw(),
    )
}

/// The JPEG with one more segment right after its start.
pub fn with_segment(jpeg: &[u8], marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&jpeg[..2], &[0xFF, marker], &length, body, &jpeg[2..]].concat()
}

pub fn png(picture: &DynamicImage, profile: Option<Vec<u8>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    let colour: ExtendedColorType = picture.color().into();
    encoder
        .write_image(picture.as_bytes(), picture.width(), picture.height(), colour)
        .unwrap();
    bytes
}

pub fn gif(frames: &[RgbaImage]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    for frame in frames {
        encoder.encode_frame(Frame::new(frame.clone())).unwrap();
    }
    drop(encoder);
    bytes
}

pub fn webp(picture: &RgbImage) -> Vec<u8> {
    webp::Encoder::from_rgb(picture.as_raw(), picture.width(), picture.height())
        .encode(90.0)
        .to_vec()
}

pub fn rgba(picture: &RgbImage) -> RgbaImage {
    DynamicImage::ImageRgb8(picture.clone()).into_rgba8()
}

pub fn developed(bytes: &[u8]) -> Photo {
    process(bytes, &Limits::default(), Focus::default()).unwrap()
}

pub fn refused(bytes: &[u8]) -> Unusable {
    process(bytes, &Limits::default(), Focus::default()).unwrap_err()
}

/// The pixels of one rendition.
pub fn opened(photo: &Photo, size: Size, format: Format) -> RgbaImage {
    let rendition = photo
        .renditions
        .iter()
        .find(|it| it.name == size && it.format == format)
        .unwrap();
    let opened = image::load_from_memory(&rendition.bytes).unwrap().into_rgba8();
    assert_eq!(opened.dimensions(), (rendition.width, rendition.height));
    opened
}

pub fn largest(photo: &Photo, format: Format) -> RgbaImage {
    opened(photo, photo.largest(format).unwrap().name, format)
}

/// The pixel at a share of the width and of the height.
#[track_caller]
pub fn assert_near(picture: &RgbaImage, (x, y): (f32, f32), expected: [u8; 3], tolerance: u8) {
    let place = |share: f32, length: u32| ((share * length as f32) as u32).min(length - 1);
    let [red, green, blue, _] = picture
        .get_pixel(place(x, picture.width()), place(y, picture.height()))
        .0;
    let found = [red, green, blue];
    let near = found
        .iter()
        .zip(expected)
        .all(|(a, b)| a.abs_diff(b) <= tolerance);
    assert!(near, "at {x}, {y}: found {found:?}, expected {expected:?}");
}
