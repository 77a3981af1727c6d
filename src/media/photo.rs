//! One picture file → its renditions, blurhash and colour. Pure: never reads a clock, a file or the network.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bytes::Bytes;

use crate::domain::camera::Camera;
use crate::domain::fingerprint::Fingerprint;
use crate::media::focus::Focus;
use crate::media::header::{Header, inspect};
use crate::media::limits::Limits;
use crate::media::name::{FileName, Format, Size};
use crate::media::raster::{Decoded, Raster};
use crate::media::resize::{Shrinker, fit};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;
use crate::media::{colour, decode, encode, likeness, upright};

/// A picture ready to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Photo {
    /// Of the source, upright.
    pub width: u32,
    pub height: u32,
    pub blurhash: String,
    /// The average colour, sRGB.
    pub colour: [u8; 3],
    /// Every file of the closed set, from the largest to the square. A picture that is smaller than a rung is stored
    /// there at its own size, so that no reader needs to know which files exist.
    pub renditions: Vec<Rendition>,
    pub source_format: Kind,
    /// With what it was taken, as the file says.
    pub camera: Option<Camera>,
    /// What it looks like, if there is enough in it.
    pub look: Option<Fingerprint>,
    /// SHA-256 of the source file.
    pub sha256: [u8; 32],
}

/// One file of the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendition {
    pub name: Size,
    pub format: Format,
    pub width: u32,
    pub height: u32,
    /// Rungs of one size share them.
    pub bytes: Bytes,
}

impl Photo {
    /// The largest rendition of a format.
    pub fn largest(&self, format: Format) -> Option<&Rendition> {
        self.renditions.iter().find(|it| it.format == format)
    }
}

impl Rendition {
    pub fn file_name(&self) -> FileName {
        self.name.file_name(self.format)
    }
}

/// What can be told of a file without decoding it: its type, and whether it is empty, too big or cut short.
pub fn check(bytes: &[u8], limits: &Limits) -> Result<Kind, Unusable> {
    inspect(bytes, limits, Size::LARGEST).map(|header| header.kind)
}

/// Whether it is a GIF of several frames, of which a picture shows the first only.
pub fn moves(bytes: &[u8], limits: &Limits) -> bool {
    inspect(bytes, limits, Size::LARGEST).is_ok_and(|header| header.kind == Kind::Gif && header.frames > 1)
}

/// Makes all renditions of a picture. Whatever the bytes, the answer is a `Photo` or a sentence for its sender.
pub fn process(bytes: &[u8], limits: &Limits, focus: Focus) -> Result<Photo, Unusable> {
    process_in(bytes, limits, focus, &Format::ALL)
}

/// The same in some formats only.
pub fn process_in(
    bytes: &[u8],
    limits: &Limits,
    focus: Focus,
    formats: &'static [Format],
) -> Result<Photo, Unusable> {
    let header = inspect(bytes, limits, Size::LARGEST)?;
    guarded(header.kind, || develop(bytes, &header, focus, formats))
}

/// Makes the size for large screens; empty for a picture of which a smaller one shows all there is.
pub fn enlarge(bytes: &[u8], limits: &Limits) -> Result<Vec<Rendition>, Unusable> {
    let header = inspect(bytes, limits, Size::HUGE)?;
    if header.width.max(header.height) <= Size::LARGEST {
        return Ok(Vec::new());
    }
    guarded(header.kind, || {
        let upright = stand_up(bytes, &header, Size::HUGE)?;
        let mut ladder = Ladder::new(header.kind, &Format::ALL);
        ladder.encode(Size::Huge2048, &upright.raster)?;
        Ok(ladder.renditions)
    })
}

/// The pixels of every size that keeps the picture's shape and is not one of the others once more, largest first.
pub(crate) fn rungs(bytes: &[u8], limits: &Limits) -> Result<Vec<(Size, Raster)>, Unusable> {
    let header = inspect(bytes, limits, Size::HUGE)?;
    guarded(header.kind, || {
        let top = stand_up(bytes, &header, Size::HUGE)?;
        let longest = top.width.max(top.height);
        let is_one = |size: &Size| match size {
            Size::Large1080 => true,
            Size::Huge2048 => longest > Size::LARGEST,
            size => longest > size.longest_side(),
        };
        let (mut shrinker, mut rungs) = (Shrinker::new(), Vec::<(Size, Raster)>::new());
        for size in Size::OF_AVIF.into_iter().filter(is_one) {
            let above = rungs.last().map_or(&top.raster, |(_, raster)| raster);
            let target = fit(top.width, top.height, size.longest_side());
            let raster = match (above.width, above.height) == target {
                true => above.clone(),
                false => shrinker.to(above, target),
            };
            rungs.push((size, raster));
        }
        Ok(rungs)
    })
}

/// A decoder that panics costs this picture and nothing else.
fn guarded<T>(kind: Kind, work: impl FnOnce() -> Result<T, Unusable>) -> Result<T, Unusable> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Unusable::DecoderFailed { kind }))
}

/// A picture as it was seen, in sRGB.
struct Upright {
    raster: Raster,
    /// Of the source.
    width: u32,
    height: u32,
    camera: Option<Camera>,
}

/// Decodes a picture, so that its longest side is `longest` at the most.
fn stand_up(bytes: &[u8], header: &Header, longest: u32) -> Result<Upright, Unusable> {
    let Decoded {
        raster,
        profile,
        orientation,
        camera,
    } = decode::decode(bytes, header, longest)?;
    // The sizes of the source, not of a JPEG that was scaled while it was decoded. A GIF frame may hang over its
    // screen; then the screen, which is what was decoded, counts.
    let stored = match header.kind {
        Kind::Jpeg => (header.width, header.height),
        _ => (raster.width, raster.height),
    };
    let top = fit(stored.0, stored.1, longest);
    // Colours and orientation after the first step down: there are fewer pixels to convert and to turn.
    let raster = if (raster.width, raster.height) == top {
        raster
    } else {
        Shrinker::new().to(&raster, top)
    };
    let raster = colour::to_srgb(raster, profile.as_deref()).without_idle_alpha();
    let raster = upright::turn(raster, orientation);
    let (width, height) = if upright::swaps_sides(orientation) {
        (stored.1, stored.0)
    } else {
        stored
    };
    Ok(Upright {
        raster,
        width,
        height,
        camera,
    })
}

