//! PNG (ISO/IEC 15948): chunks that say how pixels look stay. Never inflates one, nor trusts a chunk that it does not know.

/// What makes up the picture, its colours and, of an animation, its frames.
const KEPT: [&[u8; 4]; 20] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD",
    b"pHYs", b"hIST", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT", b"mDCv",
];

pub(super) fn rewrite(file: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(file.len());
    out.extend_from_slice(file.get(..8)?);
    let (mut at, mut exif, mut first_data) = (8, None, None);
    loop {
        let length = usize::try_from(u32::from_be_bytes(file.get(at..at + 4)?.try_into().ok()?)).ok()?;
        let name: &[u8; 4] = file.get(at + 4..at + 8)?.try_into().ok()?;
        let end = at.checked_add(12)?.checked_add(length)?;
        let chunk = file.get(at..end)?;
        if name == b"eXIf" && exif.is_none() {
            exif = file.get(at + 8..at + 8 + length);
        }
        if name == b"IDAT" && first_data.is_none() {
            first_data = Some(out.len());
        }
        if KEPT.contains(&name) {
            out.extend_from_slice(chunk);
        }
        if name == b"IEND" {
            break;
        }
        at = end;
    }
    let Some(block) = super::upright(exif) else {
        return Some(out);
    };
    let (before, after) = out.split_at(first_data?);
    Some([before, &chunk(*b"eXIf", &block), after].concat())
}

fn chunk(name: [u8; 4], body: &[u8]) -> Vec<u8> {
    let mut chunk = u32::try_from(body.len()).unwrap_or(0).to_be_bytes().to_vec();
    chunk.extend(name);
    chunk.extend_from_slice(body);
    chunk.extend(sum(&chunk[4..]).to_be_bytes());
    chunk
}

/// The check of a chunk (annex D of the standard), bit by bit: it is for a few bytes.
fn sum(bytes: &[u8]) -> u32 {
    let mut sum = u32::MAX;
    for byte in bytes {
        sum ^= u32::from(*byte);
        for _ in 0..8 {
            sum = match sum & 1 {
                1 => (sum >> 1) ^ 0xEDB8_8320,
                _ => sum >> 1,
            };
        }
    }
    !sum
}
