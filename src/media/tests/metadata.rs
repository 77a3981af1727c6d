//! What must never leave: place, camera, thumbnails, comments.

use super::make::*;

const SECRETS: [&[u8]; 8] = [
    b"Exif",
    b"GPS",
    b"Canon",
    b"ICC_PROFILE",
    b"http://ns.adobe.com",
    b"secret",
    b"EXIF",
    b"XMP ",
];

/// An Exif block with a maker's name and a place.
fn exif() -> Vec<u8> {
    let mut block = b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x02".to_vec();
    block.extend(b"\x01\x0F\0\x02\0\0\0\x06\0\0\0\x26");
    block.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x2C");
    block.extend([0; 4]);
    block.extend(b"Canon\0");
    block.extend(b"\0\x01\0\x1D\0\x02\0\0\0\x0B\0\0\0\x3E\0\0\0\0GPS secret place 52.5 N 13.4 E");
    block
}

fn tells_nothing(file: &[u8]) {
    let photo = developed(file);
    assert!(photo.renditions.len() >= 4);
    for rendition in &photo.renditions {
        for secret in SECRETS {
            let found = rendition.bytes.windows(secret.len()).any(|bytes| bytes == secret);
            assert!(
                !found,
                "{} contains {:?}",
                rendition.file_name(),
                String::from_utf8_lossy(secret)
            );
        }
    }
}

#[test]
fn place_and_camera_are_gone_from_every_rendition_of_a_jpeg() {
    let mut file = jpeg(&waves(400, 300));
    file = with_segment(&file, 0xFE, b"secret comment");
    file = with_segment(&file, 0xE2, b"ICC_PROFILE\0\x01\x01secret");
    file = with_segment(
        &file,
        0xE1,
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>GPS secret</x:xmpmeta>",
    );
    file = with_segment(&file, 0xE1, &exif());
    file.extend(b"secret trailer with GPS");
    tells_nothing(&file);
}

#[test]
fn text_and_exif_chunks_are_gone_from_every_rendition_of_a_png() {
    let file = png(&waves(400, 300).into(), None);
    let chunk = |name: &[u8], body: &[u8]| {
        let named = [name, body].concat();
        let length = u32::try_from(body.len()).unwrap().to_be_bytes();
        [&length[..], &named, &crc32(&named).to_be_bytes()].concat()
    };
    let extra = [
        chunk(b"eXIf", &exif()[6..]),
        chunk(b"tEXt", b"Comment\0secret GPS"),
    ]
    .concat();
    tells_nothing(&[&file[..33], &extra, &file[33..]].concat());
}

/// ISO/IEC 15948, annex D.
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                0xEDB8_8320 ^ (crc >> 1)
            } else {
                crc >> 1
            }
        })
    })
}
