//! Decoded pixels, eight bits a channel. Never knows where they came from.

use fast_image_resize::PixelType;
use fast_image_resize::images::{Image, ImageRef};

use crate::domain::camera::Camera;
use crate::media::unusable::Unusable;

/// What the bytes of a pixel mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Gray,
    GrayAlpha,
    Rgb,
    Rgba,
    /// 255 is no ink, as Adobe stores it and JPEGs carry it.
    InvertedCmyk,
}

/// A picture in memory, rows from the top, without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Raster {
    pub layout: Layout,
    pub width: u32,
    pub height: u32,
    pub pixels: Vec<u8>,
}

impl Layout {
    pub fn channels(self) -> usize {
        match self {
            Layout::Gray => 1,
            Layout::GrayAlpha => 2,
            Layout::Rgb => 3,
            Layout::Rgba | Layout::InvertedCmyk => 4,
        }
    }

    pub fn has_alpha(self) -> bool {
        matches!(self, Layout::GrayAlpha | Layout::Rgba)
    }

    pub fn pixel_type(self) -> PixelType {
        match self {
            Layout::Gray => PixelType::U8,
            Layout::GrayAlpha => PixelType::U8x2,
            Layout::Rgb => PixelType::U8x3,
            Layout::Rgba | Layout::InvertedCmyk => PixelType::U8x4,
        }
    }
}

impl Raster {
    /// `None` when the bytes are not as many as the sizes ask for.
    pub fn new(layout: Layout, width: u32, height: u32, pixels: Vec<u8>) -> Option<Self> {
        let expected = (width as usize)
            .checked_mul(height as usize)?
            .checked_mul(layout.channels())?;
        (width > 0 && height > 0 && pixels.len() == expected).then_some(Self {
            layout,
            width,
            height,
            pixels,
        })
    }

    pub fn shortest(&self) -> u32 {
        self.width.min(self.height)
    }

    pub fn view(&self) -> ImageRef<'_> {
        ImageRef::new(self.width, self.height, &self.pixels, self.layout.pixel_type())
            .expect("a raster has as many bytes as its sizes ask for")
    }

    pub fn from_image(layout: Layout, image: Image<'_>) -> Self {
        Self {
            layout,
            width: image.width(),
            height: image.height(),
            pixels: image.into_vec(),
        }
    }

    /// Drops an alpha channel in which nothing is transparent.
    pub fn without_idle_alpha(self) -> Self {
        if self.layout != Layout::Rgba || self.pixels.chunks_exact(4).any(|pixel| pixel[3] != 255) {
            return self;
        }
        let pixels = self
            .pixels
            .chunks_exact(4)
            .flat_map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect();
        Self {
            layout: Layout::Rgb,
            pixels,
            ..self
        }
    }
}

/// What a decoder yields: pixels as stored, and what is to be done with them.
pub(crate) struct Decoded {
    pub raster: Raster,
    /// The colour profile, unchecked.
    pub profile: Option<Vec<u8>>,
    pub orientation: image::metadata::Orientation,
    /// With what it was taken, as the file says.
    pub camera: Option<Camera>,
}

/// The answer of a decoder that gave fewer pixels than it promised.
pub(crate) fn short(kind: crate::media::sniff::Kind) -> Unusable {
    Unusable::Damaged { kind }
}
