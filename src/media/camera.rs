//! Camera details out of an Exif block (CIPA DC-008). Reads two directories at most, follows no chain of them, and never opens
//! the one that says where.

use crate::domain::camera::{self, Camera, LONGEST_NAME};

/// Entries of one directory that are looked at; cameras write fewer than a hundred.
const MOST_ENTRIES: u16 = 512;

const MAKE: u16 = 0x010F;
const MODEL: u16 = 0x0110;
const DETAILS: u16 = 0x8769;
const EXPOSURE: u16 = 0x829A;
const APERTURE: u16 = 0x829D;
const SPEED: u16 = 0x8827;
const TAKEN_AT: u16 = 0x9003;
const TAKEN_AT_OFFSET: u16 = 0x9011;
const FOCAL_LENGTH: u16 = 0x920A;
const FOCAL_LENGTH_35MM: u16 = 0xA405;
const LENS: u16 = 0xA434;

/// What a TIFF block says; what cannot be understood is left out.
pub(crate) fn read(block: &[u8]) -> Option<Camera> {
    let tiff = Tiff::new(block)?;
    let (mut found, mut details, mut offset) = (Camera::default(), None, None);
    for entry in tiff.entries(tiff.long(4)?) {
        match entry.tag {
            MAKE => found.make = tiff.text(entry),
            MODEL => found.model = tiff.text(entry),
            DETAILS => details = tiff.number(entry),
            _ => {}
        }
    }
    for entry in details.into_iter().flat_map(|at| tiff.entries(at)) {
        match entry.tag {
            EXPOSURE => found.exposure = tiff.ratio(entry).and_then(camera::exposure),
            APERTURE => {
                let number = tiff.ratio(entry);
                found.aperture = number.and_then(|number| camera::measured(number, camera::DARKEST));
            }
            SPEED => {
                found.iso = tiff
                    .number(entry)
                    .filter(|speed| (1..=camera::FASTEST).contains(speed));
            }
            TAKEN_AT => found.taken_at = tiff.text(entry).and_then(|text| camera::moment(&text)),
            TAKEN_AT_OFFSET => offset = tiff.text(entry).filter(|text| camera::is_offset(text)),
            FOCAL_LENGTH => {
                let length = tiff.ratio(entry);
                found.focal_length = length.and_then(|length| camera::measured(length, camera::LONGEST_LENS));
            }
            FOCAL_LENGTH_35MM => {
                let length = tiff.number(entry).and_then(|length| u16::try_from(length).ok());
                found.focal_length_35mm = length.filter(|length| *length > 0);
            }
            LENS => found.lens = tiff.text(entry),
            _ => {}
        }
    }
    if let (Some(taken_at), Some(offset)) = (&mut found.taken_at, offset) {
        taken_at.push_str(&offset);
    }
    found.if_any()
}

/// A TIFF structure: numbers at places, in either order of bytes.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    bytes: &'a [u8],
    is_big_endian: bool,
}

/// An entry of a directory.
#[derive(Clone, Copy)]
struct Entry {
    tag: u16,
    kind: u16,
    count: u32,
    /// Where its value is, or where the place of its value is written.
    at: usize,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let is_big_endian = match bytes.get(..4)? {
            [b'M', b'M', 0, 42] => true,
            [b'I', b'I', 42, 0] => false,
            _ => return None,
        };
        Some(Self { bytes, is_big_endian })
    }

    fn array<const N: usize>(self, at: usize) -> Option<[u8; N]> {
        self.bytes.get(at..at.checked_add(N)?)?.try_into().ok()
    }

    fn short(self, at: usize) -> Option<u16> {
        let bytes = self.array(at)?;
        Some(match self.is_big_endian {
            true => u16::from_be_bytes(bytes),
            false => u16::from_le_bytes(bytes),
        })
    }

    fn long(self, at: usize) -> Option<u32> {
        let bytes = self.array(at)?;
        Some(match self.is_big_endian {
            true => u32::from_be_bytes(bytes),
            false => u32::from_le_bytes(bytes),
        })
    }

    /// The entries of the directory at a place, up to where the bytes end.
    fn entries(self, at: u32) -> impl Iterator<Item = Entry> + 'a {
        let at = at as usize;
        let count = self.short(at).unwrap_or(0).min(MOST_ENTRIES);
        (0..usize::from(count)).map_while(move |number| {
            let entry = at.checked_add(2)?.checked_add(number * 12)?;
            Some(Entry {
                tag: self.short(entry)?,
                kind: self.short(entry.checked_add(2)?)?,
                count: self.long(entry.checked_add(4)?)?,
                at: entry.checked_add(8)?,
            })
        })
    }

    /// A whole number of two or four bytes; of several the first.
    fn number(self, entry: Entry) -> Option<u32> {
        match (entry.kind, entry.count) {
            (3, 1 | 2) => self.short(entry.at).map(u32::from),
            (3, 3..) => self.short(self.long(entry.at)? as usize).map(u32::from),
            (4, 1) => self.long(entry.at),
            _ => None,
        }
    }

    /// A fraction of two numbers without signs.
    fn ratio(self, entry: Entry) -> Option<f64> {
        if (entry.kind, entry.count) != (5, 1) {
            return None;
        }
        let at = self.long(entry.at)? as usize;
        let (above, below) = (self.long(at)?, self.long(at.checked_add(4)?)?);
        (above > 0 && below > 0).then(|| f64::from(above) / f64::from(below))
    }

    /// Words up to the first zero byte.
    fn text(self, entry: Entry) -> Option<String> {
        let length = entry.count as usize;
        if entry.kind != 2 {
            return None;
        }
        let at = match length {
            0..=4 => entry.at,
            _ => self.long(entry.at)? as usize,
        };
        let bytes = self.bytes.get(at..at.checked_add(length)?)?;
        let bytes = bytes.split(|byte| *byte == 0).next()?;
        let text = std::str::from_utf8(bytes.get(..bytes.len().min(4 * LONGEST_NAME))?).ok()?;
        let text: String = text
            .chars()
            .filter(|c| !c.is_control())
            .take(LONGEST_NAME)
            .collect();
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }
}
