//! JPEG (ITU-T T.81, annex B): segments of the picture stay, those of applications go. Never touches an entropy-coded byte.

const EXIF: &[u8] = b"Exif\0\0";
const ICC: &[u8] = b"ICC_PROFILE\0";
const JFIF: &[u8] = b"JFIF\0";
const ADOBE: &[u8] = b"Adobe";
/// Of a JFIF segment: without the little picture that may follow.
const JFIF_LENGTH: usize = 12;

pub(super) fn rewrite(file: &[u8]) -> Option<Vec<u8>> {
    let mut plain = Plain {
        out: Vec::with_capacity(file.len()),
        exif: None,
    };
    plain.out.extend([0xFF, 0xD8]);
    let mut at = 2;
    loop {
        at = skip_fill(file, at)?;
        let marker = *file.get(at + 1)?;
        at += 2;
        match marker {
            0xD9 => break,
            // Markers that stand alone.
            0x01 | 0xD0..=0xD8 => plain.out.extend([0xFF, marker]),
            _ => {
                let length = usize::from(u16::from_be_bytes(file.get(at..at + 2)?.try_into().ok()?));
                let body = file.get(at + 2..at.checked_add(length)?)?;
                plain.segment(marker, body)?;
                at += length;
                if marker == 0xDA {
                    let end = scan_end(file, at)?;
                    plain.out.extend_from_slice(file.get(at..end)?);
                    at = end;
                }
            }
        }
    }
    // What comes behind the end is no part of the picture: previews, films, maps of depth.
    plain.out.extend([0xFF, 0xD9]);
    Some(plain.with_orientation())
}

struct Plain<'a> {
    out: Vec<u8>,
    exif: Option<&'a [u8]>,
}

impl<'a> Plain<'a> {
    fn segment(&mut self, marker: u8, body: &'a [u8]) -> Option<()> {
        let kept = match marker {
            0xE0 if body.starts_with(JFIF) => {
                // Density and version; no little picture of 0 × 0.
                let mut head = body.get(..JFIF_LENGTH)?.to_vec();
                head.extend([0, 0]);
                return self.write(marker, &head);
            }
            0xE1 if self.exif.is_none() && body.starts_with(EXIF) => {
                self.exif = body.strip_prefix(EXIF);
                false
            }
            0xE2 => body.starts_with(ICC),
            0xEE => body.starts_with(ADOBE),
            0xE0..=0xFE => false,
            _ => true,
        };
        match kept {
            true => self.write(marker, body),
            false => Some(()),
        }
    }

    fn write(&mut self, marker: u8, body: &[u8]) -> Option<()> {
        let length = u16::try_from(body.len() + 2).ok()?;
        self.out.extend([0xFF, marker]);
        self.out.extend(length.to_be_bytes());
        self.out.extend_from_slice(body);
        Some(())
    }

    /// Behind the first segment if that is JFIF's, which has to be the first.
    fn with_orientation(self) -> Vec<u8> {
        let Some(block) = super::upright(self.exif) else {
            return self.out;
        };
        let jfif = match self.out.get(2..4) {
            Some([0xFF, 0xE0]) => 2 + JFIF_LENGTH + 2 + 2,
            _ => 0,
        };
        let mut segment = vec![0xFF, 0xE1];
        let length = u16::try_from(block.len() + EXIF.len() + 2).unwrap_or(u16::MAX);
        segment.extend(length.to_be_bytes());
        segment.extend_from_slice(EXIF);
        segment.extend(block);
        let (before, after) = self.out.split_at((2 + jfif).min(self.out.len()));
        [before, &segment, after].concat()
    }
}

/// The place of the next marker's FF. Bytes in between are no part of the picture; cameras leave some behind segments.
fn skip_fill(file: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += file.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match file.get(at + 1)? {
            0x00 | 0xFF => at += 1,
            _ => return Some(at),
        }
    }
}

/// Where a scan's data end: at the first marker that is none of its own.
fn scan_end(file: &[u8], at: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at += file.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match file.get(at + 1)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Some(at),
        }
    }
}