fn develop(
    bytes: &[u8],
    header: &Header,
    focus: Focus,
    formats: &'static [Format],
) -> Result<Photo, Unusable> {
    let Upright {
        raster,
        width,
        height,
        camera,
    } = stand_up(bytes, header, Size::LARGEST)?;
    let mut ladder = Ladder::new(header.kind, formats);
    let small = ladder.climb_down(raster, (width, height), focus)?;
    let sample = ladder.shrinker.to(&small, fit(small.width, small.height, 48));
    Ok(Photo {
        width,
        height,
        blurhash: blurhash(&sample).ok_or(Unusable::DecoderFailed { kind: header.kind })?,
        colour: average(&sample),
        renditions: ladder.renditions,
        source_format: header.kind,
        camera,
        look: ladder.look,
        sha256: sha256(bytes),
    })
}

/// The rungs that keep the picture's shape, largest first.
const RUNGS: [Size; 3] = [Size::Large1080, Size::Medium640, Size::Small320];

struct Ladder {
    shrinker: Shrinker,
    kind: Kind,
    formats: &'static [Format],
    renditions: Vec<Rendition>,
    /// What the picture looks like, once the rung is there that shows it.
    look: Option<Fingerprint>,
}

impl Ladder {
    fn new(kind: Kind, formats: &'static [Format]) -> Self {
        Self {
            shrinker: Shrinker::new(),
            kind,
            formats,
            renditions: Vec::new(),
            look: None,
        }
    }

    /// Encodes every rung, each made from the one above, then the square; gives the smallest rung back.
    fn climb_down(
        &mut self,
        top: Raster,
        (width, height): (u32, u32),
        focus: Focus,
    ) -> Result<Raster, Unusable> {
        let mut current = top;
        // The smallest rung that is still wide enough for the square.
        let mut square = None;
        for size in RUNGS {
            let target = fit(width, height, size.longest_side());
            let repeats = (current.width, current.height) == target;
            if !repeats {
                current = self.shrinker.to(&current, target);
            }
            self.look_at(size, &current);
            if square.is_none() || current.shortest() >= Size::Square150.longest_side() {
                square = Some(
                    self.shrinker
                        .square(&current, Size::Square150.longest_side(), focus),
                );
            }
            if repeats && !self.renditions.is_empty() {
                self.repeat(size);
            } else {
                self.encode(size, &current)?;
            }
        }
        if let Some(square) = square {
            self.encode(Size::Square150, &square)?;
        }
        Ok(current)
    }

    /// One rung shows what a picture looks like: large enough to be as elsewhere, small enough to cost next to nothing.
    fn look_at(&mut self, size: Size, raster: &Raster) {
        if size == Size::Medium640 {
            self.look = likeness::fingerprint((raster.width, raster.height), opaque(raster));
        }
    }

    /// The files of the rung before, under the name of this one.
    fn repeat(&mut self, name: Size) {
        let before = self.renditions.len().saturating_sub(self.formats.len());
        self.renditions.extend_from_within(before..);
        for rendition in self.renditions.iter_mut().rev().take(self.formats.len()) {
            rendition.name = name;
        }
    }

    fn encode(&mut self, name: Size, raster: &Raster) -> Result<(), Unusable> {
        for &format in self.formats {
            let bytes = encode::encode(raster, format).ok_or(Unusable::DecoderFailed { kind: self.kind })?;
            self.renditions.push(Rendition {
                name,
                format,
                width: raster.width,
                height: raster.height,
                bytes: bytes.into(),
            });
        }
        Ok(())
    }
}

/// Four components along the longer side and three along the other; a square has as many both ways.
fn blurhash(sample: &Raster) -> Option<String> {
    let (across, down) = match sample.width.cmp(&sample.height) {
        std::cmp::Ordering::Greater => (4, 3),
        std::cmp::Ordering::Equal => (4, 4),
        std::cmp::Ordering::Less => (3, 4),
    };
    let pixels: Vec<u8> = opaque(sample)
        .flat_map(|[red, green, blue]| [red, green, blue, 255])
        .collect();
    blurhash::encode(across, down, sample.width, sample.height, &pixels).ok()
}

fn average(sample: &Raster) -> [u8; 3] {
    let count = u64::from(sample.width) * u64::from(sample.height);
    let sum = opaque(sample).fold([0_u64; 3], |sum, pixel| {
        std::array::from_fn(|i| sum[i] + u64::from(pixel[i]))
    });
    sum.map(|channel| u8::try_from(channel / count.max(1)).unwrap_or(u8::MAX))
}

/// The colours of a sample on white, as a JPEG shows them.
fn opaque(sample: &Raster) -> impl Iterator<Item = [u8; 3]> + '_ {
    sample.pixels.chunks_exact(sample.layout.channels()).map(|pixel| {
        let alpha = pixel.get(3).map_or(255, |alpha| u32::from(*alpha));
        std::array::from_fn(|i| ((u32::from(pixel[i]) * alpha + 255 * (255 - alpha)) / 255) as u8)
    })
}

fn sha256(bytes: &[u8]) -> [u8; 32] {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes);
    digest.as_ref().try_into().expect("SHA-256 has 32 bytes")
}
