//! One photo on a page: its sizes, shape, colour and words. Never changes the picture's address.

use super::{Href, Tone};

/// One stored size; `width` in pixels.
#[derive(Clone, Debug)]
pub struct Variant {
    pub url: Href,
    pub width: u32,
}

/// The point to keep when the picture is cropped; both from -1.0 to 1.0, y upwards, as in the API.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Focus {
    pub x: f32,
    pub y: f32,
}

/// Without a JPEG variant the photo is not here yet, and its place is shown in its colour.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Pixels of the largest size that every picture has, after orientation.
    pub width: u32,
    pub height: u32,
    /// All from small to large. AVIF is there in all sizes, or in none.
    pub avif: Vec<Variant>,
    pub webp: Vec<Variant>,
    pub jpeg: Vec<Variant>,
    pub alt: Option<String>,
    pub tone: Tone,
    pub focus: Focus,
    /// What it is a still of.
    pub film: Option<Href>,
}

/// The page's width for pictures; a small photo is not blown up past `LEAST_WIDTH`.
const MOST_WIDTH: u32 = 1080;
const LEAST_WIDTH: u32 = 480;
/// What `src` names, for the browsers that know no `srcset`.
const PLAIN_WIDTH: u32 = 640;

impl Picture {
    /// Words for `alt`: the author's, or none.
    pub fn alt(&self) -> &str {
        self.alt.as_deref().unwrap_or_default()
    }

    /// The address for `src`: the smallest JPEG that is wide enough.
    pub fn plain(&self) -> Option<&Href> {
        let enough = self.jpeg.iter().find(|variant| variant.width >= PLAIN_WIDTH);
        enough.or(self.jpeg.last()).map(|variant| &variant.url)
    }

    /// The largest JPEG: "open the whole picture".
    pub fn largest(&self) -> Option<&Variant> {
        self.jpeg.last()
    }

    /// What a press on it opens: the video, or the whole picture.
    pub fn opens(&self) -> Option<&Href> {
        let whole = self.largest().map(|variant| &variant.url);
        self.film.as_ref().or(whole)
    }

    /// The card other sites show: a JPEG of the size that is told, for large screens there may be a larger one.
    pub fn card(&self) -> Option<&Variant> {
        let told = self.jpeg.iter().rfind(|variant| variant.width <= self.width);
        told.or(self.jpeg.last())
    }

    pub fn avif_set(&self) -> String {
        source_set(&self.avif)
    }

    pub fn webp_set(&self) -> String {
        source_set(&self.webp)
    }

    pub fn jpeg_set(&self) -> String {
        source_set(&self.jpeg)
    }

    /// Width of the box on the post page, in CSS pixels at most.
    pub fn box_width(&self) -> u32 {
        self.width.clamp(LEAST_WIDTH, MOST_WIDTH)
    }

    /// Height of that box; the shape is kept.
    pub fn box_height(&self) -> u32 {
        let scaled =
            u64::from(self.box_width()) * u64::from(self.height.max(1)) / u64::from(self.width.max(1));
        u32::try_from(scaled).unwrap_or(u32::MAX).clamp(1, 20_000)
    }

    /// Width of the tile in a justified row, in hundredths of the row's height: between 2:3 and 2.2:1.
    pub fn row_share(&self) -> u32 {
        let share = u64::from(self.width) * 100 / u64::from(self.height.max(1));
        u32::try_from(share).unwrap_or(u32::MAX).clamp(66, 220)
    }

    /// Class names for the crop: the style sheet knows five places on each axis.
    pub fn focus_class(&self) -> String {
        format!("at-x{} at-y{}", fifth(self.focus.x), fifth(-self.focus.y))
    }
}

fn source_set(variants: &[Variant]) -> String {
    let entries: Vec<String> = variants
        .iter()
        .map(|variant| format!("{} {}w", variant.url.in_srcset(), variant.width))
        .collect();
    entries.join(", ")
}

// -1.0..=1.0 to 0..=4; what is not a number is the middle.
fn fifth(place: f32) -> u8 {
    match place {
        place if place < -0.6 => 0,
        place if place < -0.2 => 1,
        place if place > 0.6 => 4,
        place if place > 0.2 => 3,
        _ => 2,
    }
}
