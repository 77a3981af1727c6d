//! Small pictures as emojis have them, and the emojis of a test's server.

use std::io::Cursor;

use image::codecs::gif::GifEncoder;
use image::{Delay, Frame, ImageFormat, Rgba, RgbaImage};
use tintype::actions::emojis::{self, EmojiError, Existing, NewEmoji};

use super::TestServer;

/// With a corner that is transparent.
pub fn png(side: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture(side, 200)
        .write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png)
        .expect("a picture can be written");
    bytes
}

/// Two pictures in turn.
pub fn moving_gif() -> Vec<u8> {
    let mut bytes = Vec::new();
    let frames = [40, 220].map(|red| {
        let delay = Delay::from_numer_denom_ms(100, 1);
        Frame::from_parts(picture(32, red), 0, 0, delay)
    });
    GifEncoder::new(&mut bytes)
        .encode_frames(frames)
        .expect("an animation can be written");
    bytes
}

fn picture(side: u32, red: u8) -> RgbaImage {
    RgbaImage::from_fn(side, side, |x, y| match (x, y) {
        (0..8, 0..8) => Rgba([0, 0, 0, 0]),
        _ => Rgba([red, (x % 256) as u8, (y % 256) as u8, 255]),
    })
}

pub async fn add(server: &TestServer, shortcode: &str, picture: Vec<u8>) -> Result<(), EmojiError> {
    let new = NewEmoji {
        shortcode: shortcode.to_owned(),
        picture: picture.into(),
        category: None,
        listed: true,
        existing: Existing::Stays,
    };
    emojis::add(&server.app, new).await
}
