//! Smaller copies of a raster. Never a larger one.

use fast_image_resize::images::Image;
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};

use crate::media::focus::Focus;
use crate::media::raster::Raster;

/// The sizes of a `width` × `height` picture whose longest side shall be at most `longest`.
pub(crate) fn fit(width: u32, height: u32, longest: u32) -> (u32, u32) {
    let side = width.max(height).max(1);
    if side <= longest {
        return (width, height);
    }
    let scaled = |length: u32| {
        let rounded = (u64::from(length) * u64::from(longest) + u64::from(side) / 2) / u64::from(side);
        u32::try_from(rounded).unwrap_or(longest).max(1)
    };
    (scaled(width), scaled(height))
}

/// Holds the resizer's buffers from one rung to the next.
pub(crate) struct Shrinker(Resizer);

impl Shrinker {
    pub fn new() -> Self {
        Self(Resizer::new())
    }

    /// A copy of exactly `width` × `height`.
    pub fn to(&mut self, raster: &Raster, (width, height): (u32, u32)) -> Raster {
        self.resize(raster, (width, height), ResizeOptions::new())
    }

    /// The largest square that lies around the focal point, at most `side` pixels wide.
    pub fn square(&mut self, raster: &Raster, side: u32, focus: Focus) -> Raster {
        let edge = raster.shortest();
        let (left, top) = focus.corner(raster.width, raster.height, edge);
        let crop = ResizeOptions::new().crop(left, top, edge.into(), edge.into());
        let side = side.min(edge);
        self.resize(raster, (side, side), crop)
    }

    fn resize(&mut self, raster: &Raster, (width, height): (u32, u32), options: ResizeOptions) -> Raster {
        let options = options
            .resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3))
            .use_alpha(raster.layout.has_alpha());
        let mut target = Image::new(width, height, raster.layout.pixel_type());
        self.0
            .resize(&raster.view(), &mut target, &options)
            .expect("source and target have one pixel type, and the crop lies inside");
        Raster::from_image(raster.layout, target)
    }
}
