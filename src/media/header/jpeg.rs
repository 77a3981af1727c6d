//! Walks the markers of a JPEG (ITU-T T.81, annex B). Never decodes an entropy-coded bit.

use super::{Bytes, Header};
use crate::media::sniff::Kind;
use crate::media::unusable::Unusable;

const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
/// Real profiles have 0.5 to 600 kB; print profiles up to 2 MB.
const LARGEST_PROFILE: usize = 4 << 20;

/// What the markers of a JPEG say.
#[derive(Debug, Default)]
pub(crate) struct JpegMarkers<'a> {
    pub width: u16,
    pub height: u16,
    pub components: u8,
    progressive: bool,
    /// Coded neither as a baseline nor as a progressive JPEG of Huffman's coding.
    rare: bool,
    scans: u32,
    complete: bool,
    /// The TIFF structure inside the Exif segment.
    pub exif: Option<&'a [u8]>,
    /// Adobe's marker; with it, CMYK is stored inverted.
    pub adobe: bool,
    profile_pieces: Vec<(u8, &'a [u8])>,
}

pub(crate) fn walk(bytes: &[u8]) -> Result<JpegMarkers<'_>, Unusable> {
    let mut markers = JpegMarkers::default();
    // None means that the bytes ended before the end marker did.
    markers.complete = markers.read_all(Bytes(bytes)).is_some();
    if markers.rare {
        return Err(Unusable::RareCoding);
    }
    if markers.components == 0 {
        return Err(match markers.complete {
            true => Unusable::Damaged { kind: Kind::Jpeg },
            false => Unusable::Truncated { kind: Kind::Jpeg },
        });
    }
    Ok(markers)
}

impl<'a> JpegMarkers<'a> {
    /// `target`: the longest side that is wanted of it.
    pub fn header(&self, target: u32) -> Header {
        Header {
            kind: Kind::Jpeg,
            width: self.width.into(),
            height: self.height.into(),
            frames: 1,
            scans: self.scans,
            memory: self.memory(target),
            complete: self.complete,
        }
    }

    /// The colour profile, put together from its pieces (ICC.1, annex B.4).
    pub fn profile(&self) -> Option<Vec<u8>> {
        let mut pieces = self.profile_pieces.clone();
        pieces.sort_by_key(|(sequence, _)| *sequence);
        let in_order = pieces
            .iter()
            .zip(1..)
            .all(|((sequence, _), expected)| *sequence == expected);
        let length: usize = pieces.iter().map(|(_, piece)| piece.len()).sum();
        if pieces.is_empty() || !in_order || length > LARGEST_PROFILE {
            return None;
        }
        Some(pieces.into_iter().flat_map(|(_, piece)| piece).copied().collect())
    }

    /// The eighth to which libjpeg shall scale while decoding, so that a side of `target` keeps half as much again.
    pub fn scale(&self, target: u32) -> u8 {
        let longest = u32::from(self.width.max(self.height));
        let enough = target + target / 2;
        [1, 2, 4]
            .into_iter()
            .find(|eighths| longest * eighths / 8 >= enough)
            .map_or(8, |eighths| eighths as u8)
    }

    /// A JPEG of several scans keeps two bytes for each coefficient of the whole picture.
    fn memory(&self, target: u32) -> u64 {
        let samples = u64::from(self.width) * u64::from(self.height) * u64::from(self.components);
        let scale = u64::from(self.scale(target));
        let output = samples * scale * scale / 64;
        let coefficients = if self.progressive || self.scans > 1 {
            samples * 2
        } else {
            0
        };
        output + coefficients
    }

    fn read_all(&mut self, bytes: Bytes<'a>) -> Option<()> {
        let mut at = 2;
        loop {
            at = next_marker(bytes, at)?;
            let marker = bytes.byte(at - 1)?;
            match marker {
                0xD9 => return Some(()),
                0x01 | 0xD0..=0xD8 => {}
                _ => {
                    let length = usize::from(u16::from_be_bytes(bytes.array(at)?));
                    let body = bytes.take(at + 2, length.checked_sub(2)?)?;
                    self.segment(marker, body);
                    at += length;
                }
            }
        }
    }

    fn segment(&mut self, marker: u8, body: &'a [u8]) {
        match (marker, body) {
            // Start of frame; C4, C8 and CC are tables that share the row of numbers.
            (0xC0..=0xCF, [_, y1, y0, x1, x0, components, ..]) if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                self.height = u16::from_be_bytes([*y1, *y0]);
                self.width = u16::from_be_bytes([*x1, *x0]);
                self.components = *components;
                self.progressive = matches!(marker & 3, 2);
                self.rare |= !matches!(marker, 0xC0..=0xC2);
            }
            (0xDA, _) => self.scans = self.scans.saturating_add(1),
            (0xE1, _) if self.exif.is_none() => self.exif = body.strip_prefix(EXIF),
            (0xE2, _) => {
                if let Some([sequence, _, piece @ ..]) = body.strip_prefix(ICC) {
                    self.profile_pieces.push((*sequence, piece));
                }
            }
            (0xEE, [b'A', b'd', b'o', b'b', b'e', ..]) => self.adobe = true,
            _ => {}
        }
    }
}

/// The place just after the next marker; entropy-coded data on the way are skipped, in which FF is followed by 00
/// or by a restart marker.
fn next_marker(bytes: Bytes<'_>, mut at: usize) -> Option<usize> {
    loop {
        at += bytes.0.get(at..)?.iter().position(|byte| *byte == 0xFF)? + 1;
        match bytes.byte(at)? {
            0x00 | 0xD0..=0xD7 => at += 1,
            // A fill byte; this FF may begin the marker itself.
            0xFF => {}
            _ => return Some(at + 1),
        }
    }
}
