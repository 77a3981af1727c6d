//! A picture's file without all that it says beside the picture: container rewritten, pixels untouched. Of what lies beside them
//! it keeps the colour profile and which way is up, and nothing that it does not know.

mod jpeg;
mod png;
mod webp;

use image::metadata::Orientation;

use crate::media::sniff::{Kind, Sniffed, sniff};

/// `None` for a container that this cannot rewrite, or that is not whole.
pub fn without_metadata(file: &[u8]) -> Option<(Kind, Vec<u8>)> {
    let Sniffed::Picture(kind) = sniff(file) else {
        return None;
    };
    let plain = match kind {
        Kind::Jpeg => jpeg::rewrite(file),
        Kind::Png => png::rewrite(file),
        Kind::WebP => webp::rewrite(file),
        Kind::Gif => None,
    };
    Some((kind, plain?))
}

/// An Exif block that says which way is up, and nothing else; none for a picture that stands upright by itself.
fn upright(exif: Option<&[u8]>) -> Option<Vec<u8>> {
    let orientation = exif.and_then(Orientation::from_exif_chunk)?;
    if orientation == Orientation::NoTransforms {
        return None;
    }
    // Big-endian, one directory with one entry: tag 0x0112, a short.
    let mut block = b"MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.push(orientation.to_exif());
    block.extend([0; 6]);
    Some(block)
}
