//! Colours: whatever a file says them in, they come out as sRGB.

use image::{DynamicImage, GrayImage, ImageBuffer, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use moxcms::ColorProfile;
use mozjpeg::ColorSpace;

use super::make::*;
use crate::media::Format;

fn plain(colour: [u8; 3]) -> RgbImage {
    RgbImage::from_pixel(64, 64, Rgb(colour))
}

fn shows(file: &[u8], colour: [u8; 3], tolerance: u8) {
    let photo = developed(file);
    for format in Format::ALL {
        assert_near(&largest(&photo, format), (0.5, 0.5), colour, tolerance);
    }
}

fn profile_segment(profile: &[u8], sequence: u8, count: u8) -> Vec<u8> {
    [b"ICC_PROFILE\0", &[sequence, count][..], profile].concat()
}

#[test]
fn display_p3_is_converted_to_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    // CSS Color 4 gives color(display-p3 0.5 0.7 0.3) as about rgb(110 181 60).
    let p3 = plain([128, 179, 77]);
    shows(&png(&p3.clone().into(), Some(profile.clone())), [112, 181, 63], 7);
    shows(
        &with_segment(&jpeg(&p3), 0xE2, &profile_segment(&profile, 1, 1)),
        [112, 181, 63],
        7,
    );
    shows(&jpeg(&p3), [128, 179, 77], 5);
}

#[test]
fn a_profile_in_pieces_is_put_together_in_their_order() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let (first, second) = profile.split_at(profile.len() / 2);
    // Each new segment goes in front, so the pieces stand in the file as 2, 1 and then as 1, 2.
    let file = jpeg(&plain([128, 179, 77]));
    let two_one = with_segment(
        &with_segment(&file, 0xE2, &profile_segment(first, 1, 2)),
        0xE2,
        &profile_segment(second, 2, 2),
    );
    shows(&two_one, [112, 181, 63], 7);
    let missing = with_segment(&file, 0xE2, &profile_segment(second, 2, 2));
    shows(&missing, [128, 179, 77], 5);
}

#[test]
fn a_profile_that_does_not_fit_is_ignored() {
    let gray = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    for broken in [gray, b"not a profile".to_vec(), Vec::new()] {
        shows(
            &with_segment(
                &jpeg(&plain([128, 179, 77])),
                0xE2,
                &profile_segment(&broken, 1, 1),
            ),
            [128, 179, 77],
            5,
        );
    }
}

#[test]
fn cmyk_shows_its_colours() {
    // 255 is no ink. Cyan alone; then half magenta under half black.
    let cyan = jpeg_in(ColorSpace::JCS_CMYK, 64, 64, &[0, 255, 255, 255].repeat(64 * 64));
    shows(&cyan, [0, 255, 255], 8);
    let mixed = jpeg_in(
        ColorSpace::JCS_CMYK,
        64,
        64,
        &[255, 128, 255, 128].repeat(64 * 64),
    );
    shows(&mixed, [128, 64, 128], 8);
}

#[test]
fn cmyk_without_adobes_marker_counts_ink_upwards() {
    let file = jpeg_in(ColorSpace::JCS_CMYK, 64, 64, &[255, 0, 0, 0].repeat(64 * 64));
    let at = file.windows(5).position(|bytes| bytes == b"Adobe").unwrap() - 4;
    let length = usize::from(file[at + 3]);
    let unmarked = [&file[..at], &file[at + 2 + length..]].concat();
    shows(&unmarked, [0, 255, 255], 8);
}

#[test]
fn grey_is_grey_in_jpeg_and_png() {
    let grey = GrayImage::from_pixel(64, 64, Luma([90]));
    shows(
        &jpeg_in(ColorSpace::JCS_GRAYSCALE, 64, 64, grey.as_raw()),
        [90, 90, 90],
        4,
    );
    shows(&png(&grey.into(), None), [90, 90, 90], 4);
}

#[test]
fn sixteen_bits_become_eight() {
    let deep = ImageBuffer::<Rgb<u16>, _>::from_pixel(64, 64, Rgb([0x8000, 0x4000, 0xC000]));
    shows(&png(&DynamicImage::ImageRgb16(deep), None), [128, 64, 192], 5);
    let grey = ImageBuffer::<Luma<u16>, _>::from_pixel(64, 64, Luma([0x8000]));
    shows(&png(&DynamicImage::ImageLuma16(grey), None), [128, 128, 128], 4);
}

#[test]
fn alpha_stays_in_webp_and_is_white_in_jpeg() {
    let clear = RgbaImage::from_fn(200, 100, |x, _| {
        Rgba([200, 20, 20, if x < 100 { 255 } else { 0 }])
    });
    let photo = developed(&png(&clear.into(), None));
    let (webp, jpeg) = (largest(&photo, Format::WebP), largest(&photo, Format::Jpeg));
    assert_eq!((webp.get_pixel(50, 50)[3], webp.get_pixel(150, 50)[3]), (255, 0));
    assert_near(&jpeg, (0.25, 0.5), [200, 20, 20], 8);
    assert_near(&jpeg, (0.75, 0.5), [255, 255, 255], 3);
}

#[test]
fn colour_under_full_transparency_does_not_bleed() {
    let hidden = RgbaImage::from_fn(1600, 1600, |x, _| {
        if x % 2 == 0 {
            Rgba([0, 0, 255, 0])
        } else {
            Rgba([200, 20, 20, 255])
        }
    });
    let photo = developed(&png(&hidden.into(), None));
    let [red, _, blue, _] = largest(&photo, Format::WebP).get_pixel(300, 300).0;
    assert!(
        red > 150 && blue < 60,
        "blue that nobody can see has come through: {red} {blue}"
    );
}
