//! WebP (RFC 9649, section 2): chunks of pixels, colours and frames stay. Never decodes one.

/// Flags of the head: an animation and alpha stay, a colour profile where there is one.
const EXIF_FLAG: u8 = 0x08;
const XMP_FLAG: u8 = 0x04;
/// Of a frame: what stands before its own chunks.
const FRAME_HEAD: usize = 16;

pub(super) fn rewrite(file: &[u8]) -> Option<Vec<u8>> {
    let riff = usize::try_from(u32::from_le_bytes(file.get(4..8)?.try_into().ok()?)).ok()?;
    let body = file.get(12..riff.checked_add(8)?.min(file.len()))?;
    let (mut out, mut exif, mut head) = (Vec::with_capacity(file.len()), None, None);
    for (name, content) in chunks(body)? {
        match name {
            b"VP8X" => {
                head = Some(out.len() + 8);
                write(&mut out, name, content)?;
            }
            b"ANMF" => write(&mut out, name, &frame(content)?)?,
            b"VP8 " | b"VP8L" | b"ALPH" | b"ANIM" | b"ICCP" => write(&mut out, name, content)?,
            b"EXIF" => exif = Some(content),
            _ => {}
        }
    }
    // Some write the marker of a JPEG's segment before the block.
    let exif = exif.map(|block: &[u8]| block.strip_prefix(b"Exif\0\0").unwrap_or(block));
    let block = super::upright(exif).filter(|_| head.is_some());
    if let Some(flags) = head.and_then(|at| out.get_mut(at)) {
        *flags &= !(EXIF_FLAG | XMP_FLAG);
        *flags |= if block.is_some() { EXIF_FLAG } else { 0 };
    }
    if let Some(block) = block {
        write(&mut out, b"EXIF", &block)?;
    }
    let length = u32::try_from(out.len() + 4).ok()?.to_le_bytes();
    Some([b"RIFF", &length[..], b"WEBP", &out].concat())
}

type Chunk<'a> = (&'a [u8; 4], &'a [u8]);

/// Names and contents, in order; `None` when the bytes end within one.
fn chunks(body: &[u8]) -> Option<Vec<Chunk<'_>>> {
    let (mut at, mut all) = (0, Vec::new());
    while at < body.len() {
        let name = body.get(at..at + 4)?.try_into().ok()?;
        let length = usize::try_from(u32::from_le_bytes(body.get(at + 4..at + 8)?.try_into().ok()?)).ok()?;
        all.push((name, body.get(at + 8..at.checked_add(8)?.checked_add(length)?)?));
        at = at.checked_add(8)?.checked_add(length)?.checked_add(length & 1)?;
    }
    Some(all)
}

/// A frame of an animation, without what may stand in it beside the picture.
fn frame(content: &[u8]) -> Option<Vec<u8>> {
    let mut plain = content.get(..FRAME_HEAD)?.to_vec();
    for (name, content) in chunks(content.get(FRAME_HEAD..)?)? {
        if matches!(name, b"VP8 " | b"VP8L" | b"ALPH") {
            write(&mut plain, name, content)?;
        }
    }
    Some(plain)
}

/// Chunks are padded to an even length.
fn write(out: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) -> Option<()> {
    out.extend(name);
    out.extend(u32::try_from(content.len()).ok()?.to_le_bytes());
    out.extend_from_slice(content);
    out.extend(std::iter::repeat_n(0, content.len() & 1));
    Some(())
}
